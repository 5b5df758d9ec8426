import type { Plan, RelationalDatabasePlan } from '../../../plan/types';

/** What AWS does in place of something that a guide asks of a relational database. One sentence each. */
export function relationalNextBests(plan: Plan): string[] {
  const database = plan.relationalDatabase;
  if (!database || database.existing) return [];
  return [
    ...(database.host === 'aurora' ? ofAurora(plan, database) : ofRds(plan, database)),
    ...(database.adopted && !database.adopted.imported
      ? [
          `${database.name}: the database ${database.adopted.id} is imported as it is and keeps its password. The next update ` +
            'gives it one of the stack’s own: until then services have none to connect with, and are not waited for.',
        ]
      : []),
  ];
}

function ofRds(plan: Plan, database: RelationalDatabasePlan): string[] {
  const { name, storage, replicas, blueGreen } = database;
  // Those of a region that serves no more have stayed.
  const furtherReaders = replicas.perFurtherRegion > 0 && plan.regions.length > 1;
  const readers = replicas.min > 0 || furtherReaders;
  return [
    `${name}: RDS grows storage by its own rule, when 10 % are free; the margin of ${storage.freePercent} % is an alarm, ` +
      `and ${storage.maxGb} GiB the ceiling.`,
    ...(blueGreen
      ? [
          `${name}: a new class or version changes the instance in place, with a restart: the provider’s blue/green update ` +
            'deletes the old instance with its backups and leaves the new one unprotected. The server is ready for a ' +
            'blue/green deployment by hand, to try a version on.',
        ]
      : []),
    ...(plan.offHours && readers
      ? [`${name}: RDS stops no instance that has replicas, so the database stays on out of working hours.`]
      : []),
  ];
}

function ofAurora(plan: Plan, { name, storage, blueGreen }: RelationalDatabasePlan): string[] {
  const further = plan.regions.filter(({ home, serves }) => serves && !home);
  return [
    `${name}: Aurora's storage has no size: it grows by itself, and the margin of ${storage.freePercent} % is an alarm on ` +
      `what is used of ${storage.maxGb} GiB.`,
    ...(blueGreen
      ? [`${name}: the provider has no blue/green update of Aurora clusters; a major version restarts the cluster.`]
      : []),
    ...(further.length > 0
      ? [
          `${name}: services of ${further.map((region) => region.name).join(', ')} read and write at home, through the ` +
            'peering: an Aurora global database takes no burstable classes and holds every member to one version.',
        ]
      : []),
  ];
}
