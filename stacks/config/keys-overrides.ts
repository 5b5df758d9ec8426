import { z } from 'zod';
import { atlasTiers } from '../../plan/atlas-tiers';
import * as form from './forms';
import { byService, note } from './note';

/** What CloudWatch Logs takes (PutRetentionPolicy); 0, which keeps logs for ever, is left out. */
const retentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

const [, ...dedicatedTiers] = atlasTiers;

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
      machine: note(form.machineType.optional(), {
        says: "The cloud's machine type. The policies know the ones of each phase.",
        allowed: 'a machine type of the cloud, such as t3.large on aws',
        example: 't3.large',
        otherwise: `${bySystem} for the phase`,
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

/** The plan's own numbers, changed on purpose. Bounded here by what can work at all; the policies judge the result. */
export function overrides(services: readonly string[]) {
  return note(
    z
      .strictObject({
        services: note(byService(services, service()).default({}), { says: 'By service of the system.' }),
        cache: note(
          z
            .strictObject({
              nodeType: note(form.machineType.optional(), {
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
              tier: note(z.enum(atlasTiers).optional(), {
                says: 'Atlas tier to start at. M0 is free and shared: no backup, no private endpoint, no autoscaling.',
                otherwise: `${bySystem} for the environment`,
              }),
              maxTier: note(z.enum(dedicatedTiers).optional(), {
                says: 'Highest tier that compute autoscaling may reach; not below the tier.',
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
