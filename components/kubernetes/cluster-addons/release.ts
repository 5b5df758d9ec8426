import * as k8s from '@pulumi/kubernetes';
import type * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';
import type { Chart } from './charts';

export interface AddOnRelease {
  chart: Chart;
  namespace: string;
  /** Whether the namespace is made with it; `kube-system` is there. */
  createNamespace: boolean;
  values: Record<string, pulumi.Input<unknown>>;
}

/** Seconds that an add-on has to become ready: its images come from the internet, on nodes that have just started. */
const PATIENCE = 600;

/**
 * Installs a chart and waits until it runs. A Release is one resource of the provider, so policies and transforms see it,
 * where the newer Chart resource is a component of another process. A failed upgrade goes back to what ran before.
 */
export function addOn(name: string, release: AddOnRelease, opts: pulumi.CustomResourceOptions): k8s.helm.v3.Release {
  const { chart, repository, version } = release.chart;
  return new k8s.helm.v3.Release(
    nameOf('kubernetes', name, chart),
    {
      // The name on the cluster: there is one of each, and what a cloud's roles are bound to comes from it.
      name: chart,
      chart,
      version,
      repositoryOpts: { repo: repository },
      namespace: release.namespace,
      createNamespace: release.createNamespace,
      values: release.values,
      atomic: true,
      cleanupOnFail: true,
      timeout: PATIENCE,
      maxHistory: 5,
    },
    opts,
  );
}

/** Requests and limits of an add-on's container: of processors only a request, so that it is never slowed down. */
export function resources(cpu: string, memory: string): Record<string, unknown> {
  return { requests: { cpu, memory }, limits: { memory } };
}
