import type { WrongCase } from './wrong-cases';

const zone = {
  zoneId: '023e105f4ecef8ad9ca31a8372d0c353',
  zoneName: 'mercenary.example.com',
};
const certificates = {
  'us-east-1': 'arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef',
};
const door = (name: string, cloudflare: object, keys: string[], says: string[], more: object = {}): WrongCase => ({
  name: `routing and front door: ${name}`,
  stack: 'mercenary-prod',
  changes: { cloudflare: { ...zone, ...cloudflare }, ...more },
  keys,
  says,
});

/** Its numbers are those of Aurora. */
const elsewhere = { overrides: undefined };

/** What can be said wrongly of the names of a system, and of what stands in front of it. */
export const wrongFrontDoors: WrongCase[] = [
  door(
    'a zone by its name',
    { zoneId: 'example.com' },
    ['cloudflare.zoneId'],
    ['cloudflare.zoneId = "example.com" does not have the right form', '32 hexadecimal digits in lower case'],
  ),
  door(
    'a zone in capitals',
    { zoneId: zone.zoneId.toUpperCase() },
    ['cloudflare.zoneId'],
    [`Nearest: ${zone.zoneId}`, `pulumi config set --path cloudflare.zoneId ${zone.zoneId}`],
  ),
  door('a zone without its id', { zoneId: undefined }, ['cloudflare.zoneId'], ['cloudflare.zoneId is missing']),
  door(
    'a zone of others',
    { zoneName: 'example.org' },
    ['cloudflare.zoneName'],
    [
      'cloudflare.zoneName = "example.org" does not hold domain, which is api.mercenary.example.com',
      'give a zone that domain lies in',
    ],
  ),
  door(
    'content outside the zone',
    {},
    ['cloudflare.zoneName'],
    ['does not hold contentDomain, which is media.example.org'],
    { contentDomain: 'media.example.org' },
  ),
  door(
    'a path without its slash',
    { cachedPaths: ['static/*'] },
    ['cloudflare.cachedPaths[0]'],
    ['cloudflare.cachedPaths[0] = "static/*" does not have the right form', 'a path that begins with /'],
  ),
  door(
    'a path with a query',
    { cachedPaths: ['/files?download=1'] },
    ['cloudflare.cachedPaths[0]'],
    ['does not have the right form'],
  ),
  door(
    'a path twice',
    { cachedPaths: ['/static/*', '/static/*'] },
    ['cloudflare.cachedPaths[1]'],
    ['is in the list twice'],
  ),
  door(
    'HTTP/3 by a word',
    { http3: 'on' },
    ['cloudflare.http3'],
    ['cloudflare.http3 = "on" is text where true or false must be'],
  ),
  door('a typo', { brotly: true }, ['cloudflare.brotly'], ['cloudflare.brotly = true is not a key', 'Nearest: brotli']),
  door(
    'records in two places on AWS',
    {},
    ['aws.hostedZoneId'],
    [
      'aws.hostedZoneId = "Z0123456789MERC" is given beside cloudflare, which has the records of the same names',
      'Allowed: one of the two',
      'pulumi config rm --path aws.hostedZoneId, and give aws.certificates',
    ],
    { aws: { hostedZoneId: 'Z0123456789MERC', certificates } },
  ),
  door(
    'no certificates on AWS',
    {},
    ['aws.certificates'],
    [
      'aws.certificates = {...} is empty, and where cloudflare has the records there is no zone here to validate certificates in',
      'pulumi config set --path aws.certificates.us-east-1',
    ],
    { aws: { certificates: {} } },
  ),
  door(
    'records in two places on Google Cloud',
    {},
    ['gcp.dnsZone'],
    ['gcp.dnsZone = "example-com" is given beside cloudflare', 'and give gcp.certificateMap'],
    { ...elsewhere, cloud: 'gcp', gcp: { projectId: 'mercenary-prod', dnsZone: 'example-com' } },
  ),
  door(
    'no certificates on Google Cloud',
    {},
    ['gcp.certificateMap'],
    [
      'gcp.certificateMap is missing, and behind cloudflare Google cannot prove the domain to make one',
      'projects/example-project-123/locations/global/certificateMaps/example',
    ],
    { ...elsewhere, cloud: 'gcp', gcp: { projectId: 'mercenary-prod' } },
  ),
  door(
    'records in two places at DigitalOcean',
    {},
    ['digitalocean.dnsDomain'],
    ['digitalocean.dnsDomain = "example.com" is given beside cloudflare', 'and give digitalocean.certificateName'],
    { ...elsewhere, cloud: 'digitalocean', digitalocean: { dnsDomain: 'example.com' } },
  ),
  door(
    'no certificates at DigitalOcean',
    {},
    ['digitalocean.certificateName'],
    ["digitalocean.certificateName is missing, and cloudflare has the domain that Let's Encrypt would ask"],
    { ...elsewhere, cloud: 'digitalocean', digitalocean: {} },
  ),
  door(
    'nobody to make a certificate for a cluster',
    {},
    ['kubernetes.certificateIssuer'],
    ['kubernetes.certificateIssuer is missing, and there is no tlsSecretName either'],
    { compute: 'kubernetes' },
  ),
  door(
    'a token in plain text',
    {},
    ['cloudflareToken'],
    ['cloudflareToken = [secret] is in plain text', 'pulumi config set --secret cloudflareToken, with a new value'],
    { cloudflareToken: 'canary' },
  ),
  {
    name: 'routing and front door: nothing but the word',
    stack: 'mercenary-prod',
    changes: { cloudflare: {} },
    keys: ['cloudflare.zoneId', 'cloudflare.zoneName'],
    says: ['cloudflare.zoneId is missing', 'cloudflare.zoneName is missing'],
  },
];
