import { record } from '../../../cli/offline/recorder';
import { AddressRecord } from '../../../components/gcp/dns/address-record';
import { ManagedCertificate } from '../../../components/gcp/dns/certificate';
import {
  longestRequestSeconds,
  ServiceEntry,
  type ServiceEntryArgs,
} from '../../../components/gcp/entry/service-entry';
import { all, counts, messageOf, one } from '../recorded';

const args: ServiceEntryArgs = {
  domain: 'api.pulse.example.com',
  dnsZone: 'example-zone',
  groups: ['groups/usc1', 'groups/usw1'],
  port: 8081,
  healthCheck: {
    path: '/health',
    intervalSeconds: 10,
    timeoutSeconds: 5,
    healthyThreshold: 2,
    unhealthyThreshold: 3,
  },
  rateLimit: { requests: 100, windowSeconds: 60, status: 429 },
  idleTimeoutSeconds: 60,
  drainSeconds: 30,
  labels: { system: 'pulse' },
};
const made = (other: Partial<ServiceEntryArgs> = {}) =>
  record(() => ({ url: new ServiceEntry('pulse-prod-api', { ...args, ...other }).url }));

test('one backend over the groups of all regions', async () => {
  const recording = await made();
  expect(one(recording, 'gcp:compute/backendService:BackendService').inputs).toEqual({
    loadBalancingScheme: 'EXTERNAL_MANAGED',
    protocol: 'HTTP',
    portName: 'http',
    backends: ['groups/usc1', 'groups/usw1'].map((group) => ({
      group,
      balancingMode: 'UTILIZATION',
      maxUtilization: 0.8,
      capacityScaler: 1,
    })),
    healthChecks: '<unknown:pulse-prod-api.id>',
    localityLbPolicy: 'LEAST_REQUEST',
    timeoutSec: longestRequestSeconds,
    connectionDrainingTimeoutSec: 30,
    securityPolicy: '<unknown:pulse-prod-api.id>',
    logConfig: { enable: true, sampleRate: 1 },
  });
  expect(one(recording, 'gcp:compute/healthCheck:HealthCheck').inputs).toEqual({
    checkIntervalSec: 10,
    timeoutSec: 5,
    healthyThreshold: 2,
    unhealthyThreshold: 3,
    httpHealthCheck: { port: 8081, requestPath: '/health' },
    logConfig: { enable: true },
  });
  expect(recording.outputs.url).toBe('https://api.pulse.example.com');
});

test('a client above its limit gets the status, and everybody else goes on', async () => {
  const { inputs } = one(await made(), 'gcp:compute/securityPolicy:SecurityPolicy');
  const everybody = { versionedExpr: 'SRC_IPS_V1', config: { srcIpRanges: ['*'] } };
  expect(inputs.rules).toEqual([
    {
      priority: 1000,
      action: 'throttle',
      description: '100 requests per 60 s and client address',
      match: everybody,
      rateLimitOptions: {
        conformAction: 'allow',
        exceedAction: 'deny(429)',
        enforceOnKey: 'IP',
        rateLimitThreshold: { count: 100, intervalSec: 60 },
      },
    },
    { priority: 2_147_483_647, action: 'allow', description: 'Everything else', match: everybody },
  ]);
});

test('behind a proxy the client is who its header names, where the proxy says it; anybody else is counted by his address', async () => {
  const from = Array.from({ length: 11 }, (_, at) => `203.0.113.${at}/32`);
  const clientHeader = { name: 'CF-Connecting-IP', from: [...from, '2400:cb00::/32'] };
  const limited = await made({ rateLimit: { ...args.rateLimit!, clientHeader } });
  const byHeader = { enforceOnKey: 'HTTP_HEADER', enforceOnKeyName: 'CF-Connecting-IP' };
  expect(one(limited, 'gcp:compute/securityPolicy:SecurityPolicy').inputs.rules).toMatchObject([
    { priority: 1000, match: { config: { srcIpRanges: from.slice(0, 10) } }, rateLimitOptions: byHeader },
    { priority: 1001, match: { config: { srcIpRanges: from.slice(10) } }, rateLimitOptions: byHeader },
    { priority: 1002, match: { config: { srcIpRanges: ['*'] } }, rateLimitOptions: { enforceOnKey: 'IP' } },
    { priority: 2_147_483_647, action: 'allow' },
  ]);
});

test('without a limit there is no policy', async () => {
  const recording = await made({ rateLimit: undefined });
  expect(all(recording, 'gcp:compute/securityPolicy:SecurityPolicy')).toEqual([]);
  expect(one(recording, 'gcp:compute/backendService:BackendService').inputs).not.toHaveProperty('securityPolicy');
});

test('HTTPS of TLS 1.2 at least, HTTP that only leads there, one address for both', async () => {
  const recording = await made();
  expect(one(recording, 'gcp:compute/sSLPolicy:SSLPolicy').inputs).toEqual({
    minTlsVersion: 'TLS_1_2',
    profile: 'MODERN',
  });
  expect(one(recording, 'gcp:compute/targetHttpsProxy:TargetHttpsProxy').inputs).toMatchObject({
    urlMap: '<unknown:pulse-prod-api.id>',
    sslPolicy: '<unknown:pulse-prod-api.id>',
    certificateMap: '//certificatemanager.googleapis.com/<unknown:pulse-prod-api.id>',
    httpKeepAliveTimeoutSec: 60,
  });
  const redirect = all(recording, 'gcp:compute/uRLMap:URLMap').find(({ name }) => name === 'pulse-prod-api-redirect');
  expect(redirect!.inputs).toEqual({
    defaultUrlRedirect: {
      httpsRedirect: true,
      redirectResponseCode: 'MOVED_PERMANENTLY_DEFAULT',
      stripQuery: false,
    },
  });
  const rules = all(recording, 'gcp:compute/globalForwardingRule:GlobalForwardingRule').map(({ inputs }) => inputs);
  expect(rules.map(({ portRange, ipAddress, target }) => [portRange, ipAddress, target])).toEqual([
    ['80', '<unknown:pulse-prod-api.id>', '<unknown:pulse-prod-api-redirect.id>'],
    ['443', '<unknown:pulse-prod-api.id>', '<unknown:pulse-prod-api.id>'],
  ]);
});

test('the name leads to the address where there is a zone', async () => {
  const records = all(await made(), 'gcp:dns/recordSet:RecordSet').map(({ inputs }) => inputs);
  expect(records).toContainEqual({
    managedZone: 'example-zone',
    name: 'api.pulse.example.com.',
    type: 'A',
    ttl: 300,
    rrdatas: ['<unknown:pulse-prod-api.address>'],
  });
});

test('without a zone nothing is written into DNS, and Google proves the name by the balancer', async () => {
  const recording = await made({ dnsZone: undefined });
  expect(all(recording, 'gcp:dns/recordSet:RecordSet')).toEqual([]);
  expect(one(recording, 'gcp:compute/managedSslCertificate:ManagedSslCertificate').inputs).toEqual({
    managed: { domains: ['api.pulse.example.com'] },
  });
  const { inputs } = one(recording, 'gcp:compute/targetHttpsProxy:TargetHttpsProxy');
  expect(inputs.sslCertificates).toEqual(['<unknown:pulse-prod-api.id>']);
  expect(inputs).not.toHaveProperty('certificateMap');
});

test('certificates that are there already are taken, and none is made', async () => {
  const map = 'projects/pulse-prod/locations/global/certificateMaps/pulse';
  const recording = await made({ dnsZone: undefined, certificateMap: map });
  const { inputs } = one(recording, 'gcp:compute/targetHttpsProxy:TargetHttpsProxy');
  expect(inputs.certificateMap).toBe(`//certificatemanager.googleapis.com/${map}`);
  expect(recording.resources.filter(({ type }) => /certificate/i.test(type))).toEqual([]);
  expect(messageOf(() => new ServiceEntry('api', { ...args, certificateMap: 'pulse' }))).toMatch(
    /certificateMap: "pulse" must be projects/,
  );
});

test('a proxy that goes from certificates to a map is made anew before the old one goes', async () => {
  const map = 'projects/pulse-prod/locations/global/certificateMaps/pulse';
  for (const args of [{ dnsZone: undefined }, { dnsZone: undefined, certificateMap: map }]) {
    const proxy = one(await made(args), 'gcp:compute/targetHttpsProxy:TargetHttpsProxy');
    expect(proxy).toMatchObject({ replaceOnChanges: ['certificateMap'], deleteBeforeReplace: false });
    expect(proxy.inputs).not.toHaveProperty('name');
  }
});

test('a certificate proven by DNS is issued after its proof is there', async () => {
  const recording = await record(() => {
    new ManagedCertificate('api', { domain: 'api.example.com', dnsZone: 'example-zone' });
  });
  expect(counts(recording)).toEqual({
    'stackladder:gcp:ManagedCertificate': 1,
    'gcp:certificatemanager/dnsAuthorization:DnsAuthorization': 1,
    'gcp:dns/recordSet:RecordSet': 1,
    'gcp:certificatemanager/certificate:Certificate': 1,
    'gcp:certificatemanager/certificateMap:CertificateMap': 1,
    'gcp:certificatemanager/certificateMapEntry:CertificateMapEntry': 1,
  });
  expect(one(recording, 'gcp:dns/recordSet:RecordSet').inputs).toMatchObject({
    name: '<unknown:api.dnsResourceRecords[0].name>',
    rrdatas: ['<unknown:api.dnsResourceRecords[0].data>'],
  });
  expect(one(recording, 'gcp:certificatemanager/certificate:Certificate').dependsOn.join()).toContain('recordSet');
});

test('of several addresses clients get the nearest', async () => {
  const recording = await record(() => {
    new AddressRecord('api', {
      dnsZone: 'example-zone',
      domain: 'api.example.com',
      addresses: [
        { region: 'us-central1', address: '192.0.2.1' },
        { region: 'us-west1', address: '192.0.2.2' },
      ],
    });
  });
  const { inputs } = one(recording, 'gcp:dns/recordSet:RecordSet');
  expect(inputs).not.toHaveProperty('rrdatas');
  expect(inputs.routingPolicy).toEqual({
    geos: [
      { location: 'us-central1', rrdatas: ['192.0.2.1'] },
      { location: 'us-west1', rrdatas: ['192.0.2.2'] },
    ],
  });
});

test('all faults in one message', () => {
  const wrong = {
    ...args,
    groups: [],
    port: 0,
    healthCheck: { path: 'x', intervalSeconds: 5, timeoutSeconds: 10, healthyThreshold: 0, unhealthyThreshold: 11 },
    rateLimit: { requests: 0, windowSeconds: 61, status: 503, clientHeader: { name: 'a b', from: ['0.0.0.0/0'] } },
    drainSeconds: 4000,
  };
  expect(
    messageOf(() => new ServiceEntry('e', wrong))
      .split('\n')
      .map((line) => line.replace(/: .*/, '').trim()),
  ).toEqual([
    'ServiceEntry "e" cannot be created:',
    'groups',
    'port',
    'healthCheck.path',
    'healthCheck.timeoutSeconds',
    'healthCheck.healthyThreshold',
    'healthCheck.unhealthyThreshold',
    'drainSeconds',
    'rateLimit.requests',
    'rateLimit.windowSeconds',
    'rateLimit.status',
    'rateLimit.clientHeader.name',
    'rateLimit.clientHeader.from',
  ]);
  expect(messageOf(() => new AddressRecord('a', { dnsZone: 'z', domain: 'UP', addresses: [] }))).toMatch(
    /domain: "UP" is not.*\n.*addresses: a name must lead somewhere/,
  );
  expect(messageOf(() => new ManagedCertificate('c', { domain: '*.x' }))).toContain('domain: "*.x" is not a domain');
});
