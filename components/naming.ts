import { createHash } from 'node:crypto';

/** What a cloud accepts as the name of one type of resource. */
interface NameRule {
  /** The longest physical name, in characters. */
  max: number;
  /** Characters that are not allowed; each run of them becomes one separator. */
  forbidden: RegExp;
  separator: string;
  lowercase?: boolean;
  /** Put in front where the name would not start as the cloud wants it. A hyphen of the suffix may be what follows. */
  start?: { pattern: RegExp; prefix: string };
}

/** Pulumi's auto-naming adds a separator and seven hexadecimal digits to the logical name. */
const AUTONAME_SUFFIX = 8;
/** Hexadecimal digits of the hash that keeps two shortened names apart: 32 bits. */
const HASH = 8;

const usual = { forbidden: /[^A-Za-z0-9-]+/g, separator: '-' };
const wide = { forbidden: /[^\w+=,.@-]+/g, separator: '-' };
/** Compute Engine and what follows it (RFC 1035): small letters, digits and hyphens, a letter first. */
const google = {
  forbidden: /[^a-z0-9-]+/g,
  separator: '-',
  lowercase: true,
  start: { pattern: /^[a-z]/, prefix: 'x-' },
};
/** ElastiCache: a letter first, and never two hyphens in a row. */
const single = { forbidden: /[^A-Za-z0-9]+/g, separator: '-', start: { pattern: /^[A-Za-z]/, prefix: 'x-' } };

/**
 * Name rules by resource type, from each service's API reference. A type that is not listed is an error: whoever adds a
 * resource looks its rule up first.
 */
const rules: Record<string, NameRule> = {
  // Names that only tag or that the cloud does not limit below 255.
  'aws:ec2': { ...usual, max: 255 },
  'aws:lb/loadBalancer': { ...usual, max: 32, start: { pattern: /^(?!internal(-|$))/, prefix: 'x-' } },
  'aws:lb/targetGroup': { ...usual, max: 32 },
  'aws:lb/listener': { ...usual, max: 255 },
  'aws:ec2/launchTemplate': { forbidden: /[^\w()./-]+/g, separator: '-', max: 125 },
  'aws:ec2/securityGroup': {
    forbidden: /[^\w .:/()#,@[\]+=&;{}!$*-]+/g,
    separator: '-',
    max: 255,
    start: { pattern: /^(?!sg(-|$))/, prefix: 'x-' },
  },
  'aws:autoscaling/group': { ...wide, max: 255 },
  'aws:autoscaling/policy': { ...wide, max: 255 },
  'aws:iam/role': { ...wide, max: 64 },
  'aws:iam/policy': { ...wide, max: 128 },
  'aws:iam/instanceProfile': { ...wide, max: 128 },
  'aws:elasticache/replicationGroup': { ...single, max: 40, lowercase: true },
  'aws:elasticache/subnetGroup': { ...single, max: 255, lowercase: true },
  'aws:elasticache/parameterGroup': { ...single, max: 255, lowercase: true },
  // Subnet and parameter groups; identifiers of instances and clusters end on an eight-digit suffix of our own.
  'aws:rds': { ...single, max: 255, lowercase: true },
  'aws:rds/instance': { ...single, max: 62, lowercase: true },
  'aws:rds/proxy': { ...single, max: 62, lowercase: true },
  'aws:appautoscaling': { ...usual, max: 255 },
  'aws:lambda/function': { forbidden: /[^\w-]+/g, separator: '-', max: 64 },
  'aws:scheduler/schedule': { forbidden: /[^\w.-]+/g, separator: '-', max: 64 },
  'aws:s3/bucket': {
    forbidden: /[^a-z0-9-]+/g,
    separator: '-',
    max: 63,
    lowercase: true,
    // Reserved by S3 for names that it makes itself.
    start: { pattern: /^(?!xn--|sthree(-|$)|amzn-s3-demo(-|$))/, prefix: 'x' },
  },
  'aws:secretsmanager/secret': { forbidden: /[^\w/+=.@-]+/g, separator: '-', max: 512 },
  'aws:cloudfront': { ...usual, max: 64 },
  'aws:cloudwatch/logGroup': {
    forbidden: /[^\w./#-]+/g,
    separator: '-',
    max: 512,
    start: { pattern: /^(?!aws\/)/, prefix: 'x-' },
  },
  'aws:cloudwatch/metricAlarm': { ...usual, max: 255 },
  'aws:cloudwatch/dashboard': { forbidden: /[^\w-]+/g, separator: '-', max: 255 },
  'aws:sns/topic': { forbidden: /[^\w-]+/g, separator: '-', max: 256 },
  'aws:kms': { ...usual, max: 255 },
  'aws:wafv2': { forbidden: /[^\w-]+/g, separator: '-', max: 128 },
  // The cluster's name is said as it is; node groups and what else has a name of 63 characters gets a suffix.
  'aws:eks/cluster': { ...usual, max: 100 },
  'aws:eks': { ...usual, max: 63 },
  'aws:budgets/budget': { forbidden: /[^\x20-\x7e]+|[:\\]+/g, separator: '-', max: 100 },
  'aws:route53': { ...usual, max: 255 },
  'aws:acm': { ...usual, max: 255 },
  'aws:ssm/document': {
    forbidden: /[^\w.-]+/g,
    separator: '-',
    max: 128,
    start: { pattern: /^(?!aws|amazon|amzn)/i, prefix: 'x-' },
  },
  // Resources of Google Cloud that have no name there, or one without rules: members of policies, records, channels.
  gcp: { ...usual, max: 255 },
  'gcp:compute': { ...google, max: 63 },
  // Ids that are given whole, without a suffix.
  'gcp:serviceaccount/account': { ...google, max: 30 + AUTONAME_SUFFIX },
  'gcp:memorystore/instance': { ...google, max: 63 + AUTONAME_SUFFIX },
  'gcp:secretmanager/secret': { forbidden: /[^\w-]+/g, separator: '-', max: 255 + AUTONAME_SUFFIX },
  'gcp:logging/bucket': {
    forbidden: /[^\w.-]+/g,
    separator: '-',
    max: 100 - '-123abc'.length, // an ending that is the stack's own
    start: { pattern: /^[A-Za-z0-9]/, prefix: 'x-' },
  },
  // Clusters and node pools.
  'gcp:container': { ...google, max: 40 },
  'gcp:certificatemanager': { ...google, max: 63 },
  'gcp:networkconnectivity': { ...google, max: 63 },
  'gcp:cloudrun/job': { ...google, max: 63 },
  'gcp:cloudscheduler/job': { forbidden: /[^\w-]+/g, separator: '-', max: 500 },
  // With the project's id and a colon before it at most 98.
  'gcp:sql/databaseInstance': { ...google, max: 98 - 31 },
  'gcp:redis/instance': { ...google, max: 40 },
  'gcp:dns/managedZone': { ...google, max: 63 },
  'gcp:storage/bucket': {
    // Cloud Storage wants neither `goog` at the start nor its own name anywhere.
    forbidden: /[^a-z0-9-]+|g[o0]{2}gle/g,
    separator: '-',
    max: 63,
    lowercase: true,
    start: { pattern: /^(?!goog)/, prefix: 'x-' },
  },
  'mongodbatlas:project': { ...usual, max: 64 },
  // Atlas allows 64 but only the first 23 characters make the host name, and they must differ within a project.
  'mongodbatlas:advancedCluster': { ...usual, max: 23 + AUTONAME_SUFFIX },
  'mongodbatlas:databaseUser': { ...usual, max: 1024 },
  mongodbatlas: { ...usual, max: 255 },
  // DigitalOcean: letters, digits, hyphens and dots (API reference); no dots here, for a name that is not a host.
  digitalocean: { ...usual, max: 255 },
  'digitalocean:databaseCluster': { ...single, max: 63, lowercase: true },
  'digitalocean:databaseReplica': { ...single, max: 63, lowercase: true },
  'digitalocean:databaseDb': { ...usual, max: 63 },
  'digitalocean:databaseUser': { ...usual, max: 63 },
  'digitalocean:droplet': { ...single, max: 63, lowercase: true }, // a host's name, also of what a pool makes
  // A cluster's name begins the names of its nodes, which are hosts.
  'digitalocean:kubernetesCluster': { ...single, max: 63, lowercase: true },
  'digitalocean:project': { ...usual, max: 175 },
  'digitalocean:spacesBucket': { forbidden: /[^a-z0-9-]+/g, separator: '-', max: 63, lowercase: true },
  'digitalocean:spacesKey': { ...usual, max: 255 },
  // Records go by their host and settings by their key: names are Pulumi's alone.
  cloudflare: { ...usual, max: 255 },
  random: { ...usual, max: 255 },
  // DNS labels of 63 (RFC 1123), one less for the provider's suffix: a hyphen and eight hexadecimal digits. A Service's
  // name must begin with a letter. Every kind keeps to the strictest rule, so that parts of one thing share its name.
  kubernetes: {
    forbidden: /[^a-z0-9-]+/g,
    separator: '-',
    max: 62,
    lowercase: true,
    start: { pattern: /^[a-z]/, prefix: 'x-' },
  },
};

/**
 * The logical name of a resource, made of parts joined by `-`, so short that the physical name (with the suffix that
 * Pulumi adds) is still valid for its type. A name that is too long loses its end to a hash of the whole, so two
 * names that differ only in what was cut off stay different.
 *
 * @param type a key of the table, e.g. `aws:lb/loadBalancer`
 * @throws Error for a type without a rule, and for a name without any usable character
 */
export function nameOf(type: string, ...parts: string[]): string {
  const rule = Object.hasOwn(rules, type) ? rules[type] : undefined;
  if (!rule) throw new Error(`no name rule for ${type}: look its limits up and add them to components/naming.ts`);
  const whole = parts.join('-');
  let name = rule.lowercase ? whole.toLowerCase() : whole;
  name = name.replace(rule.forbidden, rule.separator);
  name = trimSeparators(name, rule.separator);
  if (name === '') throw new Error(`nothing of the name "${whole}" can be used for ${type}`);
  if (rule.start && !rule.start.pattern.test(name)) name = rule.start.prefix + name;
  const room = rule.max - AUTONAME_SUFFIX;
  // Whatever was changed or cut could make two names one: the hash of the whole keeps them apart.
  if (name === whole && name.length <= room) return name;
  const hash = createHash('sha256').update(whole).digest('hex').slice(0, HASH);
  return `${trimSeparators(name.slice(0, room - HASH - 1), rule.separator)}${rule.separator}${hash}`;
}

function trimSeparators(name: string, separator: string): string {
  let from = 0;
  let to = name.length;
  while (from < to && name[from] === separator) from++;
  while (to > from && name[to - 1] === separator) to--;
  return name.slice(from, to);
}

/** Every type that has a rule; the tests walk it. */
export const namedTypes = Object.keys(rules);
