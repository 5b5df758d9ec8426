import { storeSizeOf } from '../store-size';
import { images, type PostgresDatabaseArgs } from './arguments';

/** Name of the plugin that CloudNativePG backs up through; the operator's own way ends with its version 1.31. */
export const BACKUP_PLUGIN = 'barman-cloud.cloudnative-pg.io';

/** The label that the operator gives to every pod of a database, its jobs included. */
export function memberLabels(name: string): Record<string, string> {
  return { 'cnpg.io/cluster': name };
}

/** Secret of the operator with the authority of a database's certificates, under `ca.crt`. */
export function authoritySecret(name: string): string {
  return `${name}-ca`;
}

/** How many there are: whoever answers reads can also take over, and whoever stands by is a copy like the others. */
export function instancesOf({ standby, replicas }: Pick<PostgresDatabaseArgs, 'standby' | 'replicas'>): number {
  return 1 + (standby ? 1 : 0) + replicas;
}

/** `spec` of CloudNativePG's Cluster. Pure but for the names of what it reads. */
export function clusterSpec(
  args: PostgresDatabaseArgs,
  given: { userSecretName: unknown; storeName?: unknown },
): Record<string, unknown> {
  const { cpu, memory } = storeSizeOf(args.instanceClass);
  const instances = instancesOf(args);
  return {
    instances,
    imageName: args.image ?? images[args.engineVersion],
    imagePullPolicy: 'Always',
    // Read once, for the first instance; but for the Secret: another one, and the user has its password at once.
    bootstrap: {
      initdb: {
        database: args.database,
        owner: args.user,
        secret: { name: given.userSecretName },
        dataChecksums: true,
        encoding: 'UTF8',
      },
    },
    enableSuperuserAccess: false,
    postgresql: {
      parameters: parameters(args),
      // The first line that fits decides; the operator's own last one would let in without TLS.
      pg_hba: ['hostssl all all all scram-sha-256', 'hostnossl all all all reject'],
      // A commit is on two disks, as long as a second one is there: the loss of a copy stops nobody.
      ...(args.standby && { synchronous: { method: 'any', number: 1, dataDurability: 'preferred' } }),
    },
    storage: { size: `${args.storageGb}Gi`, storageClass: args.storageClass, resizeInUseVolumes: true },
    resources: { requests: { cpu, memory }, limits: { cpu, memory } },
    affinity: {
      enablePodAntiAffinity: true,
      podAntiAffinityType: 'preferred',
      topologyKey: 'kubernetes.io/hostname',
    },
    topologySpreadConstraints: [
      {
        topologyKey: 'topology.kubernetes.io/zone',
        maxSkew: 1,
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: memberLabels(args.identity.name) },
      },
    ],
    // The replicas first; then one of them takes over, so that the primary is away for seconds.
    primaryUpdateStrategy: 'unsupervised',
    primaryUpdateMethod: instances > 1 ? 'switchover' : 'restart',
    // Of a single one it would hold a drain up for ever.
    enablePDB: instances > 1,
    ...(given.storeName !== undefined && {
      plugins: [{ name: BACKUP_PLUGIN, isWALArchiver: true, parameters: { barmanObjectName: given.storeName } }],
    }),
  };
}

/** A quarter of the memory, as PostgreSQL's own documentation advises; three quarters are what the page cache may become. */
function parameters({ instanceClass, maxConnections }: PostgresDatabaseArgs): Record<string, string> {
  const { memoryMib } = storeSizeOf(instanceClass);
  return {
    max_connections: String(maxConnections),
    shared_buffers: `${Math.floor(memoryMib / 4)}MB`,
    effective_cache_size: `${Math.floor((memoryMib * 3) / 4)}MB`,
    // Loads the library as well: the operator sees to it.
    'pg_stat_statements.track': 'all',
    log_min_duration_statement: '1000',
    password_encryption: 'scram-sha-256',
  };
}
