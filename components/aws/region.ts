import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type {
  AlertPlan,
  CachePlan,
  DocumentDatabasePlan,
  PanelPlan,
  Plan,
  RegionPlan,
  ServicePlan,
} from '../../plan/types';
import { indexScript } from '../atlas/indexes/script';
import { nameOf } from '../naming';
import type { Alerts, Cache, Connection, IndexJob, LoadBalancedService, Region, Wiring } from '../platform';
import { AccessLogBucket } from './access-logs/access-log-bucket';
import { AlertTopic } from './alerts/alert-topic';
import { ServiceAlarms } from './alerts/service-alarms';
import { ServiceDashboard } from './alerts/service-dashboard';
import { CacheReplicationGroup } from './cache/replication-group';
import { AliasRecord } from './dns/alias-record';
import type { Certificates } from './dns/certificates';
import { IndexRunner } from './index-runner/index-runner';
import { LoadBalancedGroup } from './load-balanced-group/group';
import { machineImage } from './machine-image';
import { Network } from './network/network';

/** A service on AWS keeps its scaling group at hand for alarms. */
interface AwsService extends LoadBalancedService {
  group: LoadBalancedGroup;
}

/** One AWS region of a plan: a network, and what is made inside it. */
export class AwsRegion implements Region {
  readonly name: string;
  readonly code: string;
  readonly network: Network;
  /** Worn by every service instance; stores let this group in and nobody else. */
  readonly clients: aws.ec2.SecurityGroup;
  private readonly options: pulumi.ComponentResourceOptions;
  private readonly home: boolean;
  /** The stack's tags, and whether the region is home: the policies are stricter there. */
  private readonly tags: Record<string, string>;
  private readonly accessLogs: AccessLogBucket;
  private readonly topic?: AlertTopic;
  private readonly services: Record<string, AwsService> = {};

  constructor(
    private readonly plan: Plan,
    region: RegionPlan,
    private readonly provider: aws.Provider,
    private readonly certificates: Certificates,
  ) {
    this.options = { providers: [provider] };
    this.name = region.name;
    this.code = region.code;
    const { prefix, network, logs, alertEmails } = plan;
    const tags = { ...plan.tags, RegionRole: region.home ? 'home' : 'further' };
    this.tags = tags;
    this.home = region.home;
    this.network = new Network(
      `${prefix}-network-${region.code}`,
      { region: region.name, zones: region.zones, cidr: region.cidr, existing: region.existing, ...network, tags },
      this.options,
    );
    this.clients = new aws.ec2.SecurityGroup(
      nameOf('aws:ec2/securityGroup', prefix, 'clients', region.code),
      {
        region: region.name,
        vpcId: this.network.vpcId,
        description: 'Worn by the instances of services; stores let this group in',
        tags,
      },
      { parent: this.network },
    );
    // Kept with the stores: a region that no longer serves keeps the logs of when it did.
    this.accessLogs = new AccessLogBucket(
      `${prefix}-access-logs-${region.code}`,
      {
        region: region.name,
        accountId: this.clients.ownerId,
        retentionDays: logs.retentionDays,
        keep: plan.safety.protectStores,
        tags,
      },
      this.options,
    );
    if (region.serves)
      this.topic = new AlertTopic(
        `${prefix}-alerts-${region.code}`,
        { region: region.name, emails: alertEmails, tags },
        this.options,
      );
  }

  cache(plan: CachePlan): Cache {
    const { tags } = this;
    const { prefix, safety } = this.plan;
    const cache = new CacheReplicationGroup(
      `${prefix}-cache-${this.code}`,
      {
        region: this.name,
        vpcId: this.network.vpcId,
        subnetIds: this.network.dataSubnetIds,
        clientSecurityGroupIds: { services: this.clients.id },
        ...plan,
        finalSnapshot: safety.finalSnapshot,
        recoveryDays: safety.secretRecoveryDays,
        protect: safety.protectStores,
        tags,
      },
      this.options,
    );
    return { connection: { host: cache.host, port: plan.port, secret: { id: cache.secretArn } } };
  }

  loadBalancedService(plan: ServicePlan, wiring: Wiring): LoadBalancedService {
    const { tags } = this;
    const { prefix, domain, safety, logs } = this.plan;
    const group = new LoadBalancedGroup(
      `${prefix}-${plan.name}-${this.code}`,
      {
        region: this.name,
        vpcId: this.network.vpcId,
        publicSubnetIds: this.network.publicSubnetIds,
        privateSubnetIds: this.network.privateSubnetIds,
        image: plan.image,
        port: plan.port,
        machine: plan.machine,
        imageId: machineImage(this.name, plan.machine, this.plan.machineImages[this.name], this.provider),
        capacity: plan.capacity,
        healthCheck: plan.healthCheck,
        scaling: plan.scaling,
        rateLimit: plan.rateLimit,
        idleTimeoutSeconds: plan.idleTimeoutSeconds,
        drainSeconds: plan.drainSeconds,
        diskGb: plan.diskGb,
        certificateArn: this.certificates.arn(
          `${prefix}-${plan.name}-certificate-${this.code}`,
          domain.name,
          this.name,
        ),
        environment: { ...plan.environment, AWS_REGION: this.name, ...wiring.environment },
        secrets: Object.fromEntries(
          Object.entries(wiring.secrets).map(([key, secret]) => [key, this.nearby(secret.id)]),
        ),
        bucketArns: wiring.stores.map((store) => pulumi.interpolate`arn:aws:s3:::${store.bucket}`),
        securityGroupIds: [this.clients.id],
        logRetentionDays: logs.retentionDays,
        // A further region comes and goes with the phase, in one `up`; DNS answers from the others meanwhile.
        deletionProtection: safety.deletionProtection && this.home,
        accessLogs: this.accessLogs,
        alarmTopicArn: this.topic?.arn,
        tags,
      },
      // An instance that starts before there is a way out cannot fetch its image.
      { ...this.options, dependsOn: this.network.internetAccess },
    );
    if (domain.zoneId) {
      new AliasRecord(
        `${prefix}-${plan.name}-alias-${this.code}`,
        {
          zoneId: domain.zoneId,
          domain: domain.name,
          target: { dnsName: group.dnsName, zoneId: group.zoneId },
          region: this.name,
          evaluateTargetHealth: true,
        },
        this.options,
      );
    }
    const service = { url: pulumi.output(`https://${domain.name}`), group };
    this.services[plan.name] = service;
    return service;
  }

  indexJob(database: DocumentDatabasePlan, connection: Connection, service: LoadBalancedService): IndexJob {
    const { tags } = this;
    const { prefix } = this.plan;
    const runner = new IndexRunner(
      `${prefix}-${database.name}-indexes-${this.code}`,
      {
        region: this.name,
        script: indexScript(database.name, database.indexes),
        secretArn: this.nearby(connection.secret.id),
        targetGroupName: this.groupOf(service).group.name,
        tags,
      },
      this.options,
    );
    return { command: runner.command };
  }

  alerts(alerts: AlertPlan[], dashboard: PanelPlan[], services: Record<string, LoadBalancedService>): Alerts {
    const { tags } = this;
    const { prefix } = this.plan;
    const urls = Object.entries(services).map(([name, service]) => {
      const { loadBalancerSuffix, targetGroupSuffix } = this.groupOf(service);
      const metrics = { region: this.name, loadBalancerSuffix, targetGroupSuffix };
      new ServiceAlarms(
        `${prefix}-${name}-alarms-${this.code}`,
        {
          ...metrics,
          topicArn: this.topic!.arn,
          alarms: alerts.filter((alert) => !('service' in alert) || alert.service === name),
          tags,
        },
        this.options,
      );
      const panels = dashboard.filter((panel) => panel.service === name);
      return new ServiceDashboard(`${prefix}-${name}-${this.code}`, { ...metrics, panels }, this.options).url;
    });
    return { dashboardUrl: urls[0]! };
  }

  private groupOf(service: LoadBalancedService): LoadBalancedGroup {
    const own = Object.values(this.services).find((candidate) => candidate === service);
    if (!own) throw new Error(`a service of another region was given to ${this.name}`);
    return own.group;
  }

  /** The copy of a secret in this region. A replica has its original's ARN with its own region in it. */
  private nearby(arn: pulumi.Output<string>): pulumi.Output<string> {
    return arn.apply((id) => id.replace(/^(arn:aws[\w-]*:secretsmanager:)[\w-]+:/, `$1${this.name}:`));
  }
}
