import * as digitalocean from '@pulumi/digitalocean';
import type * as pulumi from '@pulumi/pulumi';
import { variableFault } from '../../instances/environment-file';
import { isImageReference } from '../../instances/image-reference';
import { must, wholeNumber, type Fault } from '../../faults';
import { nameOf } from '../../naming';
import type { PooledArgs } from './pooled';

/** What droplets of any pool need to know: of a service's, or of a worker's. */
export interface DropletsArgs {
  /** E.g. `nyc3`. */
  region: string;
  /** The network needs a NAT gateway: droplets have no public address. */
  vpcId: pulumi.Input<string>;
  /** Reference of the container image, with a tag or, better, a digest. A change rolls through the droplets. */
  image: string;
  /** Droplet size, e.g. `s-2vcpu-4gb`; its disk comes with it. A change rolls through the droplets. */
  machine: string;
  /** Plain environment variables of the container. */
  environment: Record<string, pulumi.Input<string>>;
  /** Environment variables that are read at every start: name to the secret's URL in a `SecretVault`. */
  secrets: Record<string, pulumi.Input<string>>;
  /** Databases that are reached through PgBouncer beside the container. Default: none. */
  pooled?: PooledArgs;
  /** URL of a secret that holds a Docker config.json for private registries. Default: none. */
  registrySecret?: pulumi.Input<string>;
  /** Fingerprints or ids of SSH keys; DigitalOcean wants one (`LockedKey` opens nothing). Nothing lets SSH in. */
  sshKeys: pulumi.Input<string>[];
  /** Image slug or id of the droplets: Ubuntu 24.04, or what has its packages. */
  machineImage: string;
  /** Names of further tags that the droplets wear, e.g. one that stores let in. */
  clientTags: pulumi.Input<string>[];
  /** Project that everything belongs to. */
  projectId: pulumi.Input<string>;
  tags: string[];
}

/** Limits of the cooldown (Droplet Autoscale Pools, API reference). */
const cooldown = { least: 5, most: 20 };

/** Minutes between two steps of a pool: at least as long as DigitalOcean wants, at most as long as it takes. */
export function cooldownMinutes(seconds: number): number {
  return Math.min(cooldown.most, Math.max(cooldown.least, Math.ceil(seconds / 60)));
}

/** A pool of private droplets with these user data. Its count is DigitalOcean's own from the first `up`. */
export function createDroplets(
  name: string,
  args: DropletsArgs,
  config: digitalocean.types.input.DropletAutoscaleConfig,
  own: { tag: pulumi.Input<string>; userData: pulumi.Input<string> },
  options: pulumi.CustomResourceOptions,
): digitalocean.DropletAutoscale {
  return new digitalocean.DropletAutoscale(
    nameOf('digitalocean:droplet', name),
    {
      config,
      dropletTemplate: {
        region: args.region,
        size: args.machine,
        image: args.machineImage,
        vpcUuid: args.vpcId,
        publicNetworking: false,
        projectId: args.projectId,
        sshKeys: args.sshKeys,
        tags: [own.tag, ...args.clientTags, ...args.tags],
        withDropletAgent: true, // reports CPU and memory, which the pool scales by
        userData: own.userData,
      },
    },
    options,
  );
}

/** Bytes of plain variables that leave room for the rest of the user data, which may have 64 KiB. */
const ROOM_FOR_VARIABLES = 40 * 1024;

/** Told before anything is made: the document itself waits for what a first `up` makes. */
function roomFault(environment: DropletsArgs['environment']): Fault {
  const lines = Object.entries(environment).map(([name, value]) => `${name}=${typeof value === 'string' ? value : ''}`);
  const size = Buffer.byteLength(lines.join('\n'));
  return must(
    size <= ROOM_FOR_VARIABLES,
    'environment',
    `has ${size} bytes, and a droplet's user data has room for ${ROOM_FOR_VARIABLES}: give it fewer or shorter variables`,
  );
}

export function capacityFaults({ min, max }: { min: number; max: number }): Fault[] {
  return [
    wholeNumber('capacity.min', min, 1, 500),
    wholeNumber('capacity.max', max, 1, 1000),
    must(max >= min, 'capacity.max', `${max} is below capacity.min (${min})`),
  ];
}

export function imageFaults({ image, machine }: Pick<DropletsArgs, 'image' | 'machine'>): Fault[] {
  return [
    must(isImageReference(image), 'image', `"${image}" must be the reference of a container image`),
    must(/^[a-z0-9_]+(-[a-z0-9]+)+$/.test(machine), 'machine', `"${machine}" must look like s-2vcpu-4gb`),
  ];
}

/** Everything that is wrong with keys and variables. */
export function variableFaults({ environment, secrets, pooled, sshKeys }: DropletsArgs): Fault[] {
  const fromPooler = pooled?.databases.map(({ variable }) => variable) ?? [];
  const filled = [...Object.keys(secrets), ...fromPooler];
  return [
    must(sshKeys.length > 0, 'sshKeys', 'none; DigitalOcean wants one in a pool'),
    roomFault(environment),
    ...Object.entries(environment).map(([name, value]) =>
      variableFault('environment', name, typeof value === 'string' ? value : ''),
    ),
    ...Object.keys(secrets).map((name) => variableFault('secrets', name, '')),
    ...fromPooler.map((name) => variableFault('pooled.databases', name, '')),
    ...Object.keys(secrets)
      .filter((name) => name in environment)
      .map((name) => `secrets.${name}: stands in environment too`),
    ...fromPooler
      .filter((name, at) => name in environment || filled.indexOf(name) !== Object.keys(secrets).length + at)
      .map((name) => `pooled.databases.${name}: is filled more than once`),
  ];
}
