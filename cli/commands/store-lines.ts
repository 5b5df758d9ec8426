import { arithmeticOf } from '../../plan/connections/budget';
import type { Plan } from '../../plan/types';

/** Workers, as services are told. */
export function workerLines({ workers }: Plan): string[] {
  return workers.map(
    ({ name, machine, capacity, queue, spot, image }) =>
      `workers   ${name}: ${capacity.min}-${capacity.max} x ${machine}${spot ? ' (spot)' : ''}, starts at ${capacity.desired}, queue ${queue.name}, ${image}`,
  );
}

/** The relational database with what stands before it, and the broker. */
export function relationalLines({ relationalDatabase: database, broker, connectionBudgets }: Plan): string[] {
  const lines: string[] = [];
  if (database) {
    const { host, engine, engineVersion, instanceClass, replicas, standby, storage, existing, pooler } = database;
    const readers = replicas.max > replicas.min ? `${replicas.min}-${replicas.max}` : String(replicas.min);
    lines.push(
      existing
        ? `database  ${engine}, there already`
        : `database  ${host} ${engine} ${engineVersion}, ${instanceClass}, ${readers} replicas, standby: ${standby ? 'yes' : 'no'}, ${storage.initialGb}-${storage.maxGb} GiB`,
    );
    if (pooler) lines.push(`pooler    PgBouncer on ${pooler.port}`);
  }
  for (const budget of connectionBudgets) lines.push(`sums      ${arithmeticOf(budget)}`);
  if (broker) lines.push(`broker    ${broker.nodeType}, ${broker.replicas} replicas`);
  return lines;
}

/** What stands in front, and when nobody works. */
export function edgeLines({ frontDoor, offHours }: Plan): string[] {
  return [
    ...(frontDoor ? [`in front  Cloudflare, ${frontDoor.zoneName}`] : []),
    ...(offHours
      ? [`work      ${offHours.from}-${offHours.to} ${offHours.timezone}, days ${offHours.days.join(', ')}`]
      : []),
  ];
}
