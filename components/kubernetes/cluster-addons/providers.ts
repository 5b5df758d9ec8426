import type * as k8s from '@pulumi/kubernetes';
import type * as pulumi from '@pulumi/pulumi';
import { clusterProvider, type ClusterProviderArgs } from '../provider';
import { ClusterAddOns, type ClusterAddOnsArgs } from './add-ons';

export interface EquippedCluster {
  addOns: ClusterAddOns;
  /** For what is put on the cluster once the add-ons run. */
  provider: k8s.Provider;
}

/**
 * Puts the add-ons on a new managed cluster, and makes the provider for everything after them.
 *
 * The engine takes resources away before their provider, and a provider before what it depends on. So there are two: that
 * of the add-ons goes before the nodes, and that of the services before the add-ons. With one, a destroy could stop the
 * controller that takes balancers away before the Services that have them, and wait for them for ever.
 *
 * @param ready what add-ons need to run: nodes, roles
 */
export function equipCluster(
  name: string,
  connection: ClusterProviderArgs,
  args: ClusterAddOnsArgs,
  { parent, ready }: { parent: pulumi.Resource; ready: pulumi.Resource[] },
): EquippedCluster {
  const own = clusterProvider(`${name}-add-ons`, connection, { parent, dependsOn: ready });
  const addOns = new ClusterAddOns(name, args, { providers: [own] });
  const provider = clusterProvider(name, connection, { parent, dependsOn: addOns.ready });
  return { addOns, provider };
}
