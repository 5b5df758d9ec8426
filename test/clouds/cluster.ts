import { changes, Lab, type Run } from '../engine/lab';
import { lostStores } from '../engine/stores';
import { upWhole } from '../engine/whole';

/** Types of the clusters themselves: whoever is promoted keeps the one there is. */
const clusterTypes: Record<string, string> = {
  aws: 'aws:eks/cluster:Cluster',
  gcp: 'gcp:container/cluster:Cluster',
  digitalocean: 'digitalocean:index/kubernetesCluster:KubernetesCluster',
};

/** Pulse as pods on the cluster that a cloud manages, on the engine: up, promoted, moved to instances, and gone. */
export function liveOnCluster(cloud: string): void {
  const clusterType = clusterTypes[cloud]!;
  let lab: Lab;
  const place = { cloud, compute: 'kubernetes' };

  beforeAll(() => {
    lab = new Lab('dev');
  });
  afterAll(() => lab.close());

  test.each(['small', 'enterprise'])('up at %s, and once more without a change', (phase) => {
    lab.configure('dev', { ...place, phase });
    for (const run of upWhole(lab)) {
      expect(lostStores(succeeded(run))).toEqual([]);
      const clusters = run.operations.filter(({ type }) => type === clusterType).map(({ op }) => op);
      expect(clusters.filter((op) => /delete|replace/.test(op))).toEqual([]);
    }
    expect(changes(succeeded(lab.again()))).toEqual([]);
  });

  test('nothing in the state tells the kubeconfig', () => {
    const providers = lab.resources().filter(({ type }) => type === 'pulumi:providers:kubernetes');
    // Two a cluster, and a cluster in each of two regions.
    expect(providers).toHaveLength(4);
    for (const { inputs } of providers) expect(inputs.kubeconfig).not.toEqual(expect.stringContaining('clusters'));
  });

  test('to instances and back the stores stay where they are', () => {
    for (const compute of ['instances', 'kubernetes']) {
      lab.configure('dev', { cloud, compute, phase: 'enterprise' });
      expect(lostStores(succeeded(lab.up()))).toEqual([]);
    }
  });

  test('destroy takes services, then add-ons, then nodes, and leaves nothing', () => {
    const run = succeeded(lab.destroy());
    const order = run.operations.map(({ type }) => type);
    const last = (type: RegExp) => order.length - 1 - [...order].reverse().findIndex((one) => type.test(one));
    const first = (type: RegExp) => order.findIndex((one) => type.test(one));
    expect(last(/^kubernetes:apps\/v1:Deployment$/)).toBeLessThan(first(/^kubernetes:helm.sh\/v3:Release$/));
    const clusters = run.operations.filter(({ type }) => type === clusterType);
    expect(clusters).toHaveLength(2);
    // Each after all that is on it; of two regions neither waits for the other.
    for (const cluster of clusters) {
      const onIt = run.operations.flatMap(({ type, name }, at) =>
        type.startsWith('kubernetes:') && name.startsWith(`${cluster.name}-`) ? [at] : [],
      );
      expect(onIt.length).toBeGreaterThan(10);
      expect(onIt.at(-1)).toBeLessThan(run.operations.indexOf(cluster));
    }
    expect(lab.cloud()).toEqual([]);
  });
}

function succeeded(run: Run): Run {
  if (run.code !== 0) throw new Error(run.output);
  return run;
}
