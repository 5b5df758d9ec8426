import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type {
  AlertPlan,
  ClusterPlan,
  DocumentDatabasePlan,
  PanelPlan,
  Plan,
  RegionPlan,
  ScheduledSqlPlan,
  ServicePlan,
  WorkerPlan,
} from '../../../plan/types';
import { alarmsOf } from '../../alarms';
import { autoscalerAccount, controllerAccount } from '../../kubernetes/cluster-addons/add-ons';
import { certManagerAccount, plannedIssuer, type Issuer } from '../../kubernetes/cluster-addons/cert-manager';
import { letOutToStores } from '../../kubernetes/cluster-addons/store-access';
import { KubernetesHost, namespaceOf, openNamespace, serviceAccountOf } from '../../kubernetes/host';
import type { ClusterSurroundings, EdgeSurroundings } from '../../kubernetes/surroundings';
import { withIssuer } from '../../kubernetes/cluster-addons/issuing';
import { equipCluster, type EquippedCluster } from '../../kubernetes/cluster-addons/providers';
import type { Alerts, ConfigurationSecrets, Connection, IndexJob, RelationalDatabase, Wiring } from '../../platform';
import { splitRanges } from '../../private-ranges';
import { AlertTopic } from '../alerts/alert-topic';
import { StoreAlarms } from '../alerts/store-alarms';
import { watchedKinds } from '../alerts/store-shapes';
import { AliasRecord } from '../dns/alias-record';
import type { Network } from '../network/network';
import { rangeOf } from '../network/subnets';
import type { AwsHost, AwsRegion } from '../region';
import { EksCluster, type Granted } from './cluster';
import { autoscalerPolicy, bucketPolicy, domainProofPolicy, loadBalancerPolicy } from './policies';

/** GiB of a node's disk: the system's and the services' images, with their logs. */
const NODE_DISK = 50;

/** Where pods fetch the credentials of EKS Pod Identity: an address that each node answers by itself. */
const podIdentityEndpoint = { cidr: '169.254.170.23/32', port: 80 };

/**
 * Has the load-balancer controller keep a new replica of the edge from being ready until the balancer sends it clients.
 * A network balancer takes a minute or two for that: without it a rollout would be over, and nobody there to answer.
 */
const readinessGates = { 'elbv2.k8s.aws/pod-readiness-gate-inject': 'enabled' };

/** Seconds for which a network balancer still sends connections to an address that was taken out (up to three minutes). */
const DEREGISTRATION = 180;

/** Services of a region as pods on EKS, behind an nginx edge and a network balancer. Stores stay beside it. */
export class EksHost implements AwsHost {
  private readonly cluster: EksCluster;
  private readonly pods: KubernetesHost;
  private readonly grants = new Map<string, Granted>();

  constructor(
    private readonly plan: Plan,
    regionPlan: RegionPlan,
    private readonly region: AwsRegion,
    secrets: ConfigurationSecrets,
  ) {
    const name = `${plan.prefix}-eks-${region.code}`;
    this.cluster = this.openCluster(name);
    const roles = this.grantRoles();
    const { provider, addOns } = this.equip(name, roles);
    const options = { providers: [provider], dependsOn: addOns.ready };
    const namespace = openNamespace(plan, regionPlan, name, secrets, { labels: readinessGates }, options);
    const elsewhere = plan.regions.filter(({ code }) => code !== region.code).map(({ cidr }) => rangeOf(cidr, 'data'));
    const stores = { namespace: namespace.name, cidrs: [storeRange(region.network), ...elsewhere] };
    letOutToStores(name, plan, stores, { provider, dependsOn: addOns.ready });
    const surroundings: ClusterSurroundings = {
      name,
      provider,
      ready: addOns.ready,
      namespace,
      edge: this.balancer(),
      environment: { AWS_REGION: region.name },
      credentialEndpoints: [podIdentityEndpoint],
    };
    this.pods = new KubernetesHost(withIssuer(plan, this.issuer()), regionPlan, secrets, surroundings);
  }

  loadBalancedService(service: ServicePlan, wiring: Wiring): void {
    this.letUseBuckets(service.name, wiring);
    this.pods.loadBalancedService(service, wiring);
  }

  worker(worker: WorkerPlan, wiring: Wiring): void {
    this.letUseBuckets(worker.name, wiring);
    this.pods.worker(worker, wiring);
  }

  scheduledSql(plan: ScheduledSqlPlan, database: RelationalDatabase): void {
    this.pods.scheduledSql(plan, database);
  }

  entry(service: ServicePlan): pulumi.Output<string> {
    const { plan, region } = this;
    const { hostedZoneId: zoneId } = plan.accounts.aws;
    const dnsName = this.pods.edgeAddress(service).apply(({ hostname }) => hostname ?? '');
    if (!zoneId) return dnsName;
    new AliasRecord(
      // The name that instances' record has: a change of compute moves the record and never takes it away.
      `${plan.prefix}-${service.name}-alias-${region.code}`,
      {
        zoneId,
        domain: plan.domain.name,
        target: { dnsName, zoneId: networkBalancerZone(region) },
        region: region.name,
        evaluateTargetHealth: true,
      },
      region.options,
    );
    return dnsName;
  }

  indexJob(database: DocumentDatabasePlan, connection: Connection, service: ServicePlan): IndexJob {
    return this.pods.indexJob(database, connection, service);
  }

  /** Stores are CloudWatch's to watch; pods, and queues that pods measure, are Prometheus's. */
  alerts(alerts: AlertPlan[], dashboard: PanelPlan[]): Alerts {
    const { region } = this;
    const { prefix, alertEmails: emails } = this.plan;
    const ofStores = alarmsOf(alerts, watchedKinds);
    if (ofStores.length > 0 && region.stores.length > 0) {
      const { tags } = region;
      const at = { region: region.name, tags };
      const topic = new AlertTopic(`${prefix}-alerts-${region.code}`, { ...at, emails }, region.options);
      const name = `${prefix}-store-alarms-${region.code}`;
      new StoreAlarms(name, { ...at, topicArn: topic.arn, stores: region.stores, alarms: ofStores }, region.options);
    }
    return this.pods.alerts(
      alerts.filter((alert) => !ofStores.some(({ name }) => name === alert.name)),
      dashboard,
    );
  }

  private letUseBuckets(name: string, wiring: Wiring): void {
    const granted = this.grants.get(name);
    const arns = wiring.stores.map((store) => pulumi.interpolate`arn:aws:s3:::${store.bucket}`);
    if (!granted || arns.length === 0) return;
    const policy = pulumi.all(arns).apply((list) => JSON.stringify(bucketPolicy(list)));
    this.cluster.allow(`${name}-buckets`, granted, policy);
  }

  private openCluster(name: string): EksCluster {
    const { region, plan } = this;
    const { logs, accounts } = plan;
    const { version, nodes } = this.planned();
    const { within, outside } = splitRanges(accounts.aws.controlPlaneCidrs);
    // EKS lets in nobody but nodes of its own accord: not even a runner that stands in the network.
    const privateAccessCidrs = [...new Set([region.network.cidr, ...within])];
    return new EksCluster(
      name,
      {
        region: region.name,
        vpcId: region.network.vpcId,
        subnetIds: region.network.privateSubnetIds,
        version,
        publicAccessCidrs: outside,
        privateAccessCidrs,
        adminArns: accounts.aws.clusterAdmins,
        profile: region.provider.profile,
        nodes: {
          machine: nodes.machine,
          start: nodes.min,
          diskGb: NODE_DISK,
          securityGroupIds: [region.clients.id],
        },
        logRetentionDays: logs.retentionDays,
        tags: region.tags,
      },
      { ...region.options, dependsOn: region.network.internetAccess },
    );
  }

  private planned(): ClusterPlan {
    const { cluster, prefix } = this.plan;
    if (!cluster) throw new Error(`${prefix} is planned without a cluster`);
    return cluster;
  }

  /** Roles of pods, which must be bound before the pods start. What buckets a service has is known only later. */
  private grantRoles(): pulumi.Resource[] {
    const { cluster, plan } = this;
    const { hostedZoneId } = plan.accounts.aws;
    const { clusterName } = cluster;
    for (const { name } of [...plan.services, ...plan.workers]) {
      const account = { namespace: namespaceOf(plan), serviceAccount: serviceAccountOf(name) };
      this.grants.set(name, cluster.grant(name, { ...account, description: `What the pods of ${name} may do` }));
    }
    const addOns = [
      cluster.grant('autoscaler', {
        ...autoscalerAccount,
        description: 'What the Cluster Autoscaler may do',
        policy: JSON.stringify(autoscalerPolicy(clusterName)),
      }),
      cluster.grant('load-balancer', {
        ...controllerAccount,
        description: 'What the load-balancer controller may do',
        policy: JSON.stringify(loadBalancerPolicy(clusterName)),
      }),
    ];
    if (hostedZoneId && this.issuer()) {
      const policy = JSON.stringify(domainProofPolicy(hostedZoneId));
      addOns.push(
        cluster.grant('cert-manager', { ...certManagerAccount, description: 'What cert-manager may do', policy }),
      );
    }
    return [...addOns, ...this.grants.values()].flatMap(({ ready }) => ready);
  }

  private equip(name: string, roles: pulumi.Resource[]): EquippedCluster {
    const { cluster, region, plan } = this;
    const { min, max } = this.planned().nodes;
    return equipCluster(
      name,
      { kubeconfig: cluster.kubeconfig, clusterIdentifier: cluster.cluster.arn },
      {
        issuer: this.issuer(),
        metricsServer: false, // an add-on of EKS's own
        monitoring: plan.accounts.kubernetes.monitoring,
        storageClass: {
          name: 'gp3',
          provisioner: 'ebs.csi.aws.com',
          parameters: { type: 'gp3', encrypted: 'true', 'csi.storage.k8s.io/fstype': 'ext4' },
        },
        autoscaler: { region: region.name, groupName: cluster.nodeScalingGroup, minNodes: min, maxNodes: max },
        loadBalancerController: {
          clusterName: cluster.clusterName,
          region: region.name,
          vpcId: region.network.vpcId,
        },
      },
      { parent: cluster, ready: [...cluster.ready, ...roles] },
    );
  }

  private issuer(): Issuer | undefined {
    const { hostedZoneId: hostedZoneID } = this.plan.accounts.aws;
    const solver = hostedZoneID ? { route53: { region: this.region.name, hostedZoneID } } : undefined;
    return plannedIssuer(this.plan, solver);
  }

  /**
   * A network balancer in the public subnets, straight to the edge's pods. It is told its subnets, so they need no tags
   * and an existing network stays as it is. The PROXY protocol carries the client's address.
   */
  private balancer(): EdgeSurroundings {
    const { network, tags } = this.region;
    const annotation = (key: string) => `service.beta.kubernetes.io/aws-load-balancer-${key}`;
    return {
      loadBalancerClass: 'service.k8s.aws/nlb',
      annotations: {
        [annotation('scheme')]: 'internet-facing',
        [annotation('nlb-target-type')]: 'ip',
        [annotation('proxy-protocol')]: '*',
        [annotation('subnets')]: pulumi.all(network.publicSubnetIds).apply((ids) => ids.join(',')),
        // Without a store behind it: protected, it would keep a system from leaving in one update.
        [annotation('attributes')]: 'load_balancing.cross_zone.enabled=true,deletion_protection.enabled=false',
        [annotation('additional-resource-tags')]: Object.entries(tags)
          .map(([key, value]) => `${key}=${value}`)
          .join(','),
      },
      proxyProtocol: true,
      leavingSeconds: DEREGISTRATION,
      trustedProxies: [network.cidr],
    };
  }
}

/** The zone of the names that AWS gives network balancers, one a region. */
function networkBalancerZone({ name, provider }: AwsRegion): pulumi.Output<string> {
  return aws.lb.getHostedZoneIdOutput({ loadBalancerType: 'network', region: name }, { provider }).id;
}

/** Where stores are: our own networks have a part for them; of an existing one no more is known than its range. */
function storeRange({ vpc, cidr }: Network): string {
  return vpc ? rangeOf(cidr, 'data') : cidr;
}
