import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { ServiceIdentity } from '../service-identity/service-identity';
import { checkManagedGroupArgs } from './argument-faults';
import { complete, type CompleteArgs, type ManagedGroupArgs } from './arguments';
import { identityOf } from './identity';
import { servicePolicy } from './policy';
import { letFrontEndsIn } from './firewall';
import { createAutoscaler, createGroup, createHealing } from './scaling';
import { createTemplate } from './template';

export type { ManagedGroupArgs };

/**
 * A service in a container on a regional managed instance group: instances without public addresses over the zones of a
 * region, made anew when they no longer answer, more and fewer by CPU and memory, or as a guide's rules say. Nothing reaches
 * them but Google's front ends on the service's port; a balancer (`ServiceEntry`) leads there. Where databases are pooled,
 * PgBouncer runs beside the service on each instance.
 *
 * A change of image, machine, variables or disk rolls through the instances in place, new ones first.
 *
 * Cost (us-central1, 730 hours a month, two n1-standard-2 with 20 GiB): instances 2 × 0.0949995 × 730 = 138.70, 30 % less
 * by sustained use, disks 2 × 20 × 0.10 = 4.00: 142.70 USD a month at list price. By use: logs at 0.50 per GiB taken in,
 * the agent's metrics beyond the free 150 MiB.
 *
 * ```ts
 * const api = new ManagedGroup('pulse-prod-api-usc1', {
 *   projectId: 'example-project-123', region: 'us-central1', zones: ['us-central1-a', 'us-central1-b'],
 *   network, regionalNetwork, image: 'us-central1-docker.pkg.dev/example-project-123/pulse/api:1.4.2', port: 8081,
 *   machine: 'n1-standard-2', capacity: { min: 2, max: 10, desired: 2 },
 *   healthCheck: { path: '/health', graceSeconds: 180 }, scaling: { cpuPercent: 70, memoryPercent: 80 },
 *   environment: { PORT: '8081' }, secrets: { MONGO_URL: secret.id },
 * });
 * ```
 */
export class ManagedGroup extends pulumi.ComponentResource {
  readonly group: gcp.compute.RegionInstanceGroupManager;
  readonly template: gcp.compute.RegionInstanceTemplate;
  readonly autoscaler: gcp.compute.RegionAutoscaler;
  readonly identity: ServiceIdentity;
  /** What a balancer has as its backend. */
  readonly instanceGroup: pulumi.Output<string>;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, given: ManagedGroupArgs, opts?: pulumi.ComponentResourceOptions) {
    const args = complete(given);
    checkManagedGroupArgs(name, args);
    super('stackladder:gcp:ManagedGroup', name, {}, opts);
    this.identity = this.createIdentity(name, args);
    const firewall = letFrontEndsIn(name, args, this.identity, this);
    this.template = createTemplate(name, args, this.identity, this);
    const { port, healthCheck, region } = args;
    const { path, graceSeconds } = healthCheck;
    const healing = createHealing(name, { port, path }, this);
    this.group = createGroup(name, args, { template: this.template, healing, graceSeconds, port }, this, [
      firewall,
      ...this.identity.grants,
      ...args.regionalNetwork.internetAccess,
    ]);
    const policy = servicePolicy({ ...args, graceSeconds });
    this.autoscaler = createAutoscaler(name, region, policy, this.group, { parent: this });
    this.instanceGroup = this.group.instanceGroup;
    this.registerOutputs({ instanceGroup: this.instanceGroup, serviceAccount: this.identity.email });
  }

  private createIdentity(name: string, args: CompleteArgs): ServiceIdentity {
    return new ServiceIdentity(name, identityOf(name, args), { parent: this });
  }
}
