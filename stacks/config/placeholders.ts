import { environments } from '../../plan/vocabulary';
import { systems as onBoard } from '../../systems';
import type { Systems } from './draft';
import type { System } from '../../systems/system';
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
  /** Cloudflare has the names: certificates take the place of zones. */
  cloudflare?: boolean;
}

/** A top-level domain that never resolves (RFC 2606): nobody can take a placeholder for a name of theirs. */
const PLACEHOLDER = 'placeholder.invalid';

/**
 * A configuration for a plan made from flags alone. What flags do not say is a placeholder that passes the schema and
 * cannot be taken for a real value. Flags are taken as they are: the schema judges them.
 */
export function placeholderConfig(flags: Flags, systems: Systems = onBoard): RawConfig {
  const { system, phase, cloud, environment, compute } = flags;
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
    ...sections(flags, known),
    alertEmails: JSON.stringify([`nobody@${PLACEHOLDER}`]),
    atlasOrganizationId: '0'.repeat(24),
  };
  return Object.fromEntries(
    Object.entries(texts).flatMap(([key, text]) => (text === undefined ? [] : [[key, { text, secret: false }]])),
  );
}

/** What there would be on each cloud: a zone that proves the domain, or certificates where Cloudflare has it. */
function sections({ domain, cloudflare = false }: Flags, system: System | undefined): Record<string, string> {
  const dnsDomain = domain?.replace(/^[^.]+\./, '') ?? PLACEHOLDER;
  const named = new Set([...(system?.regions.aws ?? []), 'us-east-1']);
  const certificates = Object.fromEntries([...named].map((region) => [region, certificateIn(region)]));
  const certificateMap = 'projects/placeholder-project/locations/global/certificateMaps/placeholder';
  return {
    aws: JSON.stringify(cloudflare ? { certificates } : { hostedZoneId: 'Z0000000PLACEHOLDER' }),
    gcp: JSON.stringify({ projectId: 'placeholder-project', ...(cloudflare && { certificateMap }) }),
    digitalocean: JSON.stringify({
      ...(cloudflare ? { certificateName: 'placeholder' } : { dnsDomain }),
      // A fingerprint of the right form that no key has.
      sshKeys: [Array.from({ length: 16 }, () => '00').join(':')],
    }),
    kubernetes: JSON.stringify({ certificateIssuer: 'placeholder-issuer' }),
  };
}

function certificateIn(region: string): string {
  return `arn:aws:acm:${region}:000000000000:certificate/00000000-0000-0000-0000-000000000000`;
}
