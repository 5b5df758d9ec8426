import type { PoolerPlan } from '../../plan/types';

export interface PgbouncerOptions {
  /** `127.0.0.1` beside a service, `*` where clients come over the network. */
  listenAddress: string;
  pooler: PoolerPlan;
  /** Path of the file that `userlist` makes. */
  authFile: string;
  databases: PooledDatabase[];
  /** To the database: always encrypted. */
  tls: 'require';
}

export interface PooledDatabase {
  /** As clients name it. */
  name: string;
  host: string;
  port: number;
  /** As the server names it. */
  database: string;
}

/**
 * What drivers send when they connect and a shared connection cannot keep: JDBC's and npgsql's float digits, and settings
 * of a session. Without this PgBouncer turns such a client away.
 */
const ignoredParameters = ['extra_float_digits', 'options', 'statement_timeout', 'idle_in_transaction_session_timeout'];

/** Named statements that PgBouncer keeps for each server connection; its own default from 1.24 on. */
const PREPARED_STATEMENTS = 200;

/**
 * The configuration of PgBouncer (https://www.pgbouncer.org/config.html): a connection of the database belongs to a
 * client for one transaction. No password is in it; it logs to standard error, opens no socket file and has no console.
 */
export function pgbouncerIni(options: PgbouncerOptions): string {
  const { listenAddress, pooler, authFile, databases, tls } = options;
  const lines = [
    '[databases]',
    ...databases.map(({ name, host, port, database }) => `${name} = host=${host} port=${port} dbname=${database}`),
    '',
    '[pgbouncer]',
    `listen_addr = ${listenAddress}`,
    `listen_port = ${pooler.port}`,
    'unix_socket_dir =',
    'auth_type = scram-sha-256',
    `auth_file = ${authFile}`,
    'pool_mode = transaction',
    `default_pool_size = ${pooler.poolSize}`,
    `min_pool_size = ${pooler.minPoolSize}`,
    `max_db_connections = ${pooler.maxDatabaseConnections}`,
    `max_client_conn = ${pooler.maxClientConnections}`,
    `query_wait_timeout = ${pooler.timeoutSeconds}`,
    `server_tls_sslmode = ${tls}`,
    `ignore_startup_parameters = ${ignoredParameters.join(',')}`,
    ...(keepsPreparedStatements(pooler.image) ? [`max_prepared_statements = ${PREPARED_STATEMENTS}`] : []),
    // A line a client would fill the logs at thousands of short connections; errors are still there.
    'log_connections = 0',
    'log_disconnections = 0',
  ];
  return `${lines.join('\n')}\n`;
}

/** Whoever may connect: the same password opens the pooler and, from there, the database. Plain, so keep it in memory. */
export function userlist(user: string, password: string): string {
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  return `${quoted(user)} ${quoted(password)}\n`;
}

/** From 1.21 on prepared statements work in transactions; before, their parameter alone stops the start. */
function keepsPreparedStatements(image: string): boolean {
  const version = /:v?(\d+)\.(\d+)/.exec(image);
  if (!version) return true;
  const [major, minor] = [Number(version[1]), Number(version[2])];
  return major > 1 || minor >= 21;
}
