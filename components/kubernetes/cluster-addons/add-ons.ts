import type * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { createCertManager, createIssuer, type Issuer } from './cert-manager';
import { charts } from './charts';
import { addOn, resources } from './release';
import { createDefaultStorageClass, type DefaultStorageClass } from './storage-class';

export interface ClusterAddOnsArgs {
  /** Makes a ClusterIssuer as well. Default: none, the user names one or gives a certificate. */
  issuer?: Issuer;
  /** Whether metrics-server is installed: without one no HPA scales. Clouds that bring their own say false. */
  metricsServer: boolean;
  /** Whether Prometheus, its operator and Grafana are installed. */
  monitoring: boolean;
  /** A class for volumes, instead of what the cloud has as its default. */
  storageClass?: DefaultStorageClass;
  /** Nodes come and go on EKS by the Cluster Autoscaler; GKE and DOKS bring their own. */
  autoscaler?: {
    region: string;
    /** Name of the group of EC2 Auto Scaling that the nodes are in. */
    groupName: pulumi.Input<string>;
    /** Bounds of the number of nodes, instead of the group's own. */
    minNodes: number;
    maxNodes: number;
  };
  /** Balancers for Services on EKS; GKE and DOKS bring their own. */
  loadBalancerController?: { clusterName: pulumi.Input<string>; region: string; vpcId: pulumi.Input<string> };
}

/**
 * What a managed cluster needs before services are put on it, beyond what its cloud brings: certificates, metrics,
 * volumes, nodes, balancers. Charts are pinned in `charts.ts`.
 *
 * Cost: the pods' own requests, about 150m and 320Mi for cert-manager; the planned nodes have room for them.
 *
 * ```ts
 * new ClusterAddOns('pulse-prod-doks-nyc3', { metricsServer: true, monitoring: false }, { providers: [cluster] });
 * ```
 */
export class ClusterAddOns extends pulumi.ComponentResource {
  /** What services wait for. */
  readonly ready: pulumi.Resource[];
  readonly certManager: k8s.helm.v3.Release;

  constructor(name: string, args: ClusterAddOnsArgs, opts?: pulumi.ComponentResourceOptions) {
    super('stackladder:kubernetes:ClusterAddOns', name, {}, opts);
    const parent = { parent: this };
    this.certManager = createCertManager(name, parent);
    const parts: (pulumi.Resource | undefined)[] = [
      this.certManager,
      args.loadBalancerController && this.loadBalancerController(name, args.loadBalancerController),
      args.issuer && createIssuer(name, args.issuer, this.certManager, parent),
      args.storageClass && createDefaultStorageClass(name, args.storageClass, parent),
      args.metricsServer ? metricsServer(name, parent) : undefined,
      args.autoscaler && this.autoscaler(name, args.autoscaler, parent),
      args.monitoring ? monitoring(name, parent) : undefined,
    ];
    this.ready = parts.filter((part) => part !== undefined);
    this.registerOutputs({});
  }

  private loadBalancerController(
    name: string,
    { clusterName, region, vpcId }: NonNullable<ClusterAddOnsArgs['loadBalancerController']>,
  ): k8s.helm.v3.Release {
    const values = {
      clusterName,
      // Said here, because pods cannot ask the machine's metadata.
      region,
      vpcId,
      replicaCount: 2,
      serviceAccount: { create: true, name: controllerAccount.serviceAccount },
      resources: resources('100m', '128Mi'),
      podDisruptionBudget: { maxUnavailable: 1 },
      // Services that want a balancer of this controller name its class; it takes over no other. And no Service, of an
      // add-on beside it say, is refused because the controller does not run yet.
      enableServiceMutatorWebhook: false,
      // It gives the edge's pods their readiness gates, and sees every pod of the namespace: when it is away they start without.
      podMutatorWebhookConfig: { failurePolicy: 'Ignore' },
      enableShield: false,
      enableWaf: false,
      enableWafv2: false,
    };
    const release = { chart: charts.loadBalancerController, namespace: 'kube-system', createNamespace: false, values };
    return addOn(name, release, { parent: this });
  }

  private autoscaler(
    name: string,
    { region, groupName, minNodes, maxNodes }: NonNullable<ClusterAddOnsArgs['autoscaler']>,
    opts: pulumi.CustomResourceOptions,
  ): k8s.helm.v3.Release {
    const values = {
      cloudProvider: 'aws',
      awsRegion: region,
      // Named, not found by its tags: only the bounds of a named group are the autoscaler's own.
      autoscalingGroups: [{ name: groupName, minSize: minNodes, maxSize: maxNodes }],
      rbac: { serviceAccount: { create: true, name: autoscalerAccount.serviceAccount } },
      extraArgs: {
        // By itself it adds nodes only for pods that wait, and not to keep the least.
        'enforce-node-group-min-size': true,
        'skip-nodes-with-system-pods': false,
        // Every pod has an emptyDir for temporary files: by default no node with one of them is ever taken away.
        'skip-nodes-with-local-storage': false,
        expander: 'least-waste',
      },
      resources: resources('100m', '300Mi'),
    };
    const release = { chart: charts.clusterAutoscaler, namespace: 'kube-system', createNamespace: false, values };
    return addOn(name, release, opts);
  }
}

/** Accounts of the add-ons that ask a cloud for something: what its roles are bound to. */
export const controllerAccount = { namespace: 'kube-system', serviceAccount: 'aws-load-balancer-controller' };
export const autoscalerAccount = { namespace: 'kube-system', serviceAccount: 'cluster-autoscaler' };

function metricsServer(name: string, opts: pulumi.CustomResourceOptions): k8s.helm.v3.Release {
  const values = {
    replicas: 2,
    resources: resources('100m', '200Mi'),
    podDisruptionBudget: { enabled: true, minAvailable: 1 },
  };
  return addOn(name, { chart: charts.metricsServer, namespace: 'kube-system', createNamespace: false, values }, opts);
}

/** Prometheus keeps two weeks on a volume of its own, and looks at monitors and rules of every namespace. */
function monitoring(name: string, opts: pulumi.CustomResourceOptions): k8s.helm.v3.Release {
  const small = resources('50m', '128Mi');
  const volume = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '20Gi' } } };
  const values = {
    // Of a managed control plane these parts cannot be asked.
    kubeControllerManager: { enabled: false },
    kubeScheduler: { enabled: false },
    kubeEtcd: { enabled: false },
    kubeProxy: { enabled: false },
    prometheus: {
      prometheusSpec: {
        retention: '14d',
        resources: resources('250m', '1Gi'),
        storageSpec: { volumeClaimTemplate: { spec: volume } },
        // A volume that stays would be paid for when the cluster is gone, and nothing would know of it.
        persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete', whenScaled: 'Retain' },
        serviceMonitorSelectorNilUsesHelmValues: false,
        podMonitorSelectorNilUsesHelmValues: false,
        probeSelectorNilUsesHelmValues: false,
        ruleSelectorNilUsesHelmValues: false,
      },
    },
    prometheusOperator: { resources: small },
    'kube-state-metrics': { resources: small },
    alertmanager: { alertmanagerSpec: { resources: small } },
    grafana: { resources: small, sidecar: { dashboards: { enabled: true, searchNamespace: 'ALL' } } },
  };
  return addOn(name, { chart: charts.monitoring, namespace: 'monitoring', createNamespace: true, values }, opts);
}
