import type { Recording } from '../../../cli/offline/recorder';
import { parts } from '../../../components/kubernetes/metrics/names';
import { bringUp, planOf as pulsePlan } from './pulse';
import { bringUpRows, planOf } from './rows';

const LOCAL = 'cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes';
const EVICTABLE = 'cluster-autoscaler.kubernetes.io/safe-to-evict';

interface Deployment {
  metadata: { name: string };
  spec: {
    template: {
      metadata: { annotations?: Record<string, string> };
      spec: { volumes?: { name: string; emptyDir?: object }[] };
    };
  };
}

/** Folders that pods have on their nodes, by Deployment: all of them, and those that keep no autoscaler from the node. */
function folders({ resources }: Recording): Record<string, { all: string; let: string }> {
  const deployments = resources.filter(({ type }) => type === 'kubernetes:apps/v1:Deployment');
  return Object.fromEntries(
    deployments.map(({ inputs }) => {
      const { metadata, spec } = inputs as unknown as Deployment;
      const { volumes = [] } = spec.template.spec;
      const own = volumes.filter(({ emptyDir }) => emptyDir).map(({ name }) => name);
      const { [LOCAL]: local = '', [EVICTABLE]: never } = spec.template.metadata.annotations ?? {};
      return [metadata.name, { all: own.join(','), let: never ?? local }];
    }),
  );
}

test('no folder of a pod keeps an empty node there: only the end of a long job does', async () => {
  const recordings = [
    await bringUp(pulsePlan('large', 'prod', { monitoring: true })),
    await bringUpRows(planOf('sv-sdk', 'large', 'prod', { monitoring: true })),
  ];
  const found = Object.assign({}, ...recordings.map(folders)) as ReturnType<typeof folders>;
  expect(found).toMatchObject({
    api: { all: 'tmp' },
    'api-edge': { all: 'tmp' },
    'email-worker': { all: 'tmp' },
    [parts.prometheus]: { all: 'data' },
  });
  for (const [name, folder] of Object.entries(found)) expect([name, folder.let]).toEqual([name, folder.all]);
});
