import { stringify } from 'yaml';
import { buildKubeScore, score } from './kube-score';
import { objectsOf } from './pulse';
import { bringUpRows, planOf, rowSystems } from './rows';

/** kube-score's own opinion of everything that the systems with rows are on a plain cluster. */
let program: string;
beforeAll(() => {
  program = buildKubeScore();
});

test.each(rowSystems.flatMap((system) => (['small', 'enterprise'] as const).map((phase) => [system, phase] as const)))(
  'nothing critical in %s at %s',
  async (system, phase) => {
    const objects = objectsOf(
      await bringUpRows(planOf(system, phase, 'prod', { monitoring: true, objectStore: true })),
    );
    const findings = score(program, objects.map((object) => stringify(object)).join('---\n'));
    expect(findings.length).toBeGreaterThan(100);
    expect(findings.filter(({ grade, skipped }) => grade === 1 && !skipped)).toEqual([]);
  },
);
