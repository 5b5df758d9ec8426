import * as gcp from '@pulumi/gcp';
import type * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';
import { type CompleteArgs, portName } from './arguments';

/** Of the ranges that Google checks health from and that its balancers' requests come from (Cloud Load Balancing). */
export const googleFrontEnds = ['130.211.0.0/22', '35.191.0.0/16'];

/** Seconds before autohealing looks at a new instance: packages and image come before the first answer. */
const slowestStart = 300;

/**
 * When an instance is made anew: after five minutes without an answer. Slow on purpose, and not the balancer's own check:
 * a health path that asks the database fails everywhere when the database does, and new instances would not help.
 */
export function createHealing(
  name: string,
  { port, healthCheck }: CompleteArgs,
  parent: pulumi.Resource,
): gcp.compute.HealthCheck {
  return new gcp.compute.HealthCheck(
    nameOf('gcp:compute', name, 'healing'),
    {
      checkIntervalSec: 30,
      timeoutSec: 10,
      healthyThreshold: 1,
      unhealthyThreshold: 10,
      httpHealthCheck: { port, requestPath: healthCheck.path },
      logConfig: { enable: true },
    },
    { parent },
  );
}

/**
 * The instances, spread evenly over the zones. A new template rolls through them: new ones come first, one in each zone,
 * and only then old ones go.
 *
 * @param waitFor what an instance needs before it can start and serve
 */
export function createGroup(
  name: string,
  args: CompleteArgs,
  parts: { template: gcp.compute.RegionInstanceTemplate; healing: gcp.compute.HealthCheck },
  parent: pulumi.Resource,
  waitFor: pulumi.Input<pulumi.Resource>[],
): gcp.compute.RegionInstanceGroupManager {
  const { region, zones, capacity, healthCheck, port } = args;
  return new gcp.compute.RegionInstanceGroupManager(
    nameOf('gcp:compute', name),
    {
      region,
      baseInstanceName: nameOf('gcp:compute', name),
      versions: [{ name: 'current', instanceTemplate: parts.template.selfLink }],
      distributionPolicyZones: zones,
      distributionPolicyTargetShape: 'EVEN',
      targetSize: capacity.desired,
      namedPorts: [{ name: portName, port }],
      autoHealingPolicies: {
        healthCheck: parts.healing.id,
        initialDelaySec: Math.max(slowestStart, healthCheck.graceSeconds),
      },
      updatePolicy: {
        type: 'PROACTIVE',
        minimalAction: 'REPLACE',
        mostDisruptiveAllowedAction: 'REPLACE',
        replacementMethod: 'SUBSTITUTE',
        instanceRedistributionType: 'PROACTIVE',
        maxSurgeFixed: zones.length, // Google takes as many as zones, or none
        maxUnavailableFixed: 0,
      },
      instanceLifecyclePolicy: { forceUpdateOnRepair: 'YES', defaultActionOnFailure: 'REPAIR' },
      // An update that never gets its instances up fails, instead of passing with a dead group.
      waitForInstances: true,
      waitForInstancesStatus: 'UPDATED',
    },
    {
      parent,
      ignoreChanges: ['targetSize'],
      dependsOn: waitFor,
      customTimeouts: { create: '20m', update: '60m', delete: '20m' },
    },
  );
}

/**
 * How many instances: the larger of what CPU and memory ask for. Compute Engine knows nothing of memory; the Ops Agent
 * on each instance reports it.
 */
export function createAutoscaler(
  name: string,
  { region, capacity, scaling, healthCheck }: CompleteArgs,
  group: gcp.compute.RegionInstanceGroupManager,
  parent: pulumi.Resource,
): gcp.compute.RegionAutoscaler {
  return new gcp.compute.RegionAutoscaler(
    nameOf('gcp:compute', name),
    {
      region,
      target: group.id,
      autoscalingPolicy: {
        mode: 'ON',
        minReplicas: capacity.min,
        maxReplicas: capacity.max,
        cooldownPeriod: healthCheck.graceSeconds,
        cpuUtilization: { target: scaling.cpuPercent / 100 },
        metrics: [
          {
            name: 'agent.googleapis.com/memory/percent_used',
            type: 'GAUGE',
            target: scaling.memoryPercent,
            filter: 'resource.type = "gce_instance" AND metric.labels.state = "used"',
          },
        ],
        // Out at once, in one by one, by the most that the last ten minutes needed.
        scaleInControl: { timeWindowSec: 600, maxScaledInReplicas: { fixed: 1 } },
      },
    },
    // One group's for life: a new group gets its own before it serves, and the old one keeps its own until it goes.
    { parent, replaceOnChanges: ['target'] },
  );
}
