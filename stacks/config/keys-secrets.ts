import { z } from 'zod';
import * as form from './forms';
import { note } from './note';

/** The single secrets. Like `secrets` they are kept encrypted, and nothing after the schema reads their values. */
export const singleSecrets = {
  databaseUrl: note(form.databaseUrl.optional(), {
    says: "Whole URL of a database that is already there, user and password included: of the system's documents, or of its tables. None is made then. Kept encrypted: `pulumi config set --secret databaseUrl`.",
    allowed:
      'a URL that begins with mongodb:// or mongodb+srv://, postgres:// or mysql://, as the system needs, encrypted',
    otherwise: 'a new database',
    secret: true,
  }),
  registryCredentials: note(form.dockerConfig.optional(), {
    says: 'Credentials of private registries, as Docker writes them (`~/.docker/config.json`). Kept encrypted.',
    allowed: 'JSON with an object `auths`, encrypted',
    secret: true,
  }),
  kubeconfig: note(form.kubeconfig.optional(), {
    says: 'Kubeconfig of a plain cluster. Kept encrypted.',
    allowed: 'a kubeconfig: YAML or JSON with clusters, contexts and users, encrypted',
    otherwise: 'the one that the environment names (`KUBECONFIG`, `~/.kube/config`)',
    secret: true,
  }),
  dnsToken: note(z.string().min(1).max(1024).optional(), {
    says: 'API token of DigitalOcean that may read and write domains, and nothing else: with it clusters there prove that `domain` is yours and get its certificate. Kept encrypted. Without it, `kubernetes.certificateIssuer` or `kubernetes.tlsSecretName` must name what you put on the cluster yourself.',
    allowed: 'an API token with the scope of domains, encrypted',
    secret: true,
  }),
  cloudflareToken: note(z.string().min(1).max(1024).optional(), {
    says: 'API token of Cloudflare that may change DNS records, settings and cache rules of the zone in `cloudflare`, and nothing else. Kept encrypted.',
    allowed: 'an API token for the zone, encrypted',
    otherwise: 'the one that the environment names (`CLOUDFLARE_API_TOKEN`)',
    secret: true,
  }),
} as const;

export type SingleSecret = keyof typeof singleSecrets;
export const singleSecretNames = Object.keys(singleSecrets) as SingleSecret[];

/** The secret object: one secret per environment variable. */
export const secrets = note(
  z
    .record(
      form.variableName,
      note(z.string().min(1).max(65_536), {
        says: 'The value, encrypted. At most 64 KiB, as much as Secrets Manager keeps.',
        allowed: 'text of 1 to 65,536 characters, encrypted',
        secret: true,
      }),
    )
    .default({}),
  {
    says: 'Secrets of your own, by the environment variable that every service gets. Kept encrypted: `pulumi config set --secret --path secrets.NAME`.',
    allowed: 'an object of secrets, named with capital letters, digits and _',
    secret: true,
  },
);
