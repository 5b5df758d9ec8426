import type { CloudName, Environment, PhaseName } from '../../plan/vocabulary';
import { imagesOf } from '../../stacks/config/scope';
import { systems } from '../../systems';
import type { Keys } from './shell';

/** What is kept encrypted, whoever sets it. */
export const secretKeys: readonly string[] = [
  'secrets',
  'databaseUrl',
  'registryCredentials',
  'kubeconfig',
  'dnsToken',
  'cloudflareToken',
];

export interface Start {
  system: keyof typeof systems;
  cloud: CloudName;
  phase: PhaseName;
  environment: Environment;
}

/** The file of a stack that may go to any cloud. */
export function startOf({ system, cloud, phase, environment }: Start): Keys {
  const images = imagesOf(systems[system]!).map((name) => [name, `ghcr.io/example/${name}:1.4.2`]);
  return {
    system,
    phase,
    environment,
    cloud,
    images: Object.fromEntries(images),
    domain: 'api.pulse.example.com',
    alertEmails: ['ops@example.com'],
    atlasOrganizationId: '0123456789abcdef01234567',
    aws: { hostedZoneId: 'Z0123456789PROD' },
    gcp: { projectId: 'pulse-prod-example', dnsZone: 'pulse-example-com' },
    digitalocean: { dnsDomain: 'example.com' },
    kubernetes: { certificateIssuer: 'letsencrypt', monitoring: true },
  };
}
