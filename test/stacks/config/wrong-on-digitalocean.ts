import type { WrongCase } from './wrong-cases';

const dnsDomain = 'pulse.example.com';
const onDigitalOcean = (name: string, changes: Record<string, unknown>, keys: string[], says: string[]): WrongCase => ({
  name: `digitalocean: ${name}`,
  changes: { cloud: 'digitalocean', ...changes },
  keys,
  says,
});

export const wrongOnDigitalOcean: WrongCase[] = [
  onDigitalOcean(
    "a range of DigitalOcean's own",
    { cidr: '10.244.0.0/16' },
    ['cidr'],
    ['cidr = "10.244.0.0/16" is what DigitalOcean keeps for itself', 'pulumi config set cidr 10.247.0.0/16'],
  ),
  onDigitalOcean(
    'a home without object stores',
    { regions: ['nyc1'] },
    ['regions[0]'],
    ['regions[0] = "nyc1" cannot be home: it has no object stores', 'Nearest: nyc3'],
  ),
  onDigitalOcean(
    'a further region that is joined to no other',
    { phase: 'enterprise', regions: ['nyc3', 'blr1'] },
    ['regions[1]'],
    ['regions[1] = "blr1" cannot be one of the 2 regions of enterprise', "pulumi config set --path 'regions[1]' sfo3"],
  ),
  onDigitalOcean(
    'a home that is joined to no other region',
    { phase: 'large', reached: 'enterprise', regions: ['blr1', 'nyc3'] },
    ['regions[0]'],
    ["digitalocean does not join its network to another region's", "pulumi config set --path 'regions[0]' sfo3"],
  ),
  {
    ...onDigitalOcean(
      'keys by the names of those that open the buckets',
      { secrets: { AWS_ACCESS_KEY_ID: 'canary', AWS_SECRET_ACCESS_KEY: 'canary' } },
      ['secrets.AWS_ACCESS_KEY_ID', 'secrets.AWS_SECRET_ACCESS_KEY'],
      ['secrets.AWS_ACCESS_KEY_ID = [secret] is already set by the stack'],
    ),
    secretKeys: ['secrets'],
  },
  onDigitalOcean(
    'no way to a certificate',
    { digitalocean: undefined },
    ['digitalocean.dnsDomain'],
    [
      'digitalocean.dnsDomain is missing, and there is no certificateName either',
      'pulumi config set --path digitalocean.dnsDomain example.com',
    ],
  ),
  onDigitalOcean(
    'a domain of somebody else',
    { digitalocean: { dnsDomain: 'example.org' } },
    ['digitalocean.dnsDomain'],
    [
      'digitalocean.dnsDomain = "example.org" does not hold domain, which is api.pulse.example.com',
      'a domain that domain lies in',
    ],
  ),
  onDigitalOcean(
    'content outside of the domain',
    { contentDomain: 'static.example.net' },
    ['digitalocean.dnsDomain'],
    ['does not hold contentDomain, which is static.example.net'],
  ),
  onDigitalOcean(
    'a URL for a domain',
    { digitalocean: { dnsDomain: 'https://pulse.example.com' } },
    ['digitalocean.dnsDomain'],
    ['digitalocean.dnsDomain = "https://pulse.example.com" does not have the right form', 'Nearest: pulse.example.com'],
  ),
  onDigitalOcean(
    'a certificate by its domain',
    { digitalocean: { certificateName: '*.example.com' } },
    ['digitalocean.certificateName'],
    [
      'digitalocean.certificateName = "*.example.com" does not have',
      "a certificate's name: letters, digits and any of . _ -",
    ],
  ),
  onDigitalOcean(
    "an SSH key's own text",
    { digitalocean: { dnsDomain, sshKeys: ['ssh-ed25519 AAAAC3Nz ops@example.com'] } },
    ['digitalocean.sshKeys[0]'],
    ['digitalocean.sshKeys[0] = "ssh-ed25519 AAAAC3Nz ops@example.com" does not have', 'the MD5 fingerprint of a key'],
  ),
  onDigitalOcean(
    'an SSH key twice',
    { digitalocean: { dnsDomain, sshKeys: ['289794', '289794'] } },
    ['digitalocean.sshKeys[1]'],
    ['digitalocean.sshKeys[1] = "289794" is in the list twice', "pulumi config rm --path 'digitalocean.sshKeys[1]'"],
  ),
  onDigitalOcean(
    'the number of an SSH key without quotes',
    { digitalocean: { dnsDomain, sshKeys: [289794] } },
    ['digitalocean.sshKeys[0]'],
    [
      'digitalocean.sshKeys[0] = 289794 is a number where text must be',
      "pulumi config set --path 'digitalocean.sshKeys[0]' 289794 --type string",
    ],
  ),
  onDigitalOcean(
    'a region in capitals',
    { digitalocean: { dnsDomain, regions: ['NYC3'] } },
    ['digitalocean.regions[0]'],
    ['digitalocean.regions[0] = "NYC3" does not have the right form', 'Nearest: nyc3'],
  ),
  onDigitalOcean(
    'a data centre that does not exist',
    { regions: ['nyc4'] },
    ['regions[0]'],
    [
      'regions[0] = "nyc4" is not a region of digitalocean',
      'nyc1, nyc2, nyc3, sfo1, sfo2, sfo3, ams2, ams3, atl1',
      'Nearest: nyc1',
    ],
  ),
  onDigitalOcean(
    'zones, which a data centre has none of',
    { zones: ['nyc3-a', 'nyc3-b'] },
    ['zones[0]', 'zones[1]'],
    ['zones[0] = "nyc3-a" is not a zone of nyc3'],
  ),
  onDigitalOcean(
    'a droplet without its memory',
    { overrides: { services: { api: { machine: 's-2vcpu' } } } },
    ['overrides.services.api.machine'],
    [
      'overrides.services.api.machine = "s-2vcpu" is not a machine type of digitalocean',
      'a droplet size of digitalocean, such as s-2vcpu-4gb',
    ],
  ),
  onDigitalOcean(
    'a variable of two lines on droplets',
    { overrides: { services: { api: { environment: { BANNER: 'one\ntwo' } } } } },
    ['overrides.services.api.environment.BANNER'],
    ['has a line break or a control character, which no variable of an instance can have', 'one line of text'],
  ),
  onDigitalOcean(
    'a tier of Atlas',
    { overrides: { database: { tier: 'M30' } } },
    ['overrides.database.tier'],
    [
      'overrides.database.tier = "M30" is not a size of the database there',
      'a database size of digitalocean, such as db-s-2vcpu-4gb',
      'for example: pulumi config set --path overrides.database.tier db-s-2vcpu-4gb',
    ],
  ),
  onDigitalOcean(
    'a ceiling where nothing scales by itself',
    { overrides: { database: { maxTier: 'db-s-4vcpu-8gb' } } },
    ['overrides.database.maxTier'],
    [
      'maxTier = "db-s-4vcpu-8gb" is given, and the database does not scale by itself there',
      'pulumi config rm --path overrides.database.maxTier',
    ],
  ),
  onDigitalOcean(
    'a droplet for a cache',
    { overrides: { cache: { nodeType: 's-1vcpu-1gb' } } },
    ['overrides.cache.nodeType'],
    ['overrides.cache.nodeType = "s-1vcpu-1gb" is not a cache node type of digitalocean', 'Nearest: db-s-1vcpu-1gb'],
  ),
];
