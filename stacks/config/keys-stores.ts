import { z } from 'zod';
import * as form from './forms';
import { note, refused } from './note';
import { byPhase, bySystem, whole } from './whole';

/** What Performance Insights takes: a week, months of 31 days, or two years; 0 turns it off. */
const insightsDays = [0, 7, ...Array.from({ length: 23 }, (_, months) => (months + 1) * 31), 731];

const byEnvironment = 'by environment';

function truth(says: string, otherwise: string) {
  return note(z.boolean().optional(), { says, otherwise });
}

/** The relational database, changed on purpose. All of it changes in place. */
export function relational() {
  return z.strictObject({
    databaseName: note(form.databaseName.optional(), {
      says: 'Name of the database inside one that is taken over (`adoptDatabase`). A change would make another, empty one.',
      allowed: 'at most 63 small letters, digits and _, beginning with a letter',
      example: 'shop',
      otherwise: bySystem,
    }),
    user: note(form.databaseUser.optional(), {
      says: 'Its owner, whom services connect as, in one that is taken over (`adoptDatabase`). Gets a new password in the second update.',
      allowed: 'at most 16 small letters, digits and _, beginning with a letter',
      example: 'shop',
      otherwise: bySystem,
    }),
    instanceClass: note(form.sizeName.optional(), {
      says: 'Size of the primary and its replicas, as the host of the database names it. A change restarts the database.',
      allowed:
        'db.t3.small and the like on aws, db-custom-2-8192 on gcp, db-s-2vcpu-4gb on digitalocean, <cpu>/<memory> on plain kubernetes',
      example: 'db.m5.large',
      otherwise: `${bySystem} for the phase or the environment`,
    }),
    replicas: whole(0, 15, 'Readers in the home region; the fewest, where their number follows the load.', byPhase),
    maxReplicas: whole(
      0,
      15,
      'Most readers, where the host changes their number with the load (Aurora, Cloud SQL); not below `replicas`.',
      byPhase,
    ),
    storageGb: whole(10, 65_536, 'Storage at the start, in GiB. It grows and never shrinks.', byPhase),
    maxStorageGb: whole(10, 65_536, 'How far storage may grow by itself, in GiB; not below `storageGb`.', byPhase),
    standby: truth('Whether a copy in another zone takes over when the primary fails.', byPhase),
    pooler: truth('Whether PgBouncer stands between services and the database (PostgreSQL alone).', bySystem),
    proxy: truth(
      "Whether the cloud's own proxy stands before the database (RDS Proxy), where the cloud has one.",
      '`false`',
    ),
    engineVersion: note(form.engineVersion.optional(), {
      says: 'Major version. A step up is made in place, and the database is away while it lasts; there is no way down.',
      allowed: 'a major version in quotes: 17 of PostgreSQL, 8.4 of MySQL',
      example: '17',
      otherwise: bySystem,
    }),
    backupRetentionDays: whole(1, 35, 'Days that any moment can be restored from.', byEnvironment),
    insightsDays: note(z.literal(insightsDays).optional(), {
      says: 'Days that Performance Insights keeps what the database did (RDS, Aurora); 7 are free. 0 turns it off.',
      allowed: '0, 7, a multiple of 31 up to 713, or 731',
      example: '7',
      otherwise: '`7`',
    }),
    passwordVersion: whole(1, 1000, 'Counts up: one more makes a new password in the next update.', '`1`'),
    rotationDays: whole(
      1,
      365,
      "Days between two passwords, where the cloud's secret manager makes them (RDS, with services on instances).",
      '`30` there',
    ),
  });
}

/** The broker, changed on purpose. What would lose jobs or stop workers is known only to be refused. */
export function broker() {
  return z.strictObject({
    nodeType: note(form.sizeName.optional(), {
      says: "The cloud's cache node type: a broker is a Valkey of its own.",
      allowed: 'a cache node type of the cloud, such as cache.t3.small on aws',
      example: 'cache.t3.small',
      otherwise: `${bySystem} for the phase`,
    }),
    replicas: whole(0, 1, 'Copies that take over when the broker fails.', byPhase),
    snapshotRetentionDays: whole(0, 35, 'Days that nightly snapshots are kept.', byEnvironment),
    shards: refused(
      'Refused: a broker is never sharded.',
      'is given, and a broker is never sharded: Celery does not work on a cluster, and one queue is one list on one node',
    ),
    evictionPolicy: refused(
      'Refused: a broker never drops what it holds.',
      'is given, and a broker never drops what it holds: any policy but `noeviction` would lose jobs',
    ),
  });
}
