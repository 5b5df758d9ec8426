import { databaseAlerts, plannedFor } from '../../../components/digitalocean/alerts/database-shapes';
import { balancerAlert, dropletAlerts, windowOf } from '../../../components/digitalocean/alerts/shapes';
import { nearestTtl } from '../../../components/digitalocean/content-delivery/cdn';
import { majorVersion, memoryOf } from '../../../components/digitalocean/database/arguments';
import { withUser } from '../../../components/digitalocean/database/connection-url';
import { canHaveStandby } from '../../../components/digitalocean/database/valkey';
import { recordName } from '../../../components/digitalocean/dns/record-name';
import { readerPolicy } from '../../../components/digitalocean/secrets/reader-policy';
import { publicKey } from '../../../components/digitalocean/ssh/public-key';
import { tagList } from '../../../components/digitalocean/tags';
import type { AlertPlan } from '../../../plan/types';
import { messageOf } from '../recorded';

test.each([
  ['api.example.com', 'example.com', 'api'],
  ['a.b.example.com', 'example.com', 'a.b'],
  ['example.com', 'example.com', '@'],
  ['notexample.com', 'example.com', undefined],
  ['example.org', 'example.com', undefined],
])('the record of %s in %s is %s', (host, domain, name) => expect(recordName(host, domain)).toBe(name));

test('tags are one lower-case word each, and characters that no tag has become hyphens', () => {
  expect(tagList({ System: 'pulse', Owner: 'Team A & B' })).toEqual(['system:pulse', 'owner:team-a-b']);
  expect(tagList({ Long: 'x'.repeat(300) })[0]).toHaveLength(255);
});

describe('the address of a user of our own', () => {
  const given =
    'mongodb+srv://doadmin:AVNS_x@private-db.mongo.ondigitalocean.com/admin?authSource=admin&replicaSet=db&tls=true';

  test('keeps host and options, and has our user, password and database', () => {
    const url = new URL(withUser(given, 'api', 'p@ss/word', 'pulse'));
    expect([url.protocol, url.hostname, url.pathname]).toEqual([
      'mongodb+srv:',
      'private-db.mongo.ondigitalocean.com',
      '/pulse',
    ]);
    expect([url.username, decodeURIComponent(url.password)]).toEqual(['api', 'p@ss/word']);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      authSource: 'admin',
      replicaSet: 'db',
      tls: 'true',
      retryWrites: 'true',
      w: 'majority',
    });
  });

  test('is an error for what is no address, which it does not show', () => {
    const message = messageOf(() => withUser('rediss://default:secret@host', 'a', 'b', 'c'));
    expect(message).toMatch(/not a URL of MongoDB/);
    expect(message).not.toMatch(/secret/);
  });
});

test.each([
  ['db-s-1vcpu-1gb', 1, false],
  ['db-s-1vcpu-2gb', 2, true],
  ['db-intel-2vcpu-8gb', 8, true],
  ['m-4vcpu-32gb', 32, true],
  ['s-1vcpu-1gb', undefined, false],
  ['cache.t3.micro', undefined, false],
])('%s has %s GiB', (size, memory, standby) => {
  expect(memoryOf(size)).toBe(memory);
  expect(canHaveStandby(size)).toBe(standby);
});

test('a version is a major one', () => expect(['8.0', '8'].map(majorVersion)).toEqual(['8', '8']));

test.each([
  [86_400, 86_400],
  [90_000, 86_400],
  [3_599, 600],
  [1, 60],
])('a CDN keeps for %s seconds by %s', (asked, ttl) => expect(nearestTtl(asked)).toBe(ttl));

test('readers come from these addresses alone, and only read', () => {
  const policy = readerPolicy('vault', ['1.2.3.4', '5.6.7.8']);
  expect(policy.Statement).toEqual([
    {
      Sid: 'OurGatewaysRead',
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::vault/*',
      Condition: { IpAddress: { 'aws:SourceIp': ['1.2.3.4/32', '5.6.7.8/32'] } },
    },
  ]);
});

test('a public key is what SSH reads: its kind, and 32 bytes', () => {
  const [kind, blob, comment] = publicKey(Buffer.alloc(32, 7).toString('base64'), 'locked').split(' ');
  const bytes = Buffer.from(blob!, 'base64');
  expect([kind, comment]).toEqual(['ssh-ed25519', 'locked']);
  expect(bytes.subarray(0, 15)).toEqual(Buffer.from('\0\0\0\x0bssh-ed25519'));
  expect(bytes.subarray(15)).toEqual(Buffer.concat([Buffer.from([0, 0, 0, 32]), Buffer.alloc(32, 7)]));
  expect(messageOf(() => publicKey('AAAA', 'short'))).toMatch(/32 bytes, not 3/);
});

describe('alerts', () => {
  test.each([
    [1, '5m'],
    [5, '5m'],
    [6, '10m'],
    [45, '1h'],
    [600, '1h'],
  ])('%s minutes are watched in a window of %s', (minutes, window) => expect(windowOf(minutes)).toBe(window));

  test('an error rate and a latency are the balancer’s to watch; that a database is down is not', () => {
    const common = { name: 'A', summary: 'b', service: 'api' };
    expect(balancerAlert({ ...common, kind: 'error-rate', percent: 5, minutes: 5 })).toEqual({
      type: 'v1/insights/lbaas/increase_in_http_error_rate_percentage_5xx',
      value: 5,
      window: '5m',
      description: 'A: b',
    });
    const slow = balancerAlert({ ...common, kind: 'latency', percentile: 90, seconds: 1, minutes: 10 });
    expect(slow).toMatchObject({
      type: 'v1/insights/lbaas/high_http_request_response_time_95p',
      value: 1,
      window: '10m',
    });
    expect(balancerAlert({ name: 'A', summary: 'b', kind: 'database-down', minutes: 1 })).toBeUndefined();
  });

  test('load is measured by the droplet’s CPUs', () => {
    const load = (machine: string) => dropletAlerts('api', machine).find(({ type }) => type.endsWith('load_5'))?.value;
    expect([load('s-2vcpu-4gb'), load('c-8')]).toEqual([4, 2]);
    expect(databaseAlerts('cache').map(({ type }) => type)).toEqual([
      'v1/dbaas/alerts/cpu_alerts',
      'v1/dbaas/alerts/memory_utilization_alerts',
      'v1/dbaas/alerts/disk_utilization_alerts',
    ]);
  });

  test('what a plan watches takes the place of the usual, a warning and a critical one beside each other', () => {
    const words = { minutes: 5, summary: 'much', service: 'api' };
    const shapes = dropletAlerts('api', 's-2vcpu-4gb', [
      { ...words, name: 'CpuWarning', kind: 'cpu', percent: 70, severity: 'warning' },
      { ...words, name: 'CpuCritical', kind: 'cpu', percent: 90, severity: 'critical' },
      { ...words, name: 'Disk', kind: 'disk-free', percent: 20, severity: 'warning' },
    ]);
    expect(shapes.map(({ type, value, severity }) => [type.split('/').pop(), value, severity])).toEqual([
      ['cpu', 70, 'warning'],
      ['cpu', 90, 'critical'],
      ['disk_utilization_percent', 80, 'warning'],
      ['memory_utilization_percent', 90, undefined],
      ['load_5', 4, undefined],
    ]);
  });

  test('each kind of database is told of by its own alerts', () => {
    const words = { name: 'A', minutes: 5, summary: 'b', percent: 80 };
    const all: AlertPlan[] = [
      { ...words, kind: 'database-cpu' },
      { ...words, kind: 'database-disk-free' },
      { ...words, kind: 'cache-memory' },
    ];
    const values = (kind: 'documents' | 'relational' | 'valkey') =>
      Object.fromEntries(
        databaseAlerts('db', plannedFor(kind, all)).map(({ type, value }) => [type.split('/').pop(), value]),
      );
    expect(values('relational')).toEqual({
      cpu_alerts: 80,
      disk_utilization_alerts: 20,
      memory_utilization_alerts: 90,
    });
    expect(values('valkey')).toEqual({ cpu_alerts: 90, disk_utilization_alerts: 90, memory_utilization_alerts: 80 });
    expect(values('documents')).toEqual({ cpu_alerts: 90, disk_utilization_alerts: 90, memory_utilization_alerts: 90 });
  });
});
