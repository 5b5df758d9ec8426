import { stringify } from 'yaml';
import { buildKubeScore, score } from './kube-score';
import { bringUp, everywhere, objectsOf, planOf } from './pulse';

/** kube-score's own opinion of everything that Pulse is on a plain cluster. */
let program: string;
beforeAll(() => {
  program = buildKubeScore();
});

const yamlOf = (objects: object[]) => objects.map((object) => stringify(object)).join('---\n');

test.each(everywhere)('nothing critical at %s in %s', async (phase, environment) => {
  const objects = objectsOf(await bringUp(planOf(phase, environment, { monitoring: true })));
  const findings = score(program, yamlOf(objects));
  expect(findings.filter(({ grade, skipped }) => grade === 1 && !skipped)).toEqual([]);
  // What is not checked is said on the object, with the reason beside it in the code.
  const ignored = objects.flatMap(({ kind, metadata }) => {
    const checks = metadata.annotations?.['kube-score/ignore'];
    return checks ? [`${kind} ${metadata.name}: ${checks}`] : [];
  });
  expect(ignored.sort()).toEqual([
    'Deployment api: pod-probes-identical',
    'NetworkPolicy pulse-db: networkpolicy-targets-pod',
  ]);
});

test('it finds what is critical: the same without limits, probes and policies', async () => {
  const objects = objectsOf(await bringUp(planOf('small', 'dev')));
  const deployment = structuredClone(
    objects.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'api')!,
  );
  const container = deployment.spec.template.spec.containers[0];
  delete container.resources;
  delete container.readinessProbe;
  const critical = score(program, yamlOf([deployment])).filter(({ grade, skipped }) => grade === 1 && !skipped);
  expect(critical.map(({ check }) => check)).toEqual(
    expect.arrayContaining(['container-resources', 'pod-networkpolicy', 'deployment-has-poddisruptionbudget']),
  );
});
