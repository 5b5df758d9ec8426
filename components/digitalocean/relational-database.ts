import * as pulumi from '@pulumi/pulumi';
import type { Plan, RelationalDatabasePlan } from '../../plan/types';
import type { ConfigurationSecrets, RelationalConnection, RelationalDatabase, SecretReference } from '../platform';
import type { DigitalOceanRegion } from './region';
import type { SqlReaders } from './relational/arguments';
import { canStandBy } from './relational/arguments';
import { SQL_PORT, sqlUrl } from './relational/engines';
import { SqlCluster } from './relational/sql-cluster';

/**
 * A managed PostgreSQL or MySQL in the home region, reached by its private address: from its own network by tag or
 * cluster, from the other regions through the peering by their range. Readers stand in each region for its own services.
 * An existing database is a URL of configuration, and nothing is made.
 *
 * @throws Error where the URL is said to be in a secret manager, which DigitalOcean does not have
 */
export function openRelationalDatabase(
  plan: Plan,
  database: RelationalDatabasePlan,
  regions: DigitalOceanRegion[],
  secrets: ConfigurationSecrets,
): RelationalDatabase {
  const [home, ...further] = regions as [DigitalOceanRegion, ...DigitalOceanRegion[]];
  if (plan.accounts.digitalocean.databaseSecretId !== undefined) {
    throw new Error(
      'DigitalOcean has no secret manager: take digitalocean.databaseSecretId out, and give the URL of the existing ' +
        'database with `pulumi config set --secret databaseUrl`',
    );
  }
  if (database.existing) {
    const secret = home.shared.keep(`${database.name}-sql-url`, secrets.single('databaseUrl'));
    return { plan: database, primary: { port: database.port, secret }, readers: {} };
  }
  const name = `${plan.prefix}-${database.name}`;
  const cluster = new SqlCluster(
    name,
    {
      region: home.name,
      vpcId: home.network.vpcId,
      engine: database.engine,
      version: database.engineVersion,
      size: database.instanceClass,
      database: database.name,
      standby: database.standby && canStandBy(database.instanceClass),
      storage: database.storage,
      maintenance: database.maintenance,
      readers: readersOf(database, home, further),
      adopted: database.adopted,
      // One that was there before has a network of its own for life.
      peers: database.adopted && Object.fromEntries(regions.map(({ code, network }) => [code, network.vpcId])),
      trustedSources: [
        ...home.ownSources(),
        ...(database.adopted ? regions : further).flatMap((region) => region.sourcesFromAfar()),
      ],
      protect: plan.safety.protectStores,
      tags: home.tags,
    },
    home.options,
  );
  home.shared.assign(name, cluster.cluster.clusterUrn);
  home.watchDatabase(name, cluster.cluster.id, 'relational');
  return connect(database, cluster, home, regions);
}

/** As many as the plan has fixed: readers do not follow the load here. */
function readersOf(
  { replicas }: RelationalDatabasePlan,
  home: DigitalOceanRegion,
  further: DigitalOceanRegion[],
): SqlReaders[] {
  const of = (region: DigitalOceanRegion, count: number): SqlReaders[] =>
    count > 0 ? [{ region: region.name, vpcId: region.network.vpcId, count, trustedSources: region.ownSources() }] : [];
  return [
    ...of(home, replicas.min),
    ...further.filter(({ serves }) => serves).flatMap((region) => of(region, replicas.perFurtherRegion)),
  ];
}

/** One password opens the primary and its readers. */
function connect(
  plan: RelationalDatabasePlan,
  cluster: SqlCluster,
  home: DigitalOceanRegion,
  regions: DigitalOceanRegion[],
): RelationalDatabase {
  const password = home.shared.keep(`${plan.name}-sql-password`, cluster.password);
  const connection = (
    secretName: string,
    host: pulumi.Output<string>,
    /** Where a pooler connects: several hosts, one by one. */
    hosts: pulumi.Output<string>,
  ): RelationalConnection => ({
    host,
    port: SQL_PORT,
    secret: keepUrl(home, secretName, plan, host, cluster.password),
    login: { host: hosts, database: plan.name, user: cluster.user, password },
  });
  const readers = regions.flatMap(({ name, code }): [string, RelationalConnection][] => {
    const hosts = cluster.readers[name];
    if (!hosts?.[0]) return [];
    const all = pulumi.all(hosts).apply((every) => every.join(','));
    return [[name, connection(`${plan.name}-sql-read-url-${code}`, hosts[0], all)]];
  });
  return {
    plan,
    primary: connection(`${plan.name}-sql-url`, cluster.host, cluster.host),
    readers: Object.fromEntries(readers),
  };
}

function keepUrl(
  home: DigitalOceanRegion,
  secretName: string,
  { engine, name }: RelationalDatabasePlan,
  host: pulumi.Output<string>,
  password: pulumi.Output<string>,
): SecretReference {
  const url = pulumi.all([host, password]).apply(([at, word]) => sqlUrl(engine, at, word, name));
  return home.shared.keep(secretName, pulumi.secret(url));
}
