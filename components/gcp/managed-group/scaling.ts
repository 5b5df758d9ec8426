import * as gcp from '@pulumi/gcp';
import type * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';
import { type CompleteWorkload, portName } from './arguments';

/** Seconds before autohealing looks at a new instance: packages and image come before the first answer. */
const slowestStart = 300;

/**
 * When an instance is made anew: after five minutes without an answer. Slow on purpose, and not the balancer's own check:
 * a health path that asks the database fails everywhere when the database does, and new instances would not help.
 */
export function createHealing(
  name: string,
  { port, path }: { port: number; path: string },
  parent: pulumi.Resource,
): gcp.compute.HealthCheck {
  return new gcp.compute.HealthCheck(
    nameOf('gcp:compute', name, 'healing'),
    {
      checkIntervalSec: 30,
      timeoutSec: 10,
      healthyThreshold: 1,
      unhealthyThreshold: 10,
      httpHealthCheck: { port, requestPath: path },
      logConfig: { enable: true },
    },
    { parent },
  );
}

export interface GroupParts {
  template: gcp.compute.RegionInstanceTemplate;
  healing: gcp.compute.HealthCheck;
  /** Seconds that a new instance has before a failed check counts. */
  graceSeconds: number;
  /** Port that clients are led to; undefined: workers, which answer nobody. */
  port?: number;
}

/** Minutes in which a new instance has its packages and its image, and is seen to answer. */
const waveMinutes = 5;

/**
 * Minutes that a roll through a full group may take. As many go at once as there are zones, and each of them first lets
 * its work end: with long jobs a big group needs hours.
 */
export function rollMinutes({
  zones,
  capacity,
  drainSeconds,
}: Pick<CompleteWorkload, 'zones' | 'capacity' | 'drainSeconds'>): number {
  const waves = Math.ceil(capacity.max / zones.length);
  return Math.max(60, waves * (waveMinutes + Math.ceil(drainSeconds / 60)));
}

/**
 * The instances, spread evenly over the zones. A new template rolls through them: new ones come first, one in each zone,
 * and only then old ones go.
 *
 * @param waitFor what an instance needs before it can start and serve
 */
export function createGroup(
  name: string,
  args: CompleteWorkload,
  parts: GroupParts,
  parent: pulumi.Resource,
  waitFor: pulumi.Input<pulumi.Resource>[],
): gcp.compute.RegionInstanceGroupManager {
  const { region, zones, capacity } = args;
  const { port } = parts;
  return new gcp.compute.RegionInstanceGroupManager(
    nameOf('gcp:compute', name),
    {
      region,
      baseInstanceName: nameOf('gcp:compute', name),
      versions: [{ name: 'current', instanceTemplate: parts.template.selfLink }],
      distributionPolicyZones: zones,
      distributionPolicyTargetShape: 'EVEN',
      targetSize: capacity.desired,
      ...(port !== undefined && { namedPorts: [{ name: portName, port }] }),
      autoHealingPolicies: {
        healthCheck: parts.healing.id,
        initialDelaySec: Math.max(slowestStart, parts.graceSeconds),
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
      // It goes when its instances have: each may end what it does first.
      customTimeouts: {
        create: '20m',
        update: `${rollMinutes(args)}m`,
        delete: `${20 + Math.ceil(args.drainSeconds / 60)}m`,
      },
    },
  );
}

/** One autoscaler for the group's life: a new group gets its own before it serves, and the old one keeps its own until it goes. */
export function createAutoscaler(
  name: string,
  region: string,
  autoscalingPolicy: gcp.types.input.compute.RegionAutoscalerAutoscalingPolicy,
  group: gcp.compute.RegionInstanceGroupManager,
  { parent, dependsOn = [] }: { parent: pulumi.Resource; dependsOn?: pulumi.Resource[] },
): gcp.compute.RegionAutoscaler {
  return new gcp.compute.RegionAutoscaler(
    nameOf('gcp:compute', name),
    { region, target: group.id, autoscalingPolicy },
    { parent, replaceOnChanges: ['target'], dependsOn },
  );
}
