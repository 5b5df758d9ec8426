import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { type Alarm, alarmFaults } from '../../alarms';
import { type Fault, must, refuseFaults } from '../../faults';
import { nameOf } from '../../naming';
import { alarmShape, percentiles, type ServiceAlarm } from './alarm-shapes';
import { createPolicy } from './policy';

export type { Alarm };

export interface ServiceAlarmsArgs {
  /** Id of the project. A change replaces the uptime check. */
  projectId: string;
  /** The name that clients use: where the uptime check asks. A change replaces the check. */
  domain: string;
  /** Answers 200 when the service can serve, e.g. `/health`. */
  healthPath: string;
  /** Name of the balancer's backend service. */
  backend: pulumi.Input<string>;
  /** The label `workload` of the service's instances. */
  workload: string;
  /** Channels that are told. */
  channelIds: pulumi.Input<string>[];
  /** What to watch. Names are unique. */
  alarms: ServiceAlarm[];
  labels?: Record<string, string>;
}

/**
 * Alerts of Cloud Monitoring on what the balancer sees of a service, over all regions:
 * - `error-rate`: percent of requests that ended in a 5xx, for so many minutes;
 * - `latency`: a percentile of the response time in seconds, for so many minutes;
 * - `database-down`: the health path fails from two places of the world at least. It means the database for a service
 *   whose health check answers 503 when the database does not answer. That is a view from outside: the database's own
 *   alert (`DatabaseAlert` of Atlas) is sharper, and this one also goes off when the service is gone for another reason;
 * - `cpu`, `memory`, `disk-free`: averages of the instances and of the fullest disk, in percent, as the Ops Agent on each
 *   reports them.
 *
 * Cost: 0.10 USD a month for each condition and 0.35 per million series that it reads; the uptime check is within the
 * free million executions (6 places × 60 × 730 = 262,800 a month).
 *
 * ```ts
 * new ServiceAlarms('pulse-prod-api-alarms', {
 *   projectId: 'example-project-123', domain: 'api.pulse.example.com', healthPath: '/health',
 *   backend: entry.backend.name, workload: 'pulse-prod-api', channelIds: channels.ids,
 *   alarms: [{ name: 'HighErrorRate', kind: 'error-rate', percent: 5, minutes: 5 }],
 * });
 * ```
 */
export class ServiceAlarms extends pulumi.ComponentResource {
  /** The alerts by name. */
  readonly alarms: Record<string, gcp.monitoring.AlertPolicy>;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: ServiceAlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('ServiceAlarms', name, alarmFaults(args.alarms, percentileFault));
    super('stackladder:gcp:ServiceAlarms', name, {}, opts);
    const watchesDatabase = args.alarms.some(({ kind }) => kind === 'database-down');
    const checkId = watchesDatabase ? this.createCheck(name, args).uptimeCheckId : pulumi.output('');
    this.alarms = Object.fromEntries(
      args.alarms.map((alarm) => [alarm.name, this.createAlarm(name, alarm, checkId, args)]),
    );
    this.registerOutputs({});
  }

  private createCheck(name: string, args: ServiceAlarmsArgs): gcp.monitoring.UptimeCheckConfig {
    const { projectId, domain, healthPath: path, labels } = args;
    return new gcp.monitoring.UptimeCheckConfig(
      nameOf('gcp', name),
      {
        displayName: name,
        monitoredResource: { type: 'uptime_url', labels: { host: domain, project_id: projectId } },
        httpCheck: { path, port: 443, useSsl: true, validateSsl: true },
        period: '60s',
        timeout: '10s',
        userLabels: labels,
      },
      { parent: this },
    );
  }

  private createAlarm(
    name: string,
    alarm: ServiceAlarm,
    checkId: pulumi.Output<string>,
    args: ServiceAlarmsArgs,
  ): gcp.monitoring.AlertPolicy {
    const condition = pulumi
      .all([args.backend, checkId])
      .apply(([backend, id]) => alarmShape(alarm, { backend, checkId: id, workload: args.workload }));
    return createPolicy(name, alarm, condition, args, { parent: this });
  }
}

function percentileFault(path: string, percentile: number): Fault {
  const problem = `${percentile} must be one of ${percentiles.join(', ')}: Cloud Monitoring takes no other`;
  return must(percentiles.includes(percentile), path, problem);
}
