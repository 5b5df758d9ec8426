import { record } from '../../../cli/offline/recorder';
import { MongoDatabase, type MongoDatabaseArgs } from '../../../components/kubernetes/database/mongo-database';
import { all, counts, messageOf, one } from '../recorded';

const prod: MongoDatabaseArgs = {
  identity: { name: 'pulse-db', instance: 'pulse-prod' },
  namespace: 'pulse',
  database: 'pulse',
  members: 3,
  tier: '2000m/8Gi',
  mongoVersion: '8.0',
  clients: [{ 'app.kubernetes.io/name': 'api' }],
  protect: true,
};
const type = 'kubernetes:psmdb.percona.com/v1:PerconaServerMongoDB';
const recordDatabase = (change: Partial<MongoDatabaseArgs> = {}) =>
  record(() => {
    const database = new MongoDatabase('pulse-prod-pulse-db', { ...prod, ...change });
    return { host: database.host, url: database.url, authority: database.authority };
  });

test('clients come with a password: mongod would turn away whoever has no certificate', async () => {
  const { spec } = one(await recordDatabase(), type).inputs as { spec: { replsets: { configuration: string }[] } };
  expect(spec.replsets[0]!.configuration).toMatch(/^net:\n {2}tls:\n {4}allowConnectionsWithoutCertificates: true$/m);
});

test('a protected replica set of three with TLS, as the tier says', async () => {
  const recording = await recordDatabase();
  expect(counts(recording)).toEqual({
    'stackladder:kubernetes:MongoDatabase': 1,
    'random:index/randomPassword:RandomPassword': 1,
    'kubernetes:core/v1:Secret': 1,
    'kubernetes:networking.k8s.io/v1:NetworkPolicy': 1,
    [type]: 1,
  });
  const resource = one(recording, type);
  expect(resource.protect).toBe(true);
  expect(resource.inputs.spec).toMatchObject({
    crVersion: '1.22.0',
    image: expect.stringMatching(/^docker\.io\/percona\/percona-server-mongodb:8\.0\.\d+-\d+$/),
    unsafeFlags: { replsetSize: false },
    tls: { mode: 'requireTLS' },
    upgradeOptions: { apply: 'disabled' },
    sharding: { enabled: false },
    backup: { enabled: false },
    replsets: [
      {
        name: 'rs0',
        size: 3,
        resources: { requests: { cpu: '2000m', memory: '8Gi' }, limits: { cpu: '2000m', memory: '8Gi' } },
        volumeSpec: { persistentVolumeClaim: { resources: { requests: { storage: '20Gi' } } } },
      },
    ],
    users: [
      {
        name: 'pulse',
        db: 'admin',
        passwordSecretRef: { name: '<unknown:pulse-prod-pulse-db.metadata.name>', key: 'password' },
        roles: [{ name: 'readWrite', db: 'pulse' }],
      },
    ],
  });
  expect(recording.outputs).toEqual({
    host: 'pulse-db-rs0-0.pulse-db-rs0.pulse.svc.cluster.local',
    url: '<secret>',
    authority: { secretName: 'pulse-db-ssl', key: 'ca.crt' },
  });
});

test('every container that the operator makes keeps to the restricted standard', async () => {
  const { spec } = one(await recordDatabase({ backup: undefined }), type).inputs as {
    spec: { initContainerSecurityContext: object; replsets: { containerSecurityContext: object }[] };
  };
  const restricted = {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
  };
  expect(spec.initContainerSecurityContext).toEqual(restricted);
  expect(spec.replsets[0]!.containerSecurityContext).toEqual(restricted);
});

describe('the network policy', () => {
  const policyOf = async (change: Partial<MongoDatabaseArgs>) =>
    one(await recordDatabase(change), 'kubernetes:networking.k8s.io/v1:NetworkPolicy').inputs.spec as {
      ingress: { from: unknown[] }[];
      egress: { to?: unknown; ports: { port: number }[] }[];
    };

  test.each(['percona-server-mongodb-operator', 'psmdb-operator'])(
    'lets in the operator, installed as %s',
    async (name) => {
      const { ingress } = await policyOf({});
      expect(ingress.flatMap(({ from }) => from)).toContainEqual({
        namespaceSelector: {},
        podSelector: { matchLabels: { 'app.kubernetes.io/name': name } },
      });
    },
  );

  test.each([
    ['https://s3.example.com', 443],
    ['https://minio.example.com:9000', 9000],
  ])('lets backups out to %s', async (endpoint, port) => {
    const backup = { bucket: 'b', region: 'r', endpoint, accessKeyId: 'i', secretAccessKey: 'k' };
    const anywhere = (await policyOf({ backup })).egress.filter(({ to }) => to === undefined);
    expect(anywhere).toEqual([{ ports: [{ protocol: 'TCP', port }] }]);
  });
});

test('one member needs the operator’s leave', async () => {
  const { spec } = one(await recordDatabase({ members: 1, tier: '500m/1Gi' }), type).inputs;
  expect(spec).toMatchObject({ unsafeFlags: { replsetSize: true }, replsets: [{ size: 1 }] });
});

test('backups go each night, and the oplog all along, where there is a store', async () => {
  const backup = {
    bucket: 'pulse-backups',
    region: 'eu-central-1',
    endpoint: 'https://s3.example.com',
    accessKeyId: 'canary',
    secretAccessKey: 'canary',
  };
  const recording = await recordDatabase({ backup });
  expect(all(recording, 'kubernetes:core/v1:Secret')).toHaveLength(2);
  const { spec } = one(recording, type).inputs as { spec: { backup: Record<string, unknown> } };
  expect(spec.backup).toMatchObject({
    enabled: true,
    pitr: { enabled: true },
    storages: {
      main: {
        type: 's3',
        s3: {
          bucket: 'pulse-backups',
          endpointUrl: 'https://s3.example.com',
          credentialsSecret: '<unknown:pulse-prod-pulse-db-backup.metadata.name>',
        },
      },
    },
    tasks: [{ schedule: '0 3 * * *', retention: { type: 'count', count: 7 }, storageName: 'main' }],
    // More than the namespace gives to who says nothing.
    resources: { requests: { memory: '128Mi' }, limits: { memory: '1200Mi' } },
  });
  expect(JSON.stringify(recording)).not.toContain('canary');
});

test('all faults in one message', () => {
  const wrong = { ...prod, identity: { name: 'Pulse', instance: 'p' }, members: 2, tier: 'M10', diskGb: 0 };
  expect(
    messageOf(() => new MongoDatabase('d', { ...wrong, mongoVersion: '4.0', clients: [] })).split('\n'),
  ).toHaveLength(7);
});
