import { z } from 'zod';
import { clouds, computes, environments, phases } from '../../plan/vocabulary';
import * as form from './forms';
import { existing } from './keys-existing';
import { overrides } from './keys-overrides';
import { byService, note } from './note';

/** The names that the schema takes from the systems on board. */
export interface Scope {
  systems: readonly string[];
  /** Of the stack's own system; of all systems where no stack is known, as in the editor's schema. */
  services: readonly string[];
}

export type Configuration = z.output<ReturnType<typeof configurationSchema>>;

/** Schemas that were made before: they only read, and making one takes longer than all checks of a stack together. */
const made = new Map<string, ReturnType<typeof makeSchema>>();

/**
 * Every key of the configuration. From this one schema come the check of a stack, the editor's JSON Schema and the
 * reference of keys. What depends on more than one key is in `checks/`.
 */
export function configurationSchema(scope: Scope): ReturnType<typeof makeSchema> {
  const key = JSON.stringify([scope.systems, scope.services]);
  const schema = made.get(key) ?? makeSchema(scope);
  made.set(key, schema);
  return schema;
}

function makeSchema({ systems, services }: Scope) {
  const region = note(form.regionName, {
    says: 'A region.',
    allowed: "a region's name of the cloud",
    example: 'us-east-1',
  });
  return z.strictObject({
    system: note(z.enum(systems), { says: 'The system to host: a name from the folder `systems/`.' }),
    phase: note(z.enum(phases), { says: 'The rung of the ladder: how many users the stack is sized for.' }),
    environment: note(z.enum(environments), {
      says: 'What the stack is for. Decides protection and strictness and, where a guide says so, sizes.',
    }),
    cloud: note(z.enum(clouds), { says: 'Where the stack runs.' }),
    compute: note(z.enum(computes).default('instances'), {
      says: 'What services run on: virtual machines in a scaling group, or a Kubernetes cluster.',
    }),
    regions: note(form.distinct(region).min(1).optional(), {
      says: 'Regions, home first: the databases are written there. Enterprise serves from two or more, other phases from the first. Changing the home region of a stack that is up replaces its stores.',
      allowed: "a list of the cloud's region names, each once; two or more at enterprise",
      otherwise: "the system's own, as many as the phase serves from",
    }),
    zones: note(z.union([z.int().min(1).max(3), form.distinct(zone()).min(1)]).optional(), {
      says: 'Availability zones that each region uses: how many, or their names. Two at least in staging and prod.',
      allowed: 'a number from 1 to 3, or a list of zone names, each beginning with the name of one of the regions',
      example: '2',
      otherwise: "the phase's number",
    }),
    images: note(byService(services, image()), {
      says: "Container image of each of the system's services. Everything the system serves needs one.",
    }),
    machineImages: note(z.record(region, machineImage()).default({}), {
      says: 'Machine image (AMI) that the instances of a region are pinned to. A region without one takes the newest Amazon Linux 2023 at each `up`, and the preview shows when that has changed.',
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
    hostedZoneId: note(form.hostedZoneId.optional(), {
      says: "DNS zone that gets the records of `domain` and of the certificates' validation. Without it, `certificates` must be given and the records are yours to make.",
      allowed: 'the id of a Route 53 hosted zone: Z, then capital letters and digits',
      example: 'Z0123456789EXAMPLE',
    }),
    certificates: note(z.record(region, certificate()).default({}), {
      says: 'Certificates of your own, by region, instead of ones that are made and validated here. Needed for every region that serves (and for us-east-1 where there is content delivery) unless `hostedZoneId` is given.',
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
      says: "IPv4 range of the home region's network; every further region takes the next /16. Changing it replaces the network.",
      allowed:
        'a private /16 (10.0.0.0/16 to 10.255.0.0/16, 172.16.0.0/16 to 172.31.0.0/16, 192.168.0.0/16) with room for every region after it',
      example: '10.20.0.0/16',
    }),
    allowedAccountIds: note(form.distinct(account()).default([]), {
      says: 'AWS accounts that the stack may touch; with any other credentials it stops. Empty means any. Advised in prod.',
      allowed: 'a list of account ids of 12 digits, each in quotes',
    }),
    atlasOrganizationId: note(form.atlasId.optional(), {
      says: 'MongoDB Atlas organization that gets the project. Needed by a system with a document database unless `existing.databaseSecretId` is given.',
      allowed: '24 hexadecimal digits in lower case',
      example: '0123456789abcdef01234567',
    }),
    existing,
    overrides: overrides(services),
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
    secrets: note(z.record(form.variableName, secretValue()).default({}), {
      says: 'Secrets of your own, by the environment variable that every service gets. Kept encrypted: `pulumi config set --secret --path secrets.NAME`.',
      allowed: 'an object of secrets, named with capital letters, digits and _',
      secret: true,
    }),
  });
}

function zone() {
  return note(form.zoneName, {
    says: 'A zone.',
    allowed: "a zone's name of one of the regions",
    example: 'us-east-1a',
  });
}

function image() {
  return note(form.imageReference, {
    says: 'Image reference. Prod takes one that is pinned: a version or a digest, never `latest`.',
    allowed: 'an image reference: [registry/]name[:tag][@sha256:digest], the name in lower case',
    example: 'ghcr.io/example/pulse-api:1.4.2',
  });
}

function machineImage() {
  return note(form.amazonMachineImage, {
    says: 'Id of an Amazon machine image, in the region that it is named for.',
    allowed: 'the id of an AMI: ami- and 8 or 17 hexadecimal digits',
    example: 'ami-0123456789abcdef0',
  });
}

function certificate() {
  return note(form.certificateArn, {
    says: 'ARN of a certificate in AWS Certificate Manager, in the region that it is named for.',
    allowed: 'the ARN of a certificate: arn:aws:acm:<region>:<account>:certificate/<id>',
    example: 'arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef',
  });
}

function email() {
  return note(z.email(), { says: 'An address.', allowed: 'an e-mail address', example: 'ops@example.com' });
}

function account() {
  return note(form.accountId, { says: 'An account.', allowed: '12 digits, in quotes', example: '123456789012' });
}

function secretValue() {
  return note(z.string().min(1).max(65_536), {
    says: 'The value, encrypted. At most 64 KiB, as much as Secrets Manager keeps.',
    allowed: 'text of 1 to 65,536 characters, encrypted',
    secret: true,
  });
}
