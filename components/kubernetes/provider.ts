import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../naming';

export interface ClusterProviderArgs {
  /** The kubeconfig itself, YAML or JSON; always handled as a secret. Default: what KUBECONFIG or `~/.kube/config` says. */
  kubeconfig?: pulumi.Input<string>;
  /** Context of the kubeconfig. Default: its current one. */
  context?: string;
  /**
   * Resources of this provider are replaced when the cluster is, and not when its kubeconfig changes otherwise: an id that
   * is the cluster's own. Default: the provider reads it from the kubeconfig.
   */
  clusterIdentifier?: pulumi.Input<string>;
}

/**
 * The provider of one cluster, plain or managed: whoever puts something on a cluster takes it from here, so that all
 * clusters are spoken to in one way. Server-side apply gives every field one owner, which is what lets an autoscaler
 * own `replicas`. A cluster that cannot be reached is an error, not a wish to create everything anew.
 */
export function clusterProvider(name: string, args: ClusterProviderArgs, opts?: pulumi.ResourceOptions): k8s.Provider {
  return new k8s.Provider(
    nameOf('kubernetes', name),
    {
      kubeconfig: args.kubeconfig === undefined ? undefined : pulumi.secret(args.kubeconfig),
      context: args.context,
      clusterIdentifier: args.clusterIdentifier,
      enableServerSideApply: true,
      deleteUnreachable: false,
      suppressDeprecationWarnings: false,
      suppressHelmHookWarnings: true,
    },
    opts,
  );
}
