import { z } from 'zod';
import { KUBERNETES_VERSION } from '../../plan/cluster';
import * as form from './forms';
import { byService, note } from './note';

/** What CloudWatch Logs takes (PutRetentionPolicy); 0, which keeps logs for ever, is left out. */
const retentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

function whole(least: number, most: number, says: string, otherwise: string) {
  return note(z.int().min(least).max(most).optional(), { says, otherwise });
}

const byPhase = "the phase's";
const bySystem = "the system's";

function service() {
  return note(
    z.strictObject({
      minSize: whole(1, 100, 'Fewest instances. The policies want two where something serves traffic.', bySystem),
      maxSize: whole(1, 100, 'Most instances; not below `minSize`.', bySystem),
      desiredCapacity: whole(
        1,
        100,
        'Instances that a new group starts with, from `minSize` to `maxSize`. The autoscaler owns it from then on.',
        byPhase,
      ),
      machine: note(form.sizeName.optional(), {
        says: "The cloud's machine type, where services run on instances. The policies know the ones of each phase.",
        allowed: 'a machine type of the cloud, such as t3.large on aws',
        example: 't3.large',
        otherwise: `${bySystem} for the phase`,
      }),
      pod: note(pod().optional(), {
        says: 'Size of one pod, where services are pods: the vertical step there.',
        otherwise: bySystem,
      }),
      cpuPercent: whole(20, 90, "The group's average CPU that the autoscaler aims at, in percent.", bySystem),
      memoryPercent: whole(20, 90, "The group's average memory that the autoscaler aims at, in percent.", bySystem),
      diskGb: whole(8, 1000, 'Root volume of an instance, in GiB.', bySystem),
      environment: note(
        z
          .record(
            form.variableName,
            note(z.string().max(4096), { says: 'Its value.', allowed: 'text of at most 4,096 characters' }),
          )
          .optional(),
        {
          says: 'Further environment variables of the container, in plain text. A password or a key belongs into `secrets`.',
          allowed: 'an object of texts, named with capital letters, digits and _',
          otherwise: "the system's alone",
        },
      ),
    }),
    { says: 'One service of the system.' },
  );
}

function pod() {
  const cpu = (says: string, example: string) =>
    note(form.cpuQuantity.optional(), {
      says,
      allowed: 'thousandths of a core (500m) or cores (2), in quotes',
      example,
      otherwise: bySystem,
    });
  const memory = (says: string, example: string) =>
    note(form.memoryQuantity.optional(), { says, allowed: 'MiB or GiB: 512Mi, 2Gi', example, otherwise: bySystem });
  return z.strictObject({
    cpuRequest: cpu('CPU that a pod is sure of.', '500m'),
    memoryRequest: memory('Memory that a pod is sure of.', '512Mi'),
    cpuLimit: cpu('CPU that a pod never passes; not below `cpuRequest`.', '1000m'),
    memoryLimit: memory('Memory above which a pod is stopped; not below `memoryRequest`.', '1Gi'),
  });
}

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
export function overrides(services: readonly string[]) {
  return note(
    z
      .strictObject({
        services: note(byService(services, service()).default({}), { says: 'By service of the system.' }),
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
