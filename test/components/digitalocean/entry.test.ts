import { record } from '../../../cli/offline/recorder';
import { ContentDelivery } from '../../../components/digitalocean/content-delivery/cdn';
import { AddressRecords } from '../../../components/digitalocean/dns/address-records';
import { Certificates } from '../../../components/digitalocean/dns/certificates';
import { GlobalBalancer } from '../../../components/digitalocean/entry/global-balancer';
import { all, messageOf, one } from '../recorded';

const account = { sshKeys: [], controlPlaneCidrs: [] };
const certificateType = 'digitalocean:index/certificate:Certificate';
const recordType = 'digitalocean:index/dnsRecord:DnsRecord';

describe('certificates', () => {
  test('one by Let’s Encrypt a host, however often it is asked for', async () => {
    const recording = await record(() => {
      const certificates = new Certificates({ ...account, dnsDomain: 'example.com' }, {});
      return {
        first: certificates.nameFor('api', 'api.example.com'),
        again: certificates.nameFor('other', 'api.example.com'),
        content: certificates.nameFor('content', 'static.example.com'),
      };
    });
    expect(all(recording, certificateType).map(({ inputs }) => inputs)).toEqual([
      { type: 'lets_encrypt', domains: ['api.example.com'] },
      { type: 'lets_encrypt', domains: ['static.example.com'] },
    ]);
    expect(recording.outputs.again).toBe(recording.outputs.first);
  });

  test('none where the user has one', async () => {
    const recording = await record(() => ({
      name: new Certificates({ ...account, certificateName: 'wildcard' }, {}).nameFor('api', 'api.example.com'),
    }));
    expect(recording.resources).toEqual([]);
    expect(recording.outputs.name).toBe('wildcard');
  });

  test('without either, and for a host elsewhere, there is one clear error', () => {
    expect(messageOf(() => new Certificates(account, {}).nameFor('api', 'api.example.com'))).toMatch(
      /api\.example\.com has no certificate: set digitalocean\.dnsDomain .* or digitalocean\.certificateName/,
    );
    const elsewhere = new Certificates({ ...account, dnsDomain: 'example.org' }, {});
    expect(messageOf(() => elsewhere.nameFor('api', 'api.example.com'))).toMatch(/is not in digitalocean\.dnsDomain/);
  });
});

test('a record for each address, by the host’s name in its domain', async () => {
  const addresses = { nyc3: '1.2.3.4', sfo3: '5.6.7.8' };
  const recording = await record(() => {
    new AddressRecords('pulse-prod-api-records', { domain: 'example.com', host: 'api.example.com', addresses });
    return {};
  });
  expect(all(recording, recordType).map(({ name, inputs }) => [name, inputs])).toEqual([
    ['pulse-prod-api-records-nyc3', { domain: 'example.com', type: 'A', name: 'api', value: '1.2.3.4', ttl: 60 }],
    ['pulse-prod-api-records-sfo3', { domain: 'example.com', type: 'A', name: 'api', value: '5.6.7.8', ttl: 60 }],
  ]);
  const bad = { domain: 'example.org', host: 'api.example.com', addresses: {} };
  expect(messageOf(() => new AddressRecords('records', bad))).toMatch(/host: .*\n.*addresses: /);
});

describe('a global balancer', () => {
  const args = {
    domain: 'api.example.com',
    certificateName: 'api',
    balancerIds: ['one', 'two'],
    healthPath: '/health',
    projectId: 'project-1',
  };

  test('is put over the regions’ own, with TLS to both sides', async () => {
    const recording = await record(() => ({ address: new GlobalBalancer('pulse-prod-api-global', args).address }));
    expect(one(recording, 'digitalocean:index/loadBalancer:LoadBalancer').inputs).toEqual({
      type: 'GLOBAL',
      projectId: 'project-1',
      domains: [{ name: 'api.example.com', isManaged: false, certificateName: 'api' }],
      glbSettings: { targetProtocol: 'https', targetPort: 443, cdn: { isEnabled: false } },
      healthcheck: { protocol: 'https', port: 443, path: '/health' },
      targetLoadBalancerIds: ['one', 'two'],
      redirectHttpToHttps: true,
    });
  });

  test('is not made for one region', () => {
    const bad = { ...args, balancerIds: ['one'], healthPath: 'health' };
    expect(messageOf(() => new GlobalBalancer('global', bad))).toMatch(/balancerIds: .*\n.*healthPath: /);
  });
});

test('a CDN has the host and its certificate, and a TTL that DigitalOcean knows', async () => {
  const args = {
    origin: 'static.nyc3.digitaloceanspaces.com',
    domain: 'static.example.com',
    certificateName: 'static',
  };
  const recording = await record(() => ({
    url: new ContentDelivery('pulse-prod-content', { ...args, maxAgeSeconds: 86_400 }).url,
  }));
  expect(one(recording, 'digitalocean:index/cdn:Cdn').inputs).toEqual({
    origin: args.origin,
    customDomain: 'static.example.com',
    certificateName: 'static',
    ttl: 86_400,
  });
  expect(recording.outputs.url).toBe('https://static.example.com');
  expect(messageOf(() => new ContentDelivery('content', { ...args, maxAgeSeconds: 61 }))).toMatch(
    /maxAgeSeconds: "61"/,
  );
});
