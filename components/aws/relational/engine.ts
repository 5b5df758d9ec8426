import type { SqlEngine } from '../../../plan/vocabulary';

export interface Parameter {
  name: string;
  value: string;
  /**
   * A change of what the server reads at its start alone waits for the next one. So does, as RDS tells it, a value that is
   * the engine's own default: said as `immediate` it would be a difference at every update (terraform-provider-aws #39252).
   * A new database starts with its group, so nothing waits there.
   */
  applyMethod?: 'immediate' | 'pending-reboot';
}

/** A statement that takes longer is written to the log, in milliseconds (j): what is slow for somebody who waits. */
const SLOW_MILLIS = 1_000;

/** The part of a version that names its parameter family: 17 of PostgreSQL, 8.4 of MySQL. */
function majorOf(engine: SqlEngine, version: string): string {
  return version
    .split('.')
    .slice(0, engine === 'mysql' ? 2 : 1)
    .join('.');
}

export function familyOf(engine: SqlEngine, version: string): string {
  return `${engine}${majorOf(engine, version)}`;
}

/** No connection without TLS, and slow statements in the log. */
export function parametersOf(engine: SqlEngine, blueGreen: boolean): Parameter[] {
  if (engine === 'mysql') {
    return [
      { name: 'require_secure_transport', value: 'ON', applyMethod: 'pending-reboot' }, // the default from 8.4 on
      { name: 'slow_query_log', value: '1' },
      { name: 'long_query_time', value: String(SLOW_MILLIS / 1_000) },
      { name: 'log_output', value: 'FILE', applyMethod: 'pending-reboot' }, // in a table CloudWatch would not see it
    ];
  }
  return [
    // The default from 15 on, on Aurora from 17 on; before 15 the server reads it at its start alone.
    { name: 'rds.force_ssl', value: '1', applyMethod: 'pending-reboot' },
    { name: 'log_min_duration_statement', value: String(SLOW_MILLIS) },
    // The green copy follows a major version behind by logical replication (RDS: blue/green deployments, PostgreSQL).
    ...(blueGreen ? [{ name: 'rds.logical_replication', value: '1', applyMethod: 'pending-reboot' as const }] : []),
  ];
}

/** Logs that are sent to CloudWatch, by RDS's own names. */
export function logsOf(engine: SqlEngine): string[] {
  return engine === 'mysql' ? ['error', 'slowquery'] : ['postgresql', 'upgrade'];
}

/** MySQL on the smallest burstable classes leaves no room for it (RDS: Performance Insights, supported engines). */
export function insightsRefused(engine: SqlEngine, instanceClass: string): boolean {
  return engine === 'mysql' && /^db\.(t2|t3|t4g)\.(micro|small)$/.test(instanceClass);
}

/** What a client has to know, with a password that needs no escaping. TLS is demanded by the URL and by the server. */
export function urlOf(
  engine: SqlEngine,
  to: { user: string; password: string; host: string; port: number; name: string },
): string {
  const [scheme, tls] = engine === 'mysql' ? ['mysql', 'ssl-mode=REQUIRED'] : ['postgres', 'sslmode=require'];
  return `${scheme}://${to.user}:${to.password}@${to.host}:${to.port}/${to.name}?${tls}`;
}
