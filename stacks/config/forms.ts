import { createPublicKey } from 'node:crypto';
import { parse } from 'yaml';
import { z } from 'zod';
import { note } from './note';

/** The forms of single values. Each says what it accepts; `note` says it to people. */

/** DNS: labels of 1 to 63 letters, digits and inner hyphens, at least two of them, 253 characters in all (RFC 1123). */
export const hostName = z
  .string()
  .max(253)
  .regex(/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/);

/** A container image reference of the distribution specification: [registry[:port]/]name[:tag][@sha256:digest]. */
export const imageReference = z
  .string()
  .max(512)
  .regex(
    /^(?:[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*(?::[0-9]+)?\/)?[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@sha256:[a-f0-9]{64})?$/,
  );

/** Checked against the cloud's own list afterwards; this is only what all clouds' region names have in common. */
export const regionName = z.string().regex(/^[a-z]+[a-z0-9-]*$/);
export const zoneName = z.string().regex(/^[a-z]+[a-z0-9-]*$/);

export const accountId = z.string().regex(/^[0-9]{12}$/);
export const atlasId = z.string().regex(/^[0-9a-f]{24}$/);
export const hostedZoneId = z.string().regex(/^Z[A-Z0-9]{7,31}$/);
export const amazonMachineImage = z.string().regex(/^ami-([0-9a-f]{8}|[0-9a-f]{17})$/);

export const certificateArn = z.string().regex(/^arn:aws[a-z-]*:acm:[a-z0-9-]+:[0-9]{12}:certificate\/[0-9a-f-]{36}$/);
export const secretArn = z
  .string()
  .regex(/^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]+$/);
export const principalArn = z.string().regex(/^arn:aws[a-z-]*:iam::[0-9]{12}:(?:role|user)\/[A-Za-z0-9/_+=.@,-]+$/);
export const vpcId = z.string().regex(/^vpc-(?:[0-9a-f]{8}|[0-9a-f]{17})$/);
export const subnetId = z.string().regex(/^subnet-(?:[0-9a-f]{8}|[0-9a-f]{17})$/);

/** A /16 of the private ranges of RFC 1918, the last two parts zero. */
export const privateSixteen = z
  .string()
  .regex(/^(?:10\.(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])|172\.(?:1[6-9]|2[0-9]|3[01])|192\.168)\.0\.0\/16$/);

/** Name of an environment variable. */
export const variableName = z.string().regex(/^[A-Z_][A-Z0-9_]*$/);

/** What AWS allows as the value of a tag. */
export const tagValue = z.string().regex(/^[\p{L}\p{N}\p{Zs}_.:/=+@-]{1,256}$/u);

/** What clouds' machine types, node types and tiers have in common; each cloud's own form is checked afterwards. */
export const sizeName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._/-]*$/);

/** Quantities of Kubernetes: thousandths of a core or cores, and powers of two of bytes. */
export const cpuQuantity = z.string().regex(/^(?:[1-9]\d{0,5}m|[1-9]\d{0,2}(?:\.\d{1,3})?|0\.\d{0,2}[1-9])$/);
export const memoryQuantity = z.string().regex(/^[1-9]\d{0,6}(?:Mi|Gi)$/);
/** A node by its machine type, or by its size in words. */
export const nodeSize = z.string().regex(/^(?:[a-z][a-z0-9.-]*|[1-9]\d{0,2} vCPU \/ [1-9]\d{0,3} GiB)$/);
export const kubernetesVersion = z.string().regex(/^1\.[1-9]\d$/);

/** Google Cloud. A project of a domain's own has the domain before it. */
export const projectId = z.string().regex(/^(?:[a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/);
export const managedZone = z.string().regex(/^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/);
export const billingAccountId = z.string().regex(/^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$/);
/** Of Google's own images only those that have apt: instances install Docker by it. */
export const googleImage = z
  .string()
  .regex(
    /^(?:https:\/\/www\.googleapis\.com\/compute\/v1\/)?projects\/(?!(?:centos|cos|fedora-coreos|opensuse|oracle-linux|rhel|rhel-sap|rocky-linux|suse|suse-sap|windows|windows-sql)-cloud\/)[a-z0-9.:-]+\/global\/images\/(?:family\/)?[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
  );
export const certificateMap = z
  .string()
  .regex(/^projects\/[a-z0-9.:-]+\/locations\/global\/certificateMaps\/[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/);
export const googleSecret = z.string().regex(/^projects\/[a-z0-9.:-]+\/secrets\/[A-Za-z0-9_-]{1,255}$/);

/** DigitalOcean. Its API knows a key by number or MD5 fingerprint. */
export const sshKey = z.string().regex(/^(?:[1-9]\d*|[0-9a-f]{2}(?::[0-9a-f]{2}){15})$/);
export const certificateName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$/);
export const dropletImage = z.string().regex(/^[a-z0-9]+(?:[.-][a-z0-9]+)*$/);

/** Kubernetes: the name of an object is a DNS subdomain (RFC 1123). */
export const objectName = z
  .string()
  .max(253)
  .regex(/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/);
export const contextName = z.string().regex(/^\S{1,253}$/);
export const httpsEndpoint = z.string().regex(/^https:\/\/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?$/);
export const bucketPrefix = z.string().regex(/^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$/);

/** Cloudflare. */
export const cloudflareZoneId = z.string().regex(/^[0-9a-f]{32}$/);
export const pathPattern = z
  .string()
  .max(200)
  .regex(/^\/(?:[A-Za-z0-9/._~%-]|\*(?!\*))*$/);

/** Hours of work. */
export const hourOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/);
export const timezone = z
  .string()
  .regex(/^(?:UTC|[A-Z][A-Za-z_]+(?:\/[A-Za-z0-9_+-]+){1,2})$/)
  .refine(isTimezone);

function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Databases that are there already, as a provider imports them. */
export const awsDatabaseId = z
  .string()
  .max(63)
  .regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/);
export const cloudSqlInstance = z.string().regex(/^[a-z](?:[a-z0-9-]{0,96}[a-z0-9])?$/);
export const uuid = z.string().regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

/** What is inside of one: the shortest that a cloud takes. */
export const databaseName = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/);
export const databaseUser = z.string().regex(/^[a-z][a-z0-9_]{0,15}$/);

/** Major version of a relational database: one number of PostgreSQL, two of MySQL. */
export const engineVersion = z.string().regex(/^[1-9]\d?(?:\.\d)?$/);

/** Secrets that have a form of their own. */
export const databaseUrl = z.string().regex(/^(?:mongodb(?:\+srv)?|postgres(?:ql)?|mysql):\/\/\S+$/);
export const dockerConfig = z.string().refine((text) => holds(text, JSON.parse, ['auths']));
export const kubeconfig = z.string().refine((text) => holds(text, parse, ['clusters', 'contexts', 'users']));

/** Whether a text is of an object with these names, each of them a list or an object. */
function holds(text: string, read: (text: string) => unknown, names: readonly string[]): boolean {
  try {
    const value = read(text);
    if (typeof value !== 'object' || value === null) return false;
    return names.every((name) => typeof (value as Record<string, unknown>)[name] === 'object');
  } catch {
    // The error would quote the text, which is a secret.
    return false;
  }
}

/** A list of IPv4 networks. None is half of the internet or so (two such are all of it), nor has bits beyond its length. */
export function networks(example: string) {
  const network = z
    .string()
    .regex(/^(?:(?:25[0-5]|2[0-4]\d|1\d{2}|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d{2}|[1-9]?\d)\/(?:3[0-2]|[12]?\d)$/)
    .superRefine((text, context) => {
      const message = networkFault(text);
      if (message) context.addIssue({ code: 'custom', message });
    });
  return distinct(note(network, { says: 'A network.', allowed: 'an IPv4 network, such as 203.0.113.0/24', example }));
}

function networkFault(text: string): string | undefined {
  const [address = '', bits = ''] = text.split('/');
  if (bits === '0') return 'is the whole internet';
  if (Number(bits) < 8) return 'is a large part of the internet: /8 is the widest';
  const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  return number % 2 ** (32 - Number(bits)) === 0 ? undefined : 'is an address within a network, not the network';
}

/** CloudFront takes RSA keys of 2048 bits and ECDSA keys on P-256 ("Serving private content", signers). */
export const publicKey = z
  .string()
  .regex(/^-----BEGIN PUBLIC KEY-----\s[A-Za-z0-9+/=\s]+-----END PUBLIC KEY-----\s*$/)
  .refine(isSigningKey);

function isSigningKey(pem: string): boolean {
  try {
    const { asymmetricKeyType: type, asymmetricKeyDetails: details } = createPublicKey(pem);
    return (
      (type === 'rsa' && details?.modulusLength === 2048) || (type === 'ec' && details?.namedCurve === 'prime256v1')
    );
  } catch {
    return false;
  }
}

/** A list without repeats; each repeat is a fault of its own at its place. */
export function distinct<T extends z.ZodType<string>>(item: T): z.ZodArray<T> {
  return z.array(item).meta({ uniqueItems: true }).superRefine(eachOnce);
}

export function eachOnce(list: readonly unknown[], context: z.core.$RefinementCtx): void {
  list.forEach((value, at) => {
    if (list.indexOf(value) >= at) return;
    context.addIssue({ code: 'custom', path: [at], message: 'is in the list twice', params: { repeated: true } });
  });
}
