import { pgbouncerIni, userlist } from '../../../components/pooler/pgbouncer-ini';
import type { PoolerPlan } from '../../../plan/types';

const pooler: PoolerPlan = {
  image: 'docker.io/edoburu/pgbouncer:v1.24.1-p1',
  port: 6432,
  poolSize: 20,
  minPoolSize: 5,
  maxDatabaseConnections: 100,
  maxClientConnections: 1000,
  timeoutSeconds: 30,
  pods: 2,
};
const options = {
  listenAddress: '127.0.0.1',
  pooler,
  authFile: '/run/pgbouncer/userlist.txt',
  databases: [
    { name: 'mercenary', host: 'primary.example.com', port: 5432, database: 'mercenary' },
    { name: 'mercenary_read', host: 'reader.example.com', port: 5433, database: 'mercenary' },
  ],
  tls: 'require' as const,
};

/** Sections and their settings, as PgBouncer reads them. */
function read(ini: string): Record<string, Record<string, string>> {
  const sections: Record<string, Record<string, string>> = {};
  let section: Record<string, string> = {};
  for (const line of ini.split('\n')) {
    const heading = /^\[(.+)\]$/.exec(line);
    if (heading) section = sections[heading[1]!] = {};
    const [key, ...value] = line.split('=');
    if (!heading && value.length > 0) section[key!.trim()] = value.join('=').trim();
  }
  return sections;
}

test('pools and timeouts are the plan’s, in transactions, encrypted to the database', () => {
  expect(read(pgbouncerIni(options)).pgbouncer).toMatchObject({
    listen_addr: '127.0.0.1',
    listen_port: '6432',
    pool_mode: 'transaction',
    default_pool_size: '20',
    min_pool_size: '5',
    max_db_connections: '100',
    max_client_conn: '1000',
    query_wait_timeout: '30',
    server_tls_sslmode: 'require',
    auth_type: 'scram-sha-256',
    auth_file: '/run/pgbouncer/userlist.txt',
  });
});

test('each database leads to its own server', () => {
  expect(read(pgbouncerIni(options)).databases).toEqual({
    mercenary: 'host=primary.example.com port=5432 dbname=mercenary',
    mercenary_read: 'host=reader.example.com port=5433 dbname=mercenary',
  });
});

test.each([
  ['docker.io/edoburu/pgbouncer:v1.24.1-p1', '200'],
  ['docker.io/edoburu/pgbouncer:1.21.0', '200'],
  ['docker.io/edoburu/pgbouncer@sha256:0123', '200'],
  ['docker.io/edoburu/pgbouncer:1.20.1', undefined],
  ['docker.io/edoburu/pgbouncer:v1.18.0', undefined],
])('%s keeps %s prepared statements', (image, expected) => {
  const ini = pgbouncerIni({ ...options, pooler: { ...pooler, image } });
  expect(read(ini).pgbouncer!.max_prepared_statements).toBe(expected);
});

test('a user and a password stand in quotes, and quotes are doubled', () => {
  expect(userlist('owner', 'a"b')).toBe('"owner" "a""b"\n');
});
