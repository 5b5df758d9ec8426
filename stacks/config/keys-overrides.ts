import { z } from 'zod';
import { KUBERNETES_VERSION } from '../../plan/cluster';
import * as form from './forms';
import { service, worker } from './keys-groups';
import { broker, relational } from './keys-stores';
import { byName, note } from './note';
import type { Scope } from './scope';
import { byPhase, bySystem, whole } from './whole';

/** What CloudWatch Logs takes (PutRetentionPolicy); 0, which keeps logs for ever, is left out. */
const retentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

function cluster() {
  return z.strictObject({
    machine: note(form.nodeSize.optional(), {
      says: 'Machine type of the nodes. On plain Kubernetes the size of the nodes that are there: the plan reckons with it.',
      allowed: 'a machine type of the cloud; on plain Kubernetes a size in words, such as 4 vCPU / 16 GiB',
      example: 't3.large',
      otherwise: `${bySystem} for the phase`,
    }),
    minNodes: whole(1, 1000, 'Fewest nodes of a region together.', 'as many as the fewest pods need'),
    maxNodes: whole(1, 1000, 'Most nodes of a region together; not below `minNodes`.', 'as many as the most pods need'),
    version: note(form.kubernetesVersion.optional(), {
      says: 'Kubernetes version of a cluster that is made here. A step up renews the nodes; there is no way down.',
      allowed: 'a minor version in quotes, such as 1.34',
      example: '1.34',
      otherwise: `\`${KUBERNETES_VERSION}\``,
    }),
  });
}

/** The plan's own numbers, changed on purpose. Bounded here by what can work at all; the policies judge the result. */
export function overrides({ services, workers }: Pick<Scope, 'services' | 'workers'>) {
  return note(
    z
      .strictObject({
        services: note(byName('service', services, service()).default({}), { says: 'By service of the system.' }),
        workers: note(byName('worker', workers, worker()).default({}), { says: 'By group of workers of the system.' }),
        cache: note(
          z
            .strictObject({
              nodeType: note(form.sizeName.optional(), {
                says: "The cloud's cache node type.",
                allowed: 'a cache node type of the cloud, such as cache.t3.small on aws',
                example: 'cache.t3.small',
                otherwise: `${bySystem} for the phase`,
              }),
              shards: whole(1, 90, 'Shards of the cache. They can be added while it runs.', byPhase),
              replicasPerShard: whole(0, 5, 'Replicas of each shard. They can be added while it runs.', byPhase),
              snapshotRetentionDays: whole(0, 35, 'Days that nightly snapshots are kept.', 'by environment'),
            })
            .prefault({}),
          { says: 'The cache.' },
        ),
        database: note(
          z
            .strictObject({
              tier: note(form.sizeName.optional(), {
                says: 'Size of a member to start at, as its host names it. Atlas: M0 is free and shared: no backup, no private endpoint, no autoscaling.',
                allowed:
                  'a tier of Atlas (M0 to M80), a database size of DigitalOcean, or on plain Kubernetes <cpu>/<memory>',
                example: 'M30',
                otherwise: `${bySystem} for the environment`,
              }),
              maxTier: note(form.sizeName.optional(), {
                says: 'Highest tier that compute autoscaling may reach, where the host has it (Atlas); not below the tier.',
                allowed: 'a tier of Atlas, M10 to M80',
                example: 'M40',
                otherwise: `${bySystem} for the phase`,
              }),
              diskGb: whole(
                10,
                4096,
                'Storage of each node, in GB. It grows by itself and is never taken back.',
                "the tier's",
              ),
            })
            .prefault({}),
          { says: 'The document database.' },
        ),
        relational: note(relational().prefault({}), { says: 'The relational database.' }),
        broker: note(broker().prefault({}), { says: 'The broker: the store that jobs wait in.' }),
        cluster: note(cluster().prefault({}), { says: 'The cluster of each region, where services are pods.' }),
        network: note(
          z
            .strictObject({
              natGateways: note(z.enum(['single', 'per-zone']).optional(), {
                says: 'One way out for a whole region, or one per zone, which survives the loss of a zone.',
                otherwise: byPhase,
              }),
            })
            .prefault({}),
          { says: 'The network.' },
        ),
        logs: note(
          z
            .strictObject({
              retentionDays: note(z.literal(retentionDays).optional(), {
                says: 'Days that logs are kept.',
                otherwise: 'by environment',
              }),
            })
            .prefault({}),
          { says: 'Logs.' },
        ),
      })
      .prefault({}),
    { says: "The plan's own numbers, changed on purpose. The policies judge the result." },
  );
}
