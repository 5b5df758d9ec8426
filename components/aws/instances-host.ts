import * as pulumi from '@pulumi/pulumi';
import type { AlertPlan, DocumentDatabasePlan, PanelPlan, Plan, ServicePlan } from '../../plan/types';
import { indexScript } from '../atlas/indexes/script';
import type { Alerts, Connection, IndexJob, Wiring } from '../platform';
import { AlertTopic } from './alerts/alert-topic';
import { ServiceAlarms } from './alerts/service-alarms';
import { ServiceDashboard } from './alerts/service-dashboard';
import { AliasRecord } from './dns/alias-record';
import { IndexRunner } from './index-runner/index-runner';
import { LoadBalancedGroup } from './load-balanced-group/group';
import { machineImage } from './machine-image';
import type { AwsHost, AwsRegion } from './region';

/** Services of a region as scaling groups behind an Application Load Balancer each. */
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
    const { prefix, domain, safety, logs, accounts } = this.plan;
    const group = new LoadBalancedGroup(
      `${prefix}-${plan.name}-${region.code}`,
      {
        region: region.name,
        vpcId: region.network.vpcId,
        publicSubnetIds: region.network.publicSubnetIds,
        privateSubnetIds: region.network.privateSubnetIds,
        image: plan.image,
        port: plan.port,
        machine: plan.machine,
        imageId: machineImage(region.name, plan.machine, accounts.aws.machineImages[region.name], region.provider),
        capacity: plan.capacity,
        healthCheck: plan.healthCheck,
        scaling: plan.scaling,
        rateLimit: plan.rateLimit,
        idleTimeoutSeconds: plan.idleTimeoutSeconds,
        drainSeconds: plan.drainSeconds,
        diskGb: plan.diskGb,
        certificateArn: region.certificates.arn(
          `${prefix}-${plan.name}-certificate-${region.code}`,
          domain.name,
          region.name,
        ),
        environment: { ...plan.environment, AWS_REGION: region.name, ...wiring.environment },
        secrets: Object.fromEntries(
          Object.entries(wiring.secrets).map(([key, secret]) => [key, this.nearby(secret.id)]),
        ),
        bucketArns: wiring.stores.map((store) => pulumi.interpolate`arn:aws:s3:::${store.bucket}`),
        securityGroupIds: [region.clients.id],
        logRetentionDays: logs.retentionDays,
        // A further region comes and goes with the phase, in one `up`; DNS answers from the others meanwhile.
        deletionProtection: safety.deletionProtection && region.home,
        accessLogs: region.accessLogs,
        alarmTopicArn: this.topic.arn,
        tags: region.tags,
      },
      // An instance that starts before there is a way out cannot fetch its image.
      { ...region.options, dependsOn: region.network.internetAccess },
    );
    this.groups.set(plan.name, group);
  }

  entry(service: ServicePlan): void {
    const { prefix, domain, accounts } = this.plan;
    const { hostedZoneId: zoneId } = accounts.aws;
    if (!zoneId) return;
    const { dnsName, zoneId: targetZoneId } = this.groupOf(service.name);
    new AliasRecord(
      `${prefix}-${service.name}-alias-${this.region.code}`,
      {
        zoneId,
        domain: domain.name,
        target: { dnsName, zoneId: targetZoneId },
        region: this.region.name,
        evaluateTargetHealth: true,
      },
      this.region.options,
    );
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
    const { prefix } = this.plan;
    const { region } = this;
    const urls = [...this.groups].map(([name, { loadBalancerSuffix, targetGroupSuffix }]) => {
      const metrics = { region: region.name, loadBalancerSuffix, targetGroupSuffix };
      new ServiceAlarms(
        `${prefix}-${name}-alarms-${region.code}`,
        {
          ...metrics,
          topicArn: this.topic.arn,
          alarms: alerts.filter((alert) => !('service' in alert) || alert.service === name),
          tags: region.tags,
        },
        region.options,
      );
      const panels = dashboard.filter((panel) => panel.service === name);
      return new ServiceDashboard(`${prefix}-${name}-${region.code}`, { ...metrics, panels }, region.options).url;
    });
    return { dashboardUrl: urls[0] };
  }

  private groupOf(service: string): LoadBalancedGroup {
    const group = this.groups.get(service);
    if (!group) throw new Error(`${service} is not served in ${this.region.name}`);
    return group;
  }

  /** The copy of a secret in this region. A replica has its original's ARN with its own region in it. */
  private nearby(arn: pulumi.Output<string>): pulumi.Output<string> {
    const { name } = this.region;
    return arn.apply((id) => id.replace(/^(arn:aws[\w-]*:secretsmanager:)[\w-]+:/, `$1${name}:`));
  }
}
