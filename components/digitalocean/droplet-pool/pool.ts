import * as digitalocean from '@pulumi/digitalocean';
import * as pulumi from '@pulumi/pulumi';
import { scheduledSqlPart } from '../../instances/scheduled-sql';
import { nameOf } from '../../naming';
import { checkDropletPoolArgs } from './argument-faults';
import type { DropletPoolArgs } from './arguments';
import { cooldownMinutes, createDroplets } from './droplets';
import { createFirewall } from './firewall';
import { createLoadBalancer } from './load-balancer';
import { queueWatchPart } from './queue-watch';
import { userDataOf } from './resolved-user-data';

export type { DropletPoolArgs } from './arguments';

/**
 * A service in a container on a pool of droplets that scales by itself, behind a load balancer that speaks HTTPS.
 *
 * It creates the balancer with its redirect and health check, the pool whose user data runs the container behind nginx
 * (which keeps the rate limit and the rules that DigitalOcean's balancer has not), beside PgBouncer where asked for, the tag by which both find each other, and the
 * firewall that lets nothing but the balancer in. Droplets have no public address: they leave by the network's NAT
 * gateway. Logs stay in each droplet's journal; DigitalOcean keeps none.
 *
 * A change of image, machine, variables or tags rolls through the droplets: the pool makes new ones, waits the cooldown,
 * and shuts old ones down with 60 seconds of grace. The count is DigitalOcean's own from the first `up`.
 *
 * Cost: two s-2vcpu-4gb 2 × 24 = 48, a balancer of two nodes 2 × 12 = 24: 72 USD a month, and 0.01 per GiB of traffic
 * above what the droplets include.
 *
 * ```ts
 * const api = new DropletPool('pulse-prod-api-nyc3', {
 *   region: 'nyc3', vpcId: network.vpcId, cidr: network.cidr, machine: 's-2vcpu-4gb', port: 8081,
 *   image: 'registry.digitalocean.com/pulse/api:1.4.2', capacity: { min: 2, max: 10 },
 *   healthCheck: {
 *     path: '/health', intervalSeconds: 10, timeoutSeconds: 5, healthyThreshold: 2, unhealthyThreshold: 3,
 *     graceSeconds: 180,
 *   },
 *   scaling: { cpuPercent: 70, memoryPercent: 80 }, idleTimeoutSeconds: 60, drainSeconds: 30, balancerNodes: 2,
 *   environment: {}, secrets: { REDIS_URL: vault.keep('redis-url', cache.url) },
 *   certificateName: certificate.name, sshKeys: ['3b:16:…'], machineImage: 'ubuntu-24-04-x64',
 *   clientTags: [clients.name], projectId: project.id, tags: [],
 * });
 * ```
 */
export class DropletPool extends pulumi.ComponentResource {
  readonly loadBalancer: digitalocean.LoadBalancer;
  readonly firewall: digitalocean.Firewall;
  readonly pool: digitalocean.DropletAutoscale;
  /** Worn by every droplet of the pool and by nothing else. */
  readonly tag: digitalocean.Tag;
  /** Public IPv4 address of the balancer. */
  readonly address: pulumi.Output<string>;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: DropletPoolArgs, opts?: pulumi.ComponentResourceOptions) {
    checkDropletPoolArgs(name, args);
    super('stackladder:digitalocean:DropletPool', name, {}, opts);
    const context = { name, parent: this };
    this.tag = new digitalocean.Tag(nameOf('digitalocean', name), {}, { parent: this });
    this.loadBalancer = createLoadBalancer(context, args, this.tag.name);
    this.firewall = createFirewall(context, this.tag.name, {
      port: args.port,
      balancerId: this.loadBalancer.id,
    });
    this.pool = this.createPool(name, args);
    this.address = this.loadBalancer.ip;
    this.registerOutputs({ address: this.address });
  }

  private createPool(name: string, args: DropletPoolArgs): digitalocean.DropletAutoscale {
    const { capacity, scaling, healthCheck, cooldownSeconds = 0 } = args;
    const config = {
      minInstances: capacity.min,
      maxInstances: capacity.max,
      targetCpuUtilization: scaling.cpuPercent / 100,
      targetMemoryUtilization: scaling.memoryPercent / 100,
      cooldownMinutes: cooldownMinutes(Math.max(healthCheck.graceSeconds, cooldownSeconds)),
    };
    const own = { tag: this.tag.name, userData: documentOf(args) };
    // A droplet that is there before the firewall would be closed by no one.
    return createDroplets(name, args, config, own, { parent: this, dependsOn: this.firewall });
  }
}

function documentOf(args: DropletPoolArgs): pulumi.Output<string> {
  const { port, cidr, healthCheck, rateLimit, routes, idleTimeoutSeconds, scheduledSql, queues } = args;
  return userDataOf(args, {
    proxy: {
      port,
      balancerCidr: cidr,
      healthPath: healthCheck.path,
      rateLimit,
      routes,
      queues: queues?.watches,
      idleTimeoutSeconds,
    },
    parts: [
      ...(scheduledSql ? [scheduledSqlPart(scheduledSql)] : []),
      ...(queues ? [queueWatchPart(queues.variable, queues.watches)] : []),
    ],
  });
}
