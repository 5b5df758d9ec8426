import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';
import { type Identity, labelsOf } from '../labels';

/**
 * A dashboard as Grafana's sidecar finds it: a ConfigMap with its label. The sidecar puts the files of all namespaces into
 * one folder, so a file is named for its stack too: every stack has stores, and many a service is called `api`.
 */
export function dashboardMap(
  name: string,
  { identity, namespace }: { identity: Identity; namespace: pulumi.Input<string> },
  dashboard: pulumi.Input<Record<string, unknown>>,
  opts: pulumi.CustomResourceOptions,
): k8s.core.v1.ConfigMap {
  const json = pulumi.output(dashboard).apply((content) => JSON.stringify(content, undefined, 2));
  return new k8s.core.v1.ConfigMap(
    nameOf('kubernetes', name, 'dashboard'),
    {
      metadata: { namespace, labels: { ...labelsOf(identity), grafana_dashboard: '1' } },
      data: { [`${identity.instance}-${identity.name}.json`]: json },
    },
    // The sidecar takes a file away with its map: the new one must come after the old one has gone, or none is left.
    { ...opts, deleteBeforeReplace: true },
  );
}
