import { z } from 'zod';
import { clouds, computes, environments, phases } from '../../plan/vocabulary';
import * as form from './forms';
import { aws } from './keys-aws';
import { digitalocean } from './keys-digitalocean';
import { gcp } from './keys-gcp';
import { cloudflare } from './keys-cloudflare';
import { kubernetes } from './keys-kubernetes';
import { offHours } from './keys-off-hours';
import { overrides } from './keys-overrides';
import { regions, zones } from './keys-place';
import { secrets, singleSecrets } from './keys-secrets';
import { byName, note } from './note';
import type { Scope } from './scope';

export type Configuration = z.output<ReturnType<typeof configurationSchema>>;

/** Schemas that were made before: they only read, and making one takes longer than all checks of a stack together. */
const made = new Map<string, ReturnType<typeof makeSchema>>();

/**
 * Every key of the configuration. From this one schema come the check of a stack, the editor's JSON Schema and the
 * reference of keys. What depends on more than one key is in `checks/`.
 */
export function configurationSchema(scope: Scope): ReturnType<typeof makeSchema> {
  const key = JSON.stringify([scope.systems, scope.services, scope.workers, scope.images]);
  const schema = made.get(key) ?? makeSchema(scope);
  made.set(key, schema);
  return schema;
}

function makeSchema({ systems, services, workers, images }: Scope) {
  return z.strictObject({
    system: note(z.enum(systems), {
      says: 'The system to host: a name from the folder `systems/`. A stack that is up keeps it: another one is another stack.',
    }),
    phase: note(z.enum(phases), { says: 'The rung of the ladder: how many users the stack is sized for.' }),
    environment: note(z.enum(environments), {
      says: 'What the stack is for. Decides protection and strictness and, where a guide says so, sizes. A stack that is up keeps it: another one is another stack.',
    }),
    cloud: note(z.enum(clouds), {
      says: 'Where the stack runs. The sections of other clouds may stand in the same file: this line alone moves the stack.',
    }),
    compute: note(z.enum(computes).optional(), {
      says: 'What services run on: virtual machines in a scaling group, or a Kubernetes cluster.',
      otherwise: "the system's first for the cloud",
    }),
    regions,
    zones,
    images: note(byName('image', images, image()), {
      says: "Container image of each of the system's services, and of its workers where they have one of their own.",
    }),
    domain: note(form.hostName, {
      says: 'Host name that clients use.',
      allowed: 'a host name in lower case with at least two parts, without https:// and without a path',
      example: 'api.pulse.example.com',
    }),
    contentDomain: note(form.hostName.optional(), {
      says: 'Host name of static assets and recordings, served by the content delivery network.',
      allowed: 'a host name in lower case other than `domain`, without https:// and without a path',
      example: 'static.pulse.example.com',
      otherwise: '`static.` before `domain`',
    }),
    contentPublicKey: note(form.publicKey.optional(), {
      says: 'Public key that proves signed URLs of private content. The private half stays with the application.',
      allowed: 'a PEM public key (-----BEGIN PUBLIC KEY-----), RSA of 2048 bits or ECDSA on P-256',
    }),
    alertEmails: note(form.distinct(email()).default([]), {
      says: 'Who is told by alerts and by the budget. At least one in prod.',
      allowed: 'a list of e-mail addresses, each once',
    }),
    budget: note(z.number().positive().optional(), {
      says: 'US dollars a month; told at 80 % and at 100 % of it.',
      allowed: 'a number greater than 0',
      example: '500',
      otherwise: "the system's own for the phase",
    }),
    cidr: note(form.privateSixteen.default('10.0.0.0/16'), {
      says: "IPv4 range of the home region's network; every further region takes the next /16. A stack that is up keeps it, for stores lie in it.",
      allowed:
        'a private /16 (10.0.0.0/16 to 10.255.0.0/16, 172.16.0.0/16 to 172.31.0.0/16, 192.168.0.0/16) with room for every region after it',
      example: '10.20.0.0/16',
    }),
    atlasOrganizationId: note(form.atlasId.optional(), {
      says: 'MongoDB Atlas organization that gets the project. Needed where the system keeps its documents on Atlas, unless a database is given.',
      allowed: '24 hexadecimal digits in lower case',
      example: '0123456789abcdef01234567',
    }),
    atlasProjectId: note(form.atlasId.optional(), {
      says: 'Atlas project that is already there and gets the cluster. It is never changed or deleted.',
      allowed: '24 hexadecimal digits in lower case',
      example: '0123456789abcdef01234567',
      otherwise: 'a new project',
    }),
    databasePort: note(z.int().min(1).max(65_535).optional(), {
      says: 'TCP port of the database that `databaseUrl` or a `databaseSecretId` names. Pods are let out to no other port of a database. A URL that begins with mongodb+srv:// names none; most answer on the usual one.',
      example: '25060',
      otherwise: 'the usual one of its kind: 27017, 5432 or 3306',
    }),
    aws,
    gcp,
    digitalocean,
    kubernetes,
    keep: note(form.distinct(z.enum(clouds)).default([]), {
      says: 'Clouds that the stack has left and whose stores stay as they are. To take one out is an act of its own, and needs `discardStores`.',
      allowed: "a list of clouds other than the stack's own, each once",
    }),
    discardStores: note(form.distinct(z.enum(clouds)).default([]), {
      says: 'Clouds that the stack has left and whose stores may go, with all that is in them: said on purpose. Beside `keep` it only lifts their protection; in prod that comes first.',
      allowed: "a list of clouds other than the stack's own, each once",
    }),
    cloudflare,
    offHours,
    overrides: overrides({ services, workers }),
    owner: note(form.tagValue.optional(), {
      says: 'Tag `Owner` of every resource.',
      allowed: 'at most 256 letters, digits, spaces and any of _ . : / = + - @',
      example: 'platform-team',
      otherwise: 'the name of the system',
    }),
    costCenter: note(form.tagValue.optional(), {
      says: 'Tag `CostCenter` of every resource.',
      allowed: 'at most 256 letters, digits, spaces and any of _ . : / = + - @',
      example: 'product-pulse',
      otherwise: 'the name of the system',
    }),
    reached: note(z.enum(phases).optional(), {
      says: 'Says by hand which phase the stores have reached. Below the true one it lets them shrink, which can lose data.',
      otherwise: 'what the stack remembers of itself',
    }),
    secrets,
    ...singleSecrets,
  });
}

function image() {
  return note(form.imageReference, {
    says: 'Image reference. Prod takes one that is pinned: a version or a digest, never `latest`.',
    allowed: 'an image reference: [registry/]name[:tag][@sha256:digest], the name in lower case',
    example: 'ghcr.io/example/pulse-api:1.4.2',
  });
}

function email() {
  return note(z.email(), { says: 'An address.', allowed: 'an e-mail address', example: 'ops@example.com' });
}
