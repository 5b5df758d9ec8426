import { expect, inspect, pass } from '../../judge';
import { cnpg, whereStandby } from '../../relational';
import type { ResourceRule } from '../../rule';
import { list, numeric, present, show, text, UNKNOWN } from '../../values';

const common = { severity: 'mandatory', scope: 'resource', types: [cnpg] } as const;

export const instances: ResourceRule = {
  ...common,
  id: 'cnpg-standby',
  title: 'A PostgreSQL on a cluster has a second instance',
  why: 'With one, the drain of its node is an outage of the whole system.',
  mend: 'Set spec.instances to 2 or more.',
  controls: [],
  where: whereStandby,
  check: (resource) => [
    inspect(resource, ['spec.instances'], (count) =>
      (numeric(count) ?? 1) >= 2 ? undefined : `instances is ${show(count)}`,
    ),
  ],
};

export const storage: ResourceRule = {
  ...common,
  id: 'cnpg-storage',
  title: 'A PostgreSQL on a cluster says how large its volumes are, and they can grow',
  why: 'A volume that cannot be resized has to be replaced, instance by instance, when it is full.',
  mend: 'Set spec.storage.size, and leave resizeInUseVolumes out or true.',
  controls: [],
  check: (resource) => [
    inspect(resource, ['spec.storage.size', 'spec.storage.pvcTemplate'], (size, template) =>
      present(size) || present(template) ? undefined : 'storage.size is not set',
    ),
    inspect(resource, ['spec.storage.resizeInUseVolumes'], (on) =>
      on === false ? 'resizeInUseVolumes is false' : undefined,
    ),
  ],
};

export const tls: ResourceRule = {
  ...common,
  id: 'cnpg-tls',
  title: 'A PostgreSQL on a cluster turns away connections without TLS, and its superuser from the network',
  why: "The operator's own rules let clients in without TLS: passwords would cross the cluster's network in plain text.",
  mend: "Put 'hostnossl all all all reject' into spec.postgresql.pg_hba, and leave enableSuperuserAccess out.",
  controls: [],
  check: (resource) => [
    inspect(resource, ['spec.postgresql.pg_hba'], (rules) => {
      if (list(rules).includes(UNKNOWN)) return UNKNOWN;
      const lines = list(rules).map((line) => text(line).trim().split(/\s+/));
      // A line that lets clients in without TLS counts where it comes first.
      const plain = lines.findIndex(([type, , , , method]) => type === 'host' && method !== 'reject');
      const closed = lines.findIndex((words) => words.join(' ') === 'hostnossl all all all reject');
      if (closed < 0) return 'pg_hba does not reject connections without TLS';
      return plain >= 0 && plain < closed ? `pg_hba lets them in before: ${lines[plain]!.join(' ')}` : undefined;
    }),
    inspect(resource, ['spec.enableSuperuserAccess'], (on) =>
      on === true ? 'enableSuperuserAccess is true' : undefined,
    ),
  ],
};

const config = 'kubernetes:core/v1:ConfigMap';

export const poolerTls: ResourceRule = {
  ...common,
  types: [config],
  id: 'pooler-server-tls',
  title: 'A pooler speaks TLS with the database',
  why: 'PgBouncer asks for TLS and takes a plain connection where it gets none, unless it is told otherwise.',
  mend: 'Set server_tls_sslmode = require, verify-ca or verify-full in pgbouncer.ini.',
  controls: [],
  check: (resource) => {
    const data = resource.props.data;
    if (typeof data !== 'object' || data === null || Array.isArray(data)) return [pass];
    const files = Object.entries(data).filter(([name]) => name.endsWith('pgbouncer.ini'));
    return files.map(([name, file]) =>
      file === UNKNOWN
        ? { state: 'unknown', path: `data.${name}` }
        : expect(
            /^\s*server_tls_sslmode\s*=\s*(require|verify-ca|verify-full)\s*$/m.test(text(file)),
            `${name} does not demand TLS of the database`,
            `data.${name}`,
          ),
    );
  },
};

export const kubernetesDatabaseRules = [instances, storage, tls, poolerTls];
