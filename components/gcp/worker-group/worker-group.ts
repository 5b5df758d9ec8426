import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { refuseFaults } from '../../faults';
import { queueDepthPart } from '../../instances/queue-depth';
import { configurationFolder } from '../../instances/service-unit';
import { complete } from '../managed-group/arguments';
import { identityOf } from '../managed-group/identity';
import { workerPolicy } from '../managed-group/policy';
import { letFrontEndsIn } from '../managed-group/firewall';
import { createAutoscaler, createGroup, createHealing } from '../managed-group/scaling';
import { createTemplate, type TemplateParts } from '../managed-group/template';
import { publishPoint, queueSeries } from '../queue-metrics/series';
import { ServiceIdentity } from '../service-identity/service-identity';
import { type CompleteWorkerArgs, workerFaults, type WorkerGroupArgs } from './arguments';
import { alivePart, alivePort } from './alive';
import { drainPart, shutdownMargin } from './drain';

export type { WorkerGroupArgs };

/** Seconds in which a new worker has its packages and its image; until then its load says nothing. */
const START_SECONDS = 120;

/**
 * Workers in containers on a regional managed instance group that nothing leads clients to: more and fewer by what waits
 * in their queue, which a timer on the instances measures and writes to Cloud Monitoring once a minute. Nothing reaches
 * them but Google's health checks, which ask whether the container runs.
 *
 * A running job is let end: an instance that is to go is shut down gracefully and switches off when its container is done,
 * when the group shrinks as well as when a change rolls through it, new instances first. Spot capacity is taken back with
 * 30 seconds of notice, whatever the drain time says.
 *
 * Cost (us-central1, two n2-highmem-2 for 730 hours): 2 × 0.131 × 730 = 191.26 USD a month, on spot capacity some 70 % less
 * at a price that changes; disks 2 × 30 × 0.10 = 6.00.
 *
 * ```ts
 * const celery = new WorkerGroup('shop-prod-celery-usc1', {
 *   projectId: 'example-project-123', region: 'us-central1', zones: ['us-central1-a', 'us-central1-b'],
 *   network, regionalNetwork, prefix: 'shop-prod', metrics, image: 'ghcr.io/shop/api:1.4.2', command: ['celery', 'worker'],
 *   machine: 'n2-highmem-2', capacity: { min: 2, max: 10, desired: 2 },
 *   queues: [{ name: 'celery', key: 'celery', library: 'celery' }], queue: 'celery', brokerVariable: 'BROKER_URL',
 *   scaling: { kind: 'target', jobs: 100, cooldownSeconds: 300 }, spot: true, drainSeconds: 600,
 *   secrets: { BROKER_URL: broker.secret.id },
 * });
 * ```
 */
export class WorkerGroup extends pulumi.ComponentResource {
  readonly group: gcp.compute.RegionInstanceGroupManager;
  readonly template: gcp.compute.RegionInstanceTemplate;
  readonly autoscaler: gcp.compute.RegionAutoscaler;
  readonly identity: ServiceIdentity;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, given: WorkerGroupArgs, opts?: pulumi.ComponentResourceOptions) {
    const args: CompleteWorkerArgs = complete(given);
    refuseFaults('WorkerGroup', name, workerFaults(args));
    super('stackladder:gcp:WorkerGroup', name, {}, opts);
    this.identity = new ServiceIdentity(name, identityOf(name, args), { parent: this });
    this.template = createTemplate(name, args, this.identity, this, partsOf(args));
    const firewall = letFrontEndsIn(name, { network: args.network, port: alivePort }, this.identity, this);
    const healing = createHealing(name, { port: alivePort, path: '/' }, this);
    this.group = createGroup(name, args, { template: this.template, healing, graceSeconds: START_SECONDS }, this, [
      firewall,
      ...this.identity.grants,
      ...args.regionalNetwork.internetAccess,
    ]);
    const { capacity, offHours, scaling, region, queue, metrics } = args;
    const policy = workerPolicy(scaling, queueSeries(args, queue), { capacity, offHours, graceSeconds: START_SECONDS });
    const options = { parent: this, dependsOn: [metrics.depth, metrics.wait] };
    this.autoscaler = createAutoscaler(name, region, policy, this.group, options);
    this.registerOutputs({ serviceAccount: this.identity.email });
  }
}

function partsOf(args: CompleteWorkerArgs): TemplateParts {
  const { spot, drainSeconds, queues, brokerVariable } = args;
  const measuring = queueDepthPart({
    queues,
    variable: brokerVariable,
    publish: publishPoint(args),
    trust: `${configurationFolder}/trusted.pem`,
  });
  if (spot) return { scheduling: spare, parts: [measuring, alivePart()] };
  return {
    scheduling: {
      automaticRestart: true,
      onHostMaintenance: 'MIGRATE',
      gracefulShutdown: { enabled: true, maxDuration: { seconds: drainSeconds + shutdownMargin } },
    },
    parts: [measuring, alivePart(), drainPart(drainSeconds)],
  };
}

/** What Google takes back when it needs it; the group makes another one when there is room again. */
const spare: NonNullable<TemplateParts['scheduling']> = {
  provisioningModel: 'SPOT',
  preemptible: true,
  automaticRestart: false,
  onHostMaintenance: 'TERMINATE',
  instanceTerminationAction: 'DELETE',
};
