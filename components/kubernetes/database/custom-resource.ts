import { backupSidecar } from '../../../plan/nodes/workloads';
import { USER } from '../pod-security';
import { storeSizeOf } from '../store-size';
import type { MongoDatabaseArgs } from './mongo-database';

/** The operator's own version that this resource is written for, and the images that came with it. */
const VERSION = '1.22.0';
export const images: Record<string, string> = {
  '8.0': 'docker.io/percona/percona-server-mongodb:8.0.19-7',
};
const BACKUP_IMAGE = 'docker.io/percona/percona-backup-mongodb:2.12.0';
/**
 * Of the agent beside each member, which holds parts of what it sends in memory: the limit is about that of the operator's
 * own example. Left to the namespace's small default, it would be ended in the middle of a backup.
 */
const BACKUP_AGENT = { requests: backupSidecar, limits: { cpu: '500m', memory: '1200Mi' } };

export const REPLICA_SET = 'rs0';
export const PORT = 27017;
/** Days that a nightly backup is kept. */
const BACKUPS = 7;
const DEFAULT_DISK_GB = 20;

const container = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
};
const pod = {
  runAsNonRoot: true,
  runAsUser: USER,
  runAsGroup: USER,
  fsGroup: USER,
  fsGroupChangePolicy: 'OnRootMismatch',
  seccompProfile: { type: 'RuntimeDefault' },
};

/**
 * What the operator does not say to mongod by itself. Queries beyond 100 ms are profiled, as the guide asks. Members know
 * each other by certificate, and with an authority mongod asks every client for one as well; clients here have a password.
 */
const configuration = `operationProfiling:
  mode: slowOp
  slowOpThresholdMs: 100
net:
  tls:
    allowConnectionsWithoutCertificates: true
`;

/** The labels that the operator gives to the members of a database. */
export function memberLabels(name: string): Record<string, string> {
  return { 'app.kubernetes.io/name': 'percona-server-mongodb', 'app.kubernetes.io/instance': name };
}

/** Secret of the operator with the authority of a database's certificates, under `ca.crt`. */
export function authoritySecret(name: string): string {
  return `${name}-ssl`;
}

/** Hosts of the members, as the replica set itself names them. */
export function memberHosts(name: string, namespace: string, members: number): string[] {
  const service = `${name}-${REPLICA_SET}`;
  return Array.from(
    { length: members },
    (_, at) => `${service}-${at}.${service}.${namespace}.svc.cluster.local:${PORT}`,
  );
}

/** `spec` of a PerconaServerMongoDB: a replica set with TLS, without sharding. */
export function databaseSpec(
  args: MongoDatabaseArgs,
  given: { user: { name: string; secretName: unknown; key: string }; backupSecretName?: unknown },
): Record<string, unknown> {
  const { identity, database, members, backup } = args;
  return {
    crVersion: VERSION,
    image: args.image ?? images[args.mongoVersion],
    imagePullPolicy: 'Always',
    updateStrategy: 'SmartUpdate',
    // The version has one owner, the program.
    upgradeOptions: { apply: 'disabled', setFCV: true },
    unsafeFlags: { replsetSize: members < 3 },
    tls: { mode: 'requireTLS' },
    secrets: { users: `${identity.name}-users` },
    storageScaling: { enableVolumeScaling: true },
    initContainerSecurityContext: container,
    sharding: { enabled: false },
    replsets: [replicaSet(args)],
    users: [
      {
        name: given.user.name,
        db: 'admin',
        passwordSecretRef: { name: given.user.secretName, key: given.user.key },
        roles: [{ name: 'readWrite', db: database }],
      },
    ],
    backup: backup
      ? {
          enabled: true,
          image: BACKUP_IMAGE,
          containerSecurityContext: container,
          resources: BACKUP_AGENT,
          storages: {
            main: {
              main: true,
              type: 's3',
              s3: {
                bucket: backup.bucket,
                region: backup.region,
                endpointUrl: backup.endpoint,
                prefix: identity.instance,
                credentialsSecret: given.backupSecretName,
              },
            },
          },
          pitr: { enabled: true },
          tasks: [
            {
              name: 'nightly',
              enabled: true,
              schedule: '0 3 * * *',
              retention: { type: 'count', count: BACKUPS, deleteFromStorage: true },
              storageName: 'main',
            },
          ],
        }
      : { enabled: false, image: BACKUP_IMAGE },
  };
}

function replicaSet(args: MongoDatabaseArgs): Record<string, unknown> {
  const { cpu, memory } = storeSizeOf(args.tier);
  const size = { cpu, memory };
  const matchLabels = memberLabels(args.identity.name);
  return {
    name: REPLICA_SET,
    size: args.members,
    // Both: what is asked for is what there is, so that the cache of the engine is never taken away.
    resources: { requests: size, limits: size },
    containerSecurityContext: container,
    podSecurityContext: pod,
    affinity: {
      advanced: {
        podAntiAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 100, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels } } },
            {
              weight: 50,
              podAffinityTerm: { topologyKey: 'topology.kubernetes.io/zone', labelSelector: { matchLabels } },
            },
          ],
        },
      },
    },
    podDisruptionBudget: { maxUnavailable: 1 },
    expose: { enabled: false, type: 'ClusterIP' },
    configuration,
    volumeSpec: {
      persistentVolumeClaim: {
        accessModes: ['ReadWriteOnce'],
        storageClassName: args.storageClass,
        resources: { requests: { storage: `${args.diskGb ?? DEFAULT_DISK_GB}Gi` } },
      },
    },
  };
}
