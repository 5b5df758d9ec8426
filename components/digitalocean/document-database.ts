import type { DocumentDatabasePlan, Plan } from '../../plan/types';
import type { ConfigurationSecrets, Connection } from '../platform';
import { MongoCluster } from './database/mongodb';
import type { DigitalOceanRegion } from './region';

/**
 * A managed MongoDB in the home region, reached by its private address: from its own network by tag or cluster, from the
 * other regions through the peering by their range. An existing database is a URL of configuration, and nothing is made.
 *
 * @throws Error where the URL is said to be in a secret manager, which DigitalOcean does not have
 */
export function openDocumentDatabase(
  plan: Plan,
  database: DocumentDatabasePlan,
  regions: DigitalOceanRegion[],
  secrets: ConfigurationSecrets,
): Connection {
  const [home, ...further] = regions as [DigitalOceanRegion, ...DigitalOceanRegion[]];
  const secretName = `${database.name}-database-url`;
  if (plan.accounts.digitalocean.databaseSecretId !== undefined) {
    throw new Error(
      'DigitalOcean has no secret manager: take digitalocean.databaseSecretId out, and give the URL of the existing ' +
        'database with `pulumi config set --secret databaseUrl`',
    );
  }
  if (database.existing) {
    return { port: database.port, secret: home.shared.keep(secretName, secrets.single('databaseUrl')) };
  }
  const { prefix, safety } = plan;
  const name = `${prefix}-${database.name}`;
  const cluster = new MongoCluster(
    name,
    {
      region: home.name,
      vpcId: home.network.vpcId,
      version: database.mongoVersion,
      size: database.tier,
      nodes: database.electableNodes,
      diskGb: database.diskGb,
      database: database.name,
      trustedSources: [...home.ownSources(), ...further.flatMap((region) => region.sourcesFromAfar())],
      protect: safety.protectStores,
      tags: home.tags,
    },
    home.options,
  );
  home.shared.assign(name, cluster.cluster.clusterUrn);
  home.watchDatabase(name, cluster.cluster.id);
  return { host: cluster.host, port: cluster.port, secret: home.shared.keep(secretName, cluster.url) };
}
