import { contextOfPlan } from '../../../cli/commands/print-verdicts';
import { makeOfflinePlan } from '../../../cli/offline/make-plan';
import type { CloudName, Compute } from '../../../plan/vocabulary';
import { evaluate } from '../../../policies/evaluate';
import { all, one } from '../recorded';

const zoneId = '023e105f4ecef8ad9ca31a8372d0c353';
const recordType = 'cloudflare:index/dnsRecord:DnsRecord';
const plain = (text: string) => ({ text, secret: false });

const behind = (cloud: CloudName, compute: Compute, token?: string, domain = 'api.example.com') =>
  makeOfflinePlan({
    system: 'mercenary',
    phase: 'large',
    environment: 'prod',
    cloud,
    compute,
    config: {
      domain: plain(domain),
      cloudflare: plain(JSON.stringify({ zoneId, zoneName: 'example.com' })),
      ...(token !== undefined && { cloudflareToken: { text: token, secret: true } }),
    },
  });

test.each<[CloudName, Compute]>([
  ['aws', 'instances'],
  ['gcp', 'instances'],
  ['digitalocean', 'instances'],
  ['digitalocean', 'kubernetes'],
  ['kubernetes', 'kubernetes'],
])('%s, %s: the entry is behind Cloudflare, and its policies pass', async (cloud, compute) => {
  const made = await behind(cloud, compute);
  const records = all(made, recordType);
  expect(records.filter(({ inputs }) => inputs.name === 'api.example.com')).not.toEqual([]);
  for (const { inputs } of records) expect(inputs).toMatchObject({ zoneId, proxied: true, ttl: 1 });
  // The cloud's own zone has no record beside.
  const own = made.resources.filter(({ type }) =>
    /route53\/record|dns\/recordSet|digitalocean:index\/dnsRecord/.test(type),
  );
  expect(own.filter(({ inputs }) => String(inputs.name).startsWith('api'))).toEqual([]);
  const verdicts = evaluate(made.resources, contextOfPlan(made.plan));
  expect(verdicts.filter(({ rule, state }) => rule.startsWith('cloudflare-') && state !== 'pass')).toEqual([]);
  expect(new Set(verdicts.map(({ rule }) => rule)).has('cloudflare-proxied')).toBe(true);
});

test('the token is the configuration’s, kept secret, or none, and then the environment’s', async () => {
  const provider = 'pulumi:providers:cloudflare';
  expect(one(await behind('aws', 'instances', 'cfut_abc'), provider).inputs.apiToken).toBe('<secret>');
  expect(one(await behind('aws', 'instances'), provider).inputs.apiToken).toBeUndefined();
});

test('a further name has a record where Cloudflare has a certificate for it, and else is told of', async () => {
  const apex = await behind('aws', 'instances', undefined, 'example.com');
  expect(all(apex, recordType).map(({ inputs }) => inputs.name)).toContain('www.example.com');
  expect(apex.plan.notices.join()).not.toContain('www.example.com');
  const deeper = await behind('aws', 'instances');
  expect(all(deeper, recordType).map(({ inputs }) => inputs.name)).not.toContain('www.api.example.com');
  expect(deeper.plan.notices).toContainEqual(
    expect.stringContaining('www.api.example.com has no record at Cloudflare'),
  );
});
