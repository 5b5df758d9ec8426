import * as digitalocean from '@pulumi/digitalocean';
import * as pulumi from '@pulumi/pulumi';
import { refuseFaults, wholeNumber } from '../../faults';
import { nameOf } from '../../naming';
import { percentage } from '../droplet-pool/argument-faults';
import {
  capacityFaults,
  cooldownMinutes,
  createDroplets,
  imageFaults,
  variableFaults,
  type DropletsArgs,
} from '../droplet-pool/droplets';
import { createFirewall } from '../droplet-pool/firewall';
import { userDataOf } from '../droplet-pool/resolved-user-data';

export interface WorkerPoolArgs extends DropletsArgs {
  /** What the container runs instead of its image's own command; empty: the image's own. */
  command: string[];
  /** How many droplets; `desired` where their number is fixed. Changed in place. */
  capacity: { min: number; max: number; desired: number };
  /** Average CPU of the pool that it aims at, in percent, between fewest and most; undefined: the number is fixed. */
  cpuPercent?: number;
  /** Seconds between two steps, 20 minutes at the most. */
  cooldownSeconds: number;
  /** Seconds that a leaving container has to end its jobs, as far as DigitalOcean lets it: it gives a droplet 60. */
  drainSeconds: number;
}

/**
 * Workers in containers on a pool of droplets: no balancer, nobody who connects, a way out alone. DigitalOcean scales
 * pools by CPU and memory, not by what waits in a queue, so the pool follows its CPU. A droplet has 60 seconds to shut
 * down: a job that takes longer goes back to the queue when the pool shrinks. Where none may, fix the number.
 *
 * Something that reads the queue and sets the pool's size is left out on purpose: it would need a token of the account,
 * which opens everything, on a droplet.
 *
 * Cost: droplets × price of the size. Two m-2vcpu-16gb: 2 × 84 = 168 USD a month.
 *
 * ```ts
 * const worker = new WorkerPool('mercenary-prod-celery-nyc3', {
 *   region: 'nyc3', vpcId: network.vpcId, machine: 'm-2vcpu-16gb', image: 'registry.example.com/api:1.4.2',
 *   command: ['celery', '-A', 'app.worker', 'worker'], capacity: { min: 2, max: 5, desired: 2 }, cpuPercent: 50,
 *   cooldownSeconds: 300, drainSeconds: 50, environment: {}, secrets: {}, sshKeys: ['3b:16:…'],
 *   machineImage: 'ubuntu-24-04-x64', clientTags: [clients.name], projectId: project.id, tags: [],
 * });
 * ```
 */
export class WorkerPool extends pulumi.ComponentResource {
  readonly firewall: digitalocean.Firewall;
  readonly pool: digitalocean.DropletAutoscale;
  /** Worn by every droplet of the pool and by nothing else. */
  readonly tag: digitalocean.Tag;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: WorkerPoolArgs, opts?: pulumi.ComponentResourceOptions) {
    const { capacity, cpuPercent } = args;
    refuseFaults('WorkerPool', name, [
      ...imageFaults(args),
      ...capacityFaults(capacity),
      wholeNumber('capacity.desired', capacity.desired, capacity.min, capacity.max),
      cpuPercent === undefined ? undefined : percentage('cpuPercent', cpuPercent),
      wholeNumber('cooldownSeconds', args.cooldownSeconds, 0, 1_200),
      wholeNumber('drainSeconds', args.drainSeconds, 0, 86_400),
      ...variableFaults(args),
    ]);
    super('stackladder:digitalocean:WorkerPool', name, {}, opts);
    this.tag = new digitalocean.Tag(nameOf('digitalocean', name), {}, { parent: this });
    this.firewall = createFirewall({ name, parent: this }, this.tag.name);
    const own = { tag: this.tag.name, userData: userDataOf(args, { command: args.command }) };
    this.pool = createDroplets(name, args, sizeOf(args), own, { parent: this, dependsOn: this.firewall });
    this.registerOutputs({ poolId: this.pool.id });
  }
}

function sizeOf(args: WorkerPoolArgs): digitalocean.types.input.DropletAutoscaleConfig {
  const { capacity, cpuPercent } = args;
  if (cpuPercent === undefined) return { targetNumberInstances: capacity.desired };
  return {
    minInstances: capacity.min,
    maxInstances: capacity.max,
    targetCpuUtilization: cpuPercent / 100,
    cooldownMinutes: cooldownMinutes(args.cooldownSeconds),
  };
}
