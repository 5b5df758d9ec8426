import * as digitalocean from '@pulumi/digitalocean';
import type * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';
import type { SqlReaders } from './arguments';

/**
 * Read-only copies of a cluster in one region, each with a list of its own of who may connect. They wear no tags: a
 * change of tags replaces a copy, and the plan's tags change with its phase.
 *
 * Their storage is the primary node's, and grows after it. It is said outright, for where nothing is said the provider
 * asks for what the copy has already when its size changes, which is less than the larger size begins with.
 */
export function createReplicas(
  name: string,
  cluster: digitalocean.DatabaseCluster,
  size: string,
  { region, vpcId, count, trustedSources }: SqlReaders,
  parent: pulumi.Resource,
): digitalocean.DatabaseReplica[] {
  return Array.from({ length: count }, (_, at) => {
    const part = `${name}-read-${region}-${at + 1}`;
    const replica = new digitalocean.DatabaseReplica(
      nameOf('digitalocean:databaseReplica', part),
      { clusterId: cluster.id, region, size, privateNetworkUuid: vpcId, storageSizeMib: cluster.storageSizeMib },
      { parent, customTimeouts: { create: '60m', update: '2h' } },
    );
    new digitalocean.DatabaseFirewall(
      nameOf('digitalocean', part),
      { clusterId: replica.uuid, rules: trustedSources.map(({ type, value }) => ({ type, value })) },
      { parent },
    );
    return replica;
  });
}
