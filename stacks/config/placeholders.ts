import { environments } from '../../plan/vocabulary';
import { systems as onBoard } from '../../systems';
import type { Systems } from './draft';
import type { RawConfig } from './raw';
import { imagesOf } from './scope';

/** What somebody says of a stack who has no configuration for it. */
interface Flags {
  system?: string;
  phase?: string;
  cloud?: string;
  environment?: string;
  compute?: string;
  /** A host name that is known all the same. */
  domain?: string;
}

/** A top-level domain that never resolves (RFC 2606): nobody can take a placeholder for a name of theirs. */
const PLACEHOLDER = 'placeholder.invalid';

/**
 * A configuration for a plan made from flags alone. What flags do not say is a placeholder that passes the schema and
 * cannot be taken for a real value. Flags are taken as they are: the schema judges them.
 */
export function placeholderConfig(flags: Flags, systems: Systems = onBoard): RawConfig {
  const { system, phase, cloud, environment, compute } = flags;
  const dnsDomain = flags.domain?.replace(/^[^.]+\./, '') ?? PLACEHOLDER;
  const known = system !== undefined && Object.hasOwn(systems, system) ? systems[system] : undefined;
  const images =
    known && imagesOf(known).map((name) => [name, `${PLACEHOLDER}/${known.name}-${name}:0.0.0-placeholder`]);
  const stage = environments.find((name) => name === environment);
  const host = [known?.name ?? 'system', ...(stage ? [stage] : [])].join('-');
  const texts: Record<string, string | undefined> = {
    system,
    phase,
    cloud,
    environment,
    compute,
    images: JSON.stringify(Object.fromEntries(images ?? [])),
    domain: flags.domain ?? `${host}.${PLACEHOLDER}`,
    aws: JSON.stringify({ hostedZoneId: 'Z0000000PLACEHOLDER' }),
    gcp: JSON.stringify({ projectId: 'placeholder-project' }),
    // A fingerprint of the right form that no key has.
    digitalocean: JSON.stringify({ dnsDomain, sshKeys: [Array.from({ length: 16 }, () => '00').join(':')] }),
    kubernetes: JSON.stringify({ certificateIssuer: 'placeholder-issuer' }),
    alertEmails: JSON.stringify([`nobody@${PLACEHOLDER}`]),
    atlasOrganizationId: '0'.repeat(24),
  };
  return Object.fromEntries(
    Object.entries(texts).flatMap(([key, text]) => (text === undefined ? [] : [[key, { text, secret: false }]])),
  );
}
