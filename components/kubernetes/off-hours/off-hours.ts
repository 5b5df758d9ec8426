import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import type { OffHoursPlan } from '../../../plan/types';
import { type Fault, must, noTwice, refuseFaults } from '../../faults';
import { nameOf } from '../../naming';
import { API_PORTS, apiAccess } from '../api-access';
import { type Identity, metadataOf, podLabelsOf } from '../labels';
import { letThrough } from '../let-through';
import { toAnywhere, toDns } from '../network-policies';
import { containerSecurity, podSecurity } from '../pod-security';
import { pinnedImage } from '../workload/arguments';
import { schedulesOf } from './schedules';

export interface OffHoursArgs {
  /** What it is called, and the stack that it belongs to. */
  identity: Identity;
  namespace: pulumi.Input<string>;
  /** When there is work. */
  hours: OffHoursPlan;
  /** Names of the Deployments that rest. Each has an autoscaler, which brings its pods back to the fewest. */
  deployments: string[];
  /** Image with kubectl in it. Default: Kubernetes' own, 1.34.1. */
  image?: string;
}

const DEFAULT_IMAGE = 'registry.k8s.io/kubectl:v1.34.1';
/** Seconds in which a missed beginning is made up for: the control plane may be away for a while. */
const STILL_IN_TIME = 3_600;

/**
 * Takes the pods of a system away when nobody works, and brings them back. An autoscaler rests while there is no pod,
 * so nothing pulls against it; one pod is enough to wake it, and it makes up to its fewest within seconds. Stores stay
 * as they are. Where nodes come and go by themselves they follow the pods, and that is what is saved.
 *
 * May scale these Deployments, and nothing else.
 *
 * Cost: two pods a day for some seconds. Saves, from 20:00 to 7:00 and at weekends, 113 of the week's 168 hours: two
 * thirds of what nodes of services cost.
 *
 * ```ts
 * new OffHours('sv-sdk-dev-off-hours', {
 *   identity: { name: 'off-hours', instance: 'sv-sdk-dev' }, namespace: namespace.name, deployments: ['app', 'email'],
 *   hours: { timezone: 'Europe/Berlin', from: '07:00', to: '20:00', days: [1, 2, 3, 4, 5] },
 * });
 * ```
 */
export class OffHours extends pulumi.ComponentResource {
  readonly rest: k8s.batch.v1.CronJob;
  readonly wake: k8s.batch.v1.CronJob;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: OffHoursArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('OffHours', name, faultsOf(args));
    super('stackladder:kubernetes:OffHours', name, {}, opts);
    const ready = [this.networkPolicy(name, args), ...this.allow(name, args)];
    const { timeZone, rest, wake } = schedulesOf(args.hours);
    this.rest = this.job(name, args, { word: 'rest', timeZone, schedule: rest, replicas: 0 }, ready);
    this.wake = this.job(name, args, { word: 'wake', timeZone, schedule: wake, replicas: 1 }, ready);
    this.registerOutputs({});
  }

  private networkPolicy(name: string, args: OffHoursArgs): pulumi.Resource {
    return letThrough(name, args, { egress: [toDns, toAnywhere(...API_PORTS)] }, { parent: this });
  }

  /** To look at these Deployments, and to say how many pods they have. */
  private allow(name: string, args: OffHoursArgs): pulumi.Resource[] {
    const metadata = metadataOf(args);
    const { identity, namespace, deployments: resourceNames } = args;
    const apiGroups = ['apps'];
    const account = new k8s.core.v1.ServiceAccount(
      nameOf('kubernetes', name),
      { metadata, automountServiceAccountToken: false },
      { parent: this },
    );
    const role = new k8s.rbac.v1.Role(
      nameOf('kubernetes', name),
      {
        metadata,
        rules: [
          { apiGroups, resources: ['deployments'], resourceNames, verbs: ['get'] },
          { apiGroups, resources: ['deployments/scale'], resourceNames, verbs: ['get', 'patch', 'update'] },
        ],
      },
      { parent: this },
    );
    const binding = new k8s.rbac.v1.RoleBinding(
      nameOf('kubernetes', name),
      {
        metadata,
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: role.metadata.name },
        subjects: [{ kind: 'ServiceAccount', name: identity.name, namespace }],
      },
      { parent: this },
    );
    return [account, binding];
  }

  private job(
    name: string,
    args: OffHoursArgs,
    turn: { word: string; timeZone: string; schedule: string; replicas: number },
    dependsOn: pulumi.Resource[],
  ): k8s.batch.v1.CronJob {
    const size = { cpu: '50m', memory: '64Mi', 'ephemeral-storage': '64Mi' };
    return new k8s.batch.v1.CronJob(
      nameOf('kubernetes', name, turn.word),
      {
        metadata: { ...metadataOf(args), name: nameOf('kubernetes', args.identity.name, turn.word) },
        spec: {
          schedule: turn.schedule,
          timeZone: turn.timeZone,
          concurrencyPolicy: 'Forbid',
          startingDeadlineSeconds: STILL_IN_TIME,
          successfulJobsHistoryLimit: 1,
          failedJobsHistoryLimit: 3,
          jobTemplate: {
            spec: {
              backoffLimit: 5,
              activeDeadlineSeconds: 600,
              template: {
                metadata: { labels: podLabelsOf(args.identity) },
                spec: {
                  restartPolicy: 'Never',
                  serviceAccountName: args.identity.name,
                  automountServiceAccountToken: false,
                  enableServiceLinks: false,
                  securityContext: podSecurity,
                  containers: [
                    {
                      name: 'kubectl',
                      image: args.image ?? DEFAULT_IMAGE,
                      imagePullPolicy: 'Always',
                      command: ['/bin/kubectl'],
                      args: scaleWords(args.deployments, turn.replicas),
                      resources: { requests: size, limits: { ...size, cpu: '200m', memory: '128Mi' } },
                      securityContext: containerSecurity,
                      volumeMounts: [apiAccess.mount, { name: 'tmp', mountPath: '/tmp' }],
                      env: [{ name: 'HOME', value: '/tmp' }],
                    },
                  ],
                  volumes: [apiAccess.volume, { name: 'tmp', emptyDir: { sizeLimit: '16Mi' } }],
                },
              },
            },
          },
        },
      },
      { parent: this, dependsOn },
    );
  }
}

/** The words behind `kubectl`. */
export function scaleWords(deployments: string[], replicas: number): string[] {
  return ['scale', `--replicas=${replicas}`, ...deployments.map((deployment) => `deployment/${deployment}`)];
}

const time = /^([01]\d|2[0-3]):[0-5]\d$/;

function faultsOf({ hours, deployments, image }: OffHoursArgs): Fault[] {
  const { timezone, from, to, days } = hours;
  return [
    pinnedImage('image', image ?? DEFAULT_IMAGE),
    must(deployments.length > 0, 'deployments', 'there is nothing that rests'),
    ...noTwice('deployments', deployments),
    must(isTimeZone(timezone), 'hours.timezone', `"${timezone}" is no name of the time zone database`),
    must(time.test(from), 'hours.from', `"${from}" must look like 07:00`),
    must(time.test(to), 'hours.to', `"${to}" must look like 20:00`),
    must(from < to, 'hours.to', `${to} must come after ${from}: work ends on the day that it begins`),
    must(days.length > 0, 'hours.days', 'name a day of work at least'),
    ...days.map((day, at) =>
      must(
        Number.isInteger(day) && day >= 1 && day <= 7,
        `hours.days[${at}]`,
        `${day} must be 1 (Monday) to 7 (Sunday)`,
      ),
    ),
  ];
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
