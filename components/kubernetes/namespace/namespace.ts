import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { must, refuseFaults, wholeNumber } from '../../faults';
import { nameOf } from '../../naming';
import { tagLabels } from '../labels';

export interface ClusterNamespaceArgs {
  /** Its name on the cluster, e.g. `pulse-prod`. **A change replaces it, with every volume inside.** */
  name: string;
  /** Balancers of the cloud that may be asked for: one for each service. */
  loadBalancers: number;
  /** A Docker config.json for private registries. Default: images come from public ones. */
  registryCredentials?: pulumi.Input<string>;
  /** Pulumi's `protect`: for a namespace with stores, since their volumes go with it. */
  protect: boolean;
  /** Labels that controllers look for, beside its own. Default: none. */
  labels?: Record<string, string>;
  /** As labels: who owns it and what for. */
  tags: Record<string, string>;
}

/**
 * A namespace that is closed until something is let in: pods must keep to the `restricted` pod security standard, no
 * pod can be reached or reach anything without a NetworkPolicy of its own, and a container that says no size gets a
 * small one. Closed to the network is only as closed as the cluster's CNI makes it: NetworkPolicies are honoured by
 * Calico, Cilium, the VPC CNI of EKS, GKE Dataplane V2 and DOKS, and ignored by Flannel alone.
 *
 * Cost: none.
 *
 * ```ts
 * const namespace = new ClusterNamespace('pulse-prod', {
 *   name: 'pulse-prod', loadBalancers: 1, protect: true, tags: { Owner: 'platform' },
 * }, { providers: [provider] });
 * ```
 */
export class ClusterNamespace extends pulumi.ComponentResource {
  /** Known once the namespace is there: whoever takes it as an input comes after it, and goes before it. */
  readonly name: pulumi.Output<string>;
  readonly namespace: k8s.core.v1.Namespace;
  /** Name of the Secret that images are pulled with; undefined without credentials. */
  readonly pullSecretName?: pulumi.Output<string>;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: ClusterNamespaceArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('ClusterNamespace', name, [
      must(
        /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(args.name) && !/^(default|kube-.*)$/.test(args.name),
        'name',
        `"${args.name}" cannot be a namespace of a system: small letters, digits and hyphens, not default, not kube-`,
      ),
      wholeNumber('loadBalancers', args.loadBalancers, 0, 100),
    ]);
    super('stackladder:kubernetes:ClusterNamespace', name, {}, opts);
    this.namespace = this.createNamespace(name, args, opts?.dependsOn);
    this.name = this.namespace.metadata.name;
    this.denyAllTraffic(name);
    this.boundObjects(name, args);
    this.boundContainers(name);
    this.pullSecretName = this.pullSecret(name, args);
    this.registerOutputs({ name: this.name });
  }

  private createNamespace(
    name: string,
    args: ClusterNamespaceArgs,
    dependsOn: pulumi.ComponentResourceOptions['dependsOn'],
  ): k8s.core.v1.Namespace {
    const level = 'restricted';
    return new k8s.core.v1.Namespace(
      nameOf('kubernetes', name),
      {
        metadata: {
          name: args.name,
          labels: {
            'pod-security.kubernetes.io/enforce': level,
            'pod-security.kubernetes.io/warn': level,
            'pod-security.kubernetes.io/audit': level,
            'app.kubernetes.io/managed-by': 'pulumi',
            ...tagLabels(args.tags),
            ...args.labels,
          },
        },
      },
      // Said on the resource itself: everything inside goes before the nodes and add-ons that it needs to go.
      { parent: this, protect: args.protect, dependsOn },
    );
  }

  private denyAllTraffic(name: string): void {
    new k8s.networking.v1.NetworkPolicy(
      nameOf('kubernetes', name, 'closed'),
      {
        metadata: { name: 'closed', namespace: this.name },
        spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
      },
      { parent: this },
    );
  }

  /** Balancers cost money by the piece. Sizes have no quota: the node pool's greatest count is the bound. */
  private boundObjects(name: string, args: ClusterNamespaceArgs): void {
    new k8s.core.v1.ResourceQuota(
      nameOf('kubernetes', name, 'bounds'),
      {
        metadata: { name: 'bounds', namespace: this.name },
        spec: { hard: { 'services.loadbalancers': String(args.loadBalancers) } },
      },
      { parent: this },
    );
  }

  /** For containers that an operator or a person adds; ours say their sizes themselves. */
  private boundContainers(name: string): void {
    new k8s.core.v1.LimitRange(
      nameOf('kubernetes', name, 'sizes'),
      {
        metadata: { name: 'sizes', namespace: this.name },
        spec: {
          limits: [
            {
              type: 'Container',
              defaultRequest: { cpu: '50m', memory: '64Mi' },
              default: { memory: '256Mi' },
            },
          ],
        },
      },
      { parent: this },
    );
  }

  private pullSecret(name: string, args: ClusterNamespaceArgs): pulumi.Output<string> | undefined {
    if (args.registryCredentials === undefined) return undefined;
    const secret = new k8s.core.v1.Secret(
      nameOf('kubernetes', name, 'registry'),
      {
        metadata: { namespace: this.name },
        type: 'kubernetes.io/dockerconfigjson',
        immutable: true,
        stringData: { '.dockerconfigjson': pulumi.secret(args.registryCredentials) },
      },
      { parent: this },
    );
    return secret.metadata.name;
  }
}
