import { record } from '../../../cli/offline/recorder';
import { MonitorAlerts, type MonitorAlertsArgs } from '../../../components/digitalocean/alerts/monitor-alerts';
import { databaseAlerts } from '../../../components/digitalocean/alerts/database-shapes';
import { Uptime } from '../../../components/digitalocean/alerts/uptime';
import { IndexRunner, type IndexRunnerArgs } from '../../../components/digitalocean/index-runner/index-runner';
import { all, counts, messageOf, one } from '../recorded';

const alertType = 'digitalocean:index/monitorAlert:MonitorAlert';
const emails = ['ops@example.com'];

test('alerts watch what is named, and nothing else of the account', async () => {
  const args: MonitorAlertsArgs = { alerts: databaseAlerts('cache'), entities: ['cluster-1'], emails };
  const recording = await record(() => {
    new MonitorAlerts('pulse-prod-cache-alerts', args);
    return {};
  });
  expect(all(recording, alertType).map(({ name }) => name)).toEqual([
    'pulse-prod-cache-alerts-cpu-alerts',
    'pulse-prod-cache-alerts-disk-utilization-alerts',
    'pulse-prod-cache-alerts-memory-utilization-alerts',
  ]);
  expect(all(recording, alertType)[0]?.inputs).toEqual({
    type: 'v1/dbaas/alerts/cpu_alerts',
    compare: 'GreaterThan',
    value: 90,
    window: '5m',
    description: 'cache: CPU above 90 %',
    entities: ['cluster-1'],
    alerts: { emails },
  });
  const nothing = { alerts: databaseAlerts('cache'), emails: ['nobody'] };
  expect(messageOf(() => new MonitorAlerts('alerts', nothing))).toMatch(
    /emails\[0\]: .*\n.*entities: nothing is named/,
  );
  expect(messageOf(() => new MonitorAlerts('alerts', { ...args, emails: [] }))).toMatch(/nobody hears/);
});

test('the service is asked from four parts of the world; two things are told', async () => {
  const recording = await record(() => {
    new Uptime('pulse-prod-api-uptime', { target: 'https://api.example.com/health', emails });
    return {};
  });
  expect(one(recording, 'digitalocean:index/uptimeCheck:UptimeCheck').inputs).toEqual({
    target: 'https://api.example.com/health',
    type: 'https',
    regions: ['us_east', 'us_west', 'eu_west', 'se_asia'],
  });
  const told = all(recording, 'digitalocean:index/uptimeAlert:UptimeAlert').map(({ inputs }) => inputs);
  expect(told).toMatchObject([
    { type: 'ssl_expiry', comparison: 'less_than', threshold: 14 },
    { type: 'down_global', period: '2m', notifications: [{ emails }] },
  ]);
  expect(messageOf(() => new Uptime('uptime', { target: 'http://a', emails }))).toMatch(/must be an address by https/);
});

test('without an address the check stays, and tells nobody', async () => {
  const recording = await record(() => {
    new Uptime('uptime', { target: 'https://api.example.com/health', emails: [] });
    return {};
  });
  expect(counts(recording)).toEqual({
    'stackladder:digitalocean:Uptime': 1,
    'digitalocean:index/uptimeCheck:UptimeCheck': 1,
  });
});

describe('the runner of indexes', () => {
  const args: IndexRunnerArgs = {
    region: 'nyc3',
    vpcId: 'vpc-1',
    script: 'print(1)',
    secretUrl: 'https://vault.example/url',
    sshKeys: ['3b:16'],
    machineImage: 'ubuntu-24-04-x64',
    clientTags: ['clients'],
    tags: ['system:pulse'],
  };
  const dropletType = 'digitalocean:index/droplet:Droplet';

  test('is a small private droplet that the stores let in and that lets nobody in', async () => {
    const recording = await record(() => ({ command: new IndexRunner('pulse-prod-indexes', args).command }));
    const droplet = one(recording, dropletType);
    expect(droplet).toMatchObject({
      deleteBeforeReplace: true,
      inputs: {
        size: 's-1vcpu-1gb',
        publicNetworking: false,
        vpcUuid: 'vpc-1',
        tags: ['<unknown:pulse-prod-indexes.name>', 'clients', 'system:pulse'],
        userData: expect.stringContaining('https://vault.example/url') as string,
      },
    });
    const firewall = one(recording, 'digitalocean:index/firewall:Firewall');
    expect(firewall.inputs.inboundRules).toBeUndefined();
    expect(droplet.dependsOn).toContain(firewall.urn);
    expect(recording.outputs.command).toBe(
      'doctl compute droplet-action power-on <unknown:pulse-prod-indexes.id> --wait',
    );
  });

  test('refuses an empty script, an image that moves, and no key', () => {
    const bad = { ...args, script: ' ', image: 'mongo:latest', sshKeys: [] };
    expect(messageOf(() => new IndexRunner('indexes', bad))).toMatch(/script: .*\n.*image: .*\n.*sshKeys: /);
  });
});
