import { gunzipSync } from 'node:zlib';
import type { Resource } from './rule';
import { at, SECRET, UNKNOWN, type Unknown, type Value } from './values';

/**
 * What an instance of a template reads when it starts, as readable text, with every file that is encoded inside it
 * opened too. Undefined where there is none; `<secret>` where a secret has flowed into it; UNKNOWN where it is not
 * known or cannot be read.
 */
export function userDataOf(resource: Resource): string | undefined | Unknown {
  const texts = startUp(resource).map(readable);
  if (texts.includes(UNKNOWN)) return UNKNOWN;
  if (texts.includes(SECRET)) return SECRET;
  const known = texts.filter((text) => typeof text === 'string');
  return known.length > 0 ? known.join('\n') : undefined;
}

/** Everything that an instance reads when it starts: user data, metadata, start-up scripts. */
function startUp(resource: Resource): Value[] {
  const { userDataBase64, userData, metadata, metadataStartupScript, dropletTemplate } = resource.props;
  const entries = typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata) ? metadata : {};
  // An entry of metadata is data too; the key says what a program makes of it.
  return [
    userDataBase64 ?? userData,
    metadataStartupScript,
    at(dropletTemplate, 'userData'),
    metadata === UNKNOWN ? UNKNOWN : undefined,
    ...Object.entries(entries).map(([key, value]) => entryOf(key, value)),
  ];
}

function entryOf(key: string, value: Value): Value {
  return typeof value === 'string' && value !== SECRET && !value.includes('\n') ? `${key}=${value}` : value;
}

function readable(encoded: Value): string | undefined | Unknown {
  if (encoded === undefined || encoded === null || encoded === '') return undefined;
  if (encoded === SECRET) return SECRET;
  if (typeof encoded !== 'string') return UNKNOWN;
  const text = decode(encoded) ?? encoded;
  // `write_files` may carry a file as base64.
  const inside = [...text.matchAll(/\bcontent:\s*(?:!!binary\s*\|?\s*)?['"]?([A-Za-z0-9+/=]{12,})['"]?\s*$/gm)];
  return [text, ...inside.map((match) => decode(match[1] ?? '') ?? '')].join('\n');
}

/** Base64, also of a gzip; undefined where it is not the base64 of a text. */
function decode(encoded: string): string | undefined {
  const compact = encoded.replace(/\s+/g, '');
  if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) return undefined;
  const bytes = Buffer.from(compact, 'base64');
  try {
    const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
    const text = plain.toString('utf8');
    return text.includes('\uFFFD') ? undefined : text;
  } catch {
    return undefined; // not a gzip after all
  }
}

/**
 * Container images that an instance runs: what `/etc/stackladder/service.env` in its user data says (`IMAGE=...`), and
 * the resource's `Image` tag (an entry `image` of metadata on Google Cloud), which is known even in a preview where the user data is not.
 */
export function imagesOf(resource: Resource): { userData: string[] | Unknown; tag: string | undefined } {
  const text = userDataOf(resource);
  // A label of Google Cloud cannot hold a reference; an entry of metadata can.
  const tag = at(resource.props, 'tags.Image') ?? at(resource.props, 'metadata.image');
  return { userData: imagesIn(text), tag: typeof tag === 'string' && tag !== '' ? tag : undefined };
}

function imagesIn(text: string | undefined | Unknown): string[] | Unknown {
  if (text === undefined || text === UNKNOWN || text === SECRET) return UNKNOWN;
  const lines = [...text.matchAll(/^[\s\-"']*(?:Environment=)?["']?IMAGE=["']?([^\s"']+)/gm)];
  const images = lines.map((match) => match[1] ?? '').filter((image) => !/[$<]/.test(image));
  return images.length > 0 ? [...new Set(images)] : UNKNOWN;
}

/** Tags that move: the image behind them is another one next week. */
const floating = new Set(
  (
    'latest main master trunk head stable edge nightly canary next current rolling release snapshot ' +
    'dev develop development test testing staging prod production alpha beta rc lts mainline'
  ).split(' '),
);

/** Why an image reference can come to mean another image, or undefined where it is pinned. */
export function unpinned(reference: Value): string | undefined {
  if (typeof reference !== 'string') return 'is not a reference';
  if (/@sha256:[0-9a-f]{64}$/.test(reference)) return undefined;
  const tag = /:([\w][\w.-]*)$/.exec(reference.slice(reference.lastIndexOf('/') + 1))?.[1];
  if (tag === undefined) return 'has no tag, which means latest';
  if (floating.has(tag.toLowerCase())) return `has the floating tag ${tag}`;
  // `7` and `v2` follow every release of a major version; a build number is longer.
  return /^v?\d{1,2}$/.test(tag) ? `has the tag ${tag}, which follows a major version` : undefined;
}

/** Kinds of plain secrets in a text, described without their values. */
export function secretsIn(text: string): string[] {
  const found: string[] = [];
  if (/\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/.test(text)) found.push('an AWS access key');
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) found.push('a private key');
  if (/\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@"']*:[^\s@"'$<{][^\s@"']*@/i.test(text)) found.push('a URL with a password');
  for (const [, name, value] of text.matchAll(assignment)) {
    if (name !== undefined && value !== undefined && isLiteral(value)) found.push(`a value for ${name}`);
  }
  return [...new Set(found)];
}

/** `DB_PASSWORD=...`, `api_key: ...`, `--auth-token ...` is not one: options name where a secret is. */
const assignment =
  /(?:^|[\s"'{,;])((?:[A-Za-z0-9]+[_.-])*(?:password|passwd|secret|token|api[_-]?key|private[_-]?key|access[_-]?key|credentials?))["']?\s*[=:]\s*["']?([^\s"',;}]+)/gim;

/** A value itself, not a reference to where the value is: a variable, an ARN, a path, a template. */
function isLiteral(value: string): boolean {
  return value.length >= 6 && !/^(?:\$|`|<|arn:|\/|\{\{|\.\/|file:|ssm:|true$|false$|required$|optional$)/i.test(value);
}
