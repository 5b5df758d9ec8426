import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { RawConfig } from '../../stacks/config/raw';
import { SEALED } from '../../stacks/config/sealed';

const namespace = 'stackladder:';

/**
 * The configuration of a stack's file (`Pulumi.<stack>.yaml`) in the form that the schema takes. Encrypted values stay
 * encrypted: only their names are needed offline.
 */
export function readStackFile(path: string): RawConfig {
  const file = parse(readFileSync(path, 'utf8')) as { config?: Record<string, unknown> } | null;
  const raw: RawConfig = {};
  for (const [key, value] of Object.entries(file?.config ?? {})) {
    if (!key.startsWith(namespace)) continue;
    const text = typeof value === 'object' && value !== null ? JSON.stringify(unsealed(value)) : String(value);
    raw[key.slice(namespace.length)] = { text, secret: isSealed(value) };
  }
  return raw;
}

/** True where every value inside is encrypted: `{ secure: ... }`, or an object of nothing else. */
function isSealed(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const inner = Object.values(value);
  return 'secure' in value || (inner.length > 0 && inner.every(isSealed));
}

function unsealed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('secure' in value) return SEALED;
  if (Array.isArray(value)) return value.map(unsealed);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unsealed(inner)]));
}
