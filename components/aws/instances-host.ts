import * as pulumi from '@pulumi/pulumi';
import type {
  AlertPlan,
  DocumentDatabasePlan,
  PanelPlan,
  Plan,
  ScheduledSqlPlan,
  ServicePlan,
  WorkerPlan,
} from '../../plan/types';
import { indexScript } from '../atlas/indexes/script';
import type { Alerts, Connection, IndexJob, RelationalDatabase, Wiring } from '../platform';
import { AlertTopic } from './alerts/alert-topic';
import { AliasRecord } from './dns/alias-record';
import { IndexRunner } from './index-runner/index-runner';
import { instanceWiring, measuredQueues, nearby } from './instance-wiring';
import { openAlerts } from './instances-alerts';
import { LoadBalancedGroup } from './load-balanced-group/group';
import { machineImage } from './machine-image';
import type { AwsHost, AwsRegion } from './region';
import { queueNamespace } from './scaling/queue-metrics';
import { ScheduledSql } from './scheduled-sql/scheduled-sql';
import { WorkerGroup } from './worker-group/group';

/** Services of a region as scaling groups behind an Application Load Balancer each, and workers behind none. */
export class InstancesHost implements AwsHost {
  private readonly topic: AlertTopic;
  private readonly groups = new Map<string, LoadBalancedGroup>();

  constructor(
    private readonly plan: Plan,
    private readonly region: AwsRegion,
  ) {
    const { prefix, alertEmails } = plan;
    this.topic = new AlertTopic(
      `${prefix}-alerts-${region.code}`,
      { region: region.name, emails: alertEmails, tags: region.tags },
      region.options,
    );
  }

  loadBalancedService(plan: ServicePlan, wiring: Wiring): void {
    const { region } = this;
    const { prefix, domain, safety, offHours } = this.plan;
    const group = new LoadBalancedGroup(
      `${prefix}-${plan.name}-${region.code}`,
      {
        ...this.instances(plan, wiring),
        publicSubnetIds: region.network.publicSubnetIds,
        port: plan.port,
        capacity: this.importing ? { ...plan.capacity, steady: false } : plan.capacity,
        healthCheck: plan.healthCheck,
        scaling: plan.scaling,
        scalingRules: plan.scalingRules,
        routing: plan.routing,
        offHours,
        rateLimit: plan.rateLimit,
        idleTimeoutSeconds: plan.idleTimeoutSeconds,
        certificateArn: region.certificates.arn(
          `${prefix}-${plan.name}-certificate-${region.code}`,
          domain.name,
          region.name,
          furtherHosts(plan, domain.name),
        ),
        // A further region comes and goes with the phase, in one `up`; DNS answers from the others meanwhile.
        deletionProtection: safety.deletionProtection && region.home,
        accessLogs: region.accessLogs,
        alarmTopicArn: this.topic.arn,
      },
      // An instance that starts before there is a way out cannot fetch its image.
      { ...region.options, dependsOn: region.network.internetAccess },
    );
    this.groups.set(plan.name, group);
  }

  worker(plan: WorkerPlan, wiring: Wiring): void {
    const { region } = this;
    const { prefix, offHours } = this.plan;
    const namespace = queueNamespace(prefix);
    new WorkerGroup(
      `${prefix}-${plan.name}-${region.code}`,
      {
        ...this.instances(plan, wiring),
        command: plan.command,
        capacity: plan.capacity,
        queue: plan.queue,
        scaling: plan.scaling,
        namespace,
        queues: measuredQueues(wiring, plan.connections, namespace),
        spot: plan.spot,
        offHours,
      },
      { ...region.options, dependsOn: region.network.internetAccess },
    );
  }

  scheduledSql(plan: ScheduledSqlPlan, database: RelationalDatabase, service: ServicePlan): void {
    const { prefix, offHours } = this.plan;
    const { group, role } = this.groupOf(service.name);
    const secretArn = this.nearby(database.primary.secret.id);
    const place = { region: this.region.name, tags: this.region.tags };
    new ScheduledSql(
      `${prefix}-${plan.name}-sql-${this.region.code}`,
      { ...plan, ...place, secretArn, group, role, offHours },
      this.region.options,
    );
  }

  entry(service: ServicePlan): pulumi.Output<string> {
    const { prefix, domain, accounts } = this.plan;
    const { hostedZoneId: zoneId } = accounts.aws;
    const { dnsName, zoneId: targetZoneId } = this.groupOf(service.name);
    if (!zoneId) return dnsName;
    const target = { dnsName, zoneId: targetZoneId };
    const record = (name: string, host: string) =>
      new AliasRecord(
        `${prefix}-${service.name}-${name}-${this.region.code}`,
        { zoneId, domain: host, target, region: this.region.name, evaluateTargetHealth: true },
        this.region.options,
      );
    record('alias', domain.name);
    for (const host of furtherHosts(service, domain.name) ?? []) record(`alias-${host}`, host);
    return dnsName;
  }

  indexJob(database: DocumentDatabasePlan, connection: Connection, service: ServicePlan): IndexJob {
    const runner = new IndexRunner(
      `${this.plan.prefix}-${database.name}-indexes-${this.region.code}`,
      {
        region: this.region.name,
        script: indexScript(database.name, database.indexes),
        secretArn: this.nearby(connection.secret.id),
        targetGroupName: this.groupOf(service.name).group.name,
        tags: this.region.tags,
      },
      this.region.options,
    );
    return { command: runner.command };
  }

  alerts(alerts: AlertPlan[], dashboard: PanelPlan[]): Alerts {
    return openAlerts(this.plan, this.region, this.topic, this.groups, alerts, dashboard);
  }

  /**
   * A database that is being taken over keeps its password until the next update, and the secrets are empty: waiting for
   * services that are well would fail this update, and the next one would never come.
   */
  private get importing(): boolean {
    return this.plan.relationalDatabase?.adopted?.imported === false;
  }

  /** What services and workers have in common. */
  private instances(plan: ServicePlan | WorkerPlan, wiring: Wiring) {
    const { region } = this;
    const { logs, accounts } = this.plan;
    const wired = instanceWiring(wiring, region.name);
    return {
      ...wired,
      watchSecrets: this.plan.relationalDatabase?.rotationDays !== undefined,
      region: region.name,
      vpcId: region.network.vpcId,
      privateSubnetIds: region.network.privateSubnetIds,
      image: plan.image,
      machine: plan.machine,
      imageId: machineImage(region.name, plan.machine, accounts.aws.machineImages[region.name], region.provider),
      drainSeconds: plan.drainSeconds,
      diskGb: plan.diskGb,
      environment: { ...plan.environment, ...wired.environment },
      securityGroupIds: [region.clients.id],
      logRetentionDays: logs.retentionDays,
      tags: region.tags,
    };
  }

  private groupOf(service: string): LoadBalancedGroup {
    const group = this.groups.get(service);
    if (!group) throw new Error(`${service} is not served in ${this.region.name}`);
    return group;
  }

  private nearby(arn: pulumi.Output<string>): pulumi.Output<string> {
    return nearby(arn, this.region.name);
  }
}

/** Hosts of the service's rules below the stack's own name: its zone has them, so they get a record and are on the certificate. */
function furtherHosts({ routing }: ServicePlan, domain: string): string[] | undefined {
  const hosts = routing?.rules.flatMap((rule) => rule.hosts ?? []) ?? [];
  const own = [...new Set(hosts)].filter((host) => /^[a-z0-9.-]+$/.test(host) && host.endsWith(`.${domain}`));
  return own.length > 0 ? own : undefined;
}
