import { record } from '../../../cli/offline/recorder';
import { ScheduledSql, type ScheduledSqlArgs } from '../../../components/kubernetes/scheduled-sql/scheduled-sql';
import { counts, messageOf, one } from '../recorded';

const args: ScheduledSqlArgs = {
  identity: { name: 'partitions', instance: 'mercenary-prod' },
  namespace: 'mercenary',
  schedule: '0 2 25 * *',
  sql: 'select 1;',
  url: 'postgres://u:canary@h:5432/d',
  port: 5432,
};
const recordJob = (change: Partial<ScheduledSqlArgs> = {}) =>
  record(() => {
    new ScheduledSql('mercenary-prod-partitions', { ...args, ...change });
    return {};
  });

test('a CronJob by UTC that never runs twice at once, with the SQL in the open and the URL in a Secret', async () => {
  const recording = await recordJob({ authorities: { db: { secretName: 'db-ca', key: 'ca.crt' } } });
  expect(counts(recording)).toEqual({
    'stackladder:kubernetes:ScheduledSql': 1,
    'kubernetes:networking.k8s.io/v1:NetworkPolicy': 1,
    'kubernetes:core/v1:ConfigMap': 1,
    'kubernetes:core/v1:Secret': 1,
    'kubernetes:batch/v1:CronJob': 1,
  });
  expect(one(recording, 'kubernetes:core/v1:ConfigMap').inputs.data).toEqual({ 'run.sql': 'select 1;' });
  const { spec } = one(recording, 'kubernetes:batch/v1:CronJob').inputs as { spec: Record<string, unknown> };
  expect(spec).toMatchObject({
    schedule: '0 2 25 * *',
    timeZone: 'Etc/UTC',
    concurrencyPolicy: 'Forbid',
    jobTemplate: {
      spec: {
        activeDeadlineSeconds: 3_600,
        template: {
          spec: {
            restartPolicy: 'Never',
            automountServiceAccountToken: false,
            securityContext: { runAsNonRoot: true },
            containers: [
              {
                securityContext: { readOnlyRootFilesystem: true, allowPrivilegeEscalation: false },
                volumeMounts: expect.arrayContaining([
                  { name: 'authorities', mountPath: '/etc/stackladder/authorities', readOnly: true },
                ]),
              },
            ],
          },
        },
      },
    },
  });
  expect(JSON.stringify(recording)).not.toContain('canary');
});

test('it goes to DNS and the database’s port, and nobody comes to it', async () => {
  const { spec } = one(await recordJob({ port: 5433 }), 'kubernetes:networking.k8s.io/v1:NetworkPolicy').inputs as {
    spec: { ingress?: unknown; policyTypes: string[]; egress: { to?: unknown; ports: unknown }[] };
  };
  expect([spec.ingress, spec.policyTypes]).toEqual([undefined, ['Ingress', 'Egress']]);
  expect(spec.egress.filter(({ to }) => !to)).toEqual([{ ports: [{ protocol: 'TCP', port: 5433 }] }]);
});

test.each(['*/5 * * * *', '0 0,12 1-7 * 1-5', '30 3 * * 0'])('%s is a schedule', async (schedule) => {
  const { spec } = one(await recordJob({ schedule }), 'kubernetes:batch/v1:CronJob').inputs;
  expect(spec).toMatchObject({ schedule });
});

describe('wrong arguments, and each is told', () => {
  test.each<[string, Partial<ScheduledSqlArgs>]>([
    ['identity.name', { identity: { name: 'Partitions', instance: 'm' } }],
    ['identity.name', { identity: { name: 'p'.repeat(53), instance: 'm' } }],
    ['schedule', { schedule: '@daily' }],
    ['schedule', { schedule: '0 2 * *' }],
    ['schedule', { schedule: '0 2 25 * * *' }],
    ['schedule', { schedule: '0 2 25 * mon;' }],
    ['sql', { sql: ' \n' }],
    ['sql', { sql: 'x'.repeat(1_000_001) }],
    ['port', { port: 0 }],
    ['port', { port: 70_000 }],
    ['image', { image: 'postgres:latest' }],
  ])('%s', (path, wrong) => {
    const message = messageOf(() => new ScheduledSql('s', { ...args, ...wrong }));
    expect(message.split('\n').slice(1)).toEqual([expect.stringContaining(`  ${path}: `)]);
  });
});
