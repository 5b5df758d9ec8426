import * as digitalocean from '@pulumi/digitalocean';
import type * as pulumi from '@pulumi/pulumi';
import { must, type Fault } from '../../faults';
import { nameOf } from '../../naming';
import type { TrustedSource } from '../host';

/**
 * Lets the sources in and nobody else. A cluster without a list is open to the world (for who has a password), so there
 * is always one.
 */
export function letIn(
  name: string,
  cluster: digitalocean.DatabaseCluster,
  sources: TrustedSource[],
  parent: pulumi.Resource,
): digitalocean.DatabaseFirewall {
  return new digitalocean.DatabaseFirewall(
    nameOf('digitalocean', name),
    { clusterId: cluster.id, rules: sources.map(({ type, value }) => ({ type, value })) },
    { parent },
  );
}

export function sourceFaults(sources: TrustedSource[]): Fault[] {
  const open = sources.filter(({ value }) => typeof value === 'string' && value.endsWith('/0'));
  return [
    must(sources.length > 0, 'trustedSources', 'none; without one the database is open to the world'),
    must(open.length === 0, 'trustedSources', 'the whole internet is no trusted source'),
  ];
}
