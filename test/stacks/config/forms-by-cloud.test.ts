import { clouds, documentHosts, type CloudName, type DocumentHost } from '../../../plan/vocabulary';
import { cacheForms, machineForms, tierForms } from '../../../stacks/config/checks/forms-by-cloud';
import { networks } from '../../../stacks/config/forms';
import { systems } from '../../../systems';

const all = Object.values(systems);

describe('every size that a system names has the form of its cloud', () => {
  test.each(clouds)('on %s', (cloud) => {
    const machines = all.flatMap(({ services }) => services.flatMap((one) => Object.values(one.machines[cloud] ?? {})));
    const caches = all.flatMap(({ cache }) => Object.values(cache?.nodeTypes[cloud] ?? {}));
    expect(machines.filter((name) => !machineForms[cloud]?.fits(name))).toEqual([]);
    expect(caches.filter((name) => !cacheForms[cloud].fits(name))).toEqual([]);
    expect(caches).not.toEqual([]);
  });

  test.each(documentHosts)('with %s', (host) => {
    const tiers = all.flatMap(({ documentDatabase: needs }) => [
      ...Object.values(needs?.tierByEnvironment[host] ?? {}),
      ...Object.values(needs?.maxTierByPhase[host] ?? {}),
    ]);
    expect(tiers.filter((name) => !tierForms[host].fits(name))).toEqual([]);
    expect(tiers).not.toEqual([]);
  });
});

describe('machine types', () => {
  test.each<[CloudName, string, boolean]>([
    ['aws', 't3.large', true],
    ['aws', 'm7g.12xlarge', true],
    ['aws', 'u-6tb1.metal', true],
    ['aws', 't3large', false],
    ['aws', 'cache.t3.small', false],
    ['gcp', 'e2-small', true],
    ['gcp', 'e2-micro', true],
    ['gcp', 'n1-standard-1', true],
    ['gcp', 'n1-standard-2', true],
    ['gcp', 'n1-standard-3', false],
    ['gcp', 'n1-standard-02', false],
    ['gcp', 'c2-standard-30', true],
    ['gcp', 'c3-standard-8-lssd', true],
    ['gcp', 'a2-highgpu-1g', true],
    ['gcp', 'custom-2-4096', true],
    ['gcp', 'n2-custom-4-8192', true],
    ['gcp', 'n2-custom-4-8192-ext', true],
    ['gcp', 'e2-custom-small-2048', true],
    ['gcp', 'custom-1-1024', true],
    ['gcp', 'n2-custom-3-8192', false],
    ['gcp', 'n2-custom-4-8000', false],
    ['gcp', 'n2-custom-0-8192', false],
    ['gcp', 'n1-standard', false],
    ['gcp', 'n1-small', false],
    ['gcp', 'N1-standard-2', false],
    ['digitalocean', 's-2vcpu-4gb', true],
    ['digitalocean', 's-1vcpu-512mb-10gb', true],
    ['digitalocean', 's-2vcpu-4gb-120gb-intel', true],
    ['digitalocean', 'c-2', true],
    ['digitalocean', 'so1_5-2vcpu-16gb', true],
    ['digitalocean', 'g-8vcpu-32gb', true],
    ['digitalocean', 's-8vcpu-32gb-640gb-intel', true],
    ['digitalocean', 's-2vcpu-8gb-amd', true],
    ['digitalocean', 's-2vcpu-8gb', false],
    ['digitalocean', 's-3vcpu-9gb', false],
    ['digitalocean', 'g-8vcpu-30gb', false],
    ['digitalocean', 'x-2vcpu-4gb', false],
    ['digitalocean', 'c-3', false],
    ['digitalocean', 's-2cpu-4gb', false],
    ['digitalocean', 'db-s-2vcpu-4gb', false],
  ])('%s: %s is one: %s', (cloud, name, is) => expect(machineForms[cloud]?.fits(name)).toBe(is));
});

describe('cache nodes', () => {
  test.each<[CloudName, string, boolean]>([
    ['aws', 'cache.r6g.large', true],
    ['aws', 'cache.t4g.micro', true],
    ['aws', 'cache.c7gn.4xlarge', true],
    ['aws', 'cache.m5.24xlarge', true],
    ['aws', 'cache.t3.large', false],
    ['aws', 'cache.m5.medium', false],
    ['aws', 'cache.t1.micro', false],
    ['aws', 'cache.m3.large', false],
    ['aws', 'cache.r6gd.xlarge', false],
    ['aws', 'r6g.large', false],
    ['gcp', 'SHARED_CORE_NANO', true],
    ['gcp', 'HIGHMEM_MEDIUM', true],
    ['gcp', 'REDIS_HIGHMEM_MEDIUM', false],
    ['gcp', 'highmem-medium', false],
    ['digitalocean', 'db-s-1vcpu-2gb', true],
    ['digitalocean', 'db-s-6vcpu-16gb', true],
    ['digitalocean', 'db-s-4vcpu-16gb', false],
    ['digitalocean', 'db-amd-4vcpu-16gb', true],
    ['digitalocean', 's-1vcpu-2gb', false],
    ['kubernetes', '250m/512Mi', true],
    ['kubernetes', '1/2Gi', true],
    ['kubernetes', '250m', false],
    ['kubernetes', '0m/512Mi', false],
    ['kubernetes', '250m/512M', false],
  ])('%s: %s is one: %s', (cloud, name, is) => expect(cacheForms[cloud].fits(name)).toBe(is));
});

test.each<[DocumentHost, string, boolean]>([
  ['atlas', 'M30', true],
  ['atlas', 'M31', false],
  ['digitalocean', 'db-s-2vcpu-4gb', true],
  ['digitalocean', 'so1_5-2vcpu-16gb', true],
  ['digitalocean', 'M30', false],
  ['operator', '2000m/8Gi', true],
  ['operator', 'db-s-2vcpu-4gb', false],
])('a member with %s of %s: %s', (host, name, is) => expect(tierForms[host].fits(name)).toBe(is));

test.each([
  ['10.0.0.0/8', true],
  ['198.51.100.0/24', true],
  ['203.0.113.9/32', true],
  ['255.255.255.254/31', true],
  ['0.0.0.0/0', false],
  ['128.0.0.0/1', false],
  ['10.0.0.1/8', false],
  ['256.0.0.0/8', false],
  ['10.0.0.0/33', false],
  ['10.0.0.0', false],
])('a network: %s: %s', (text, is) => expect(networks('10.0.0.0/8').safeParse([text]).success).toBe(is));
