import * as k8s from '@pulumi/kubernetes';
import type * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../naming';
import { type Identity, metadataOf, selectorOf } from './labels';

/** What may reach pods, and what they may reach; the namespace shuts out all else. */
export interface Gates {
  /** Default: nobody. */
  ingress?: k8s.types.input.networking.v1.NetworkPolicyIngressRule[];
  /** Default: nowhere. */
  egress?: k8s.types.input.networking.v1.NetworkPolicyEgressRule[];
}

/** The one NetworkPolicy of the pods of an identity. */
export function letThrough(
  name: string,
  of: { identity: Identity; namespace: pulumi.Input<string> },
  gates: Gates,
  opts: pulumi.CustomResourceOptions,
): k8s.networking.v1.NetworkPolicy {
  return new k8s.networking.v1.NetworkPolicy(
    nameOf('kubernetes', name),
    {
      metadata: metadataOf(of),
      spec: {
        podSelector: { matchLabels: selectorOf(of.identity) },
        policyTypes: ['Ingress', 'Egress'],
        ...gates,
      },
    },
    opts,
  );
}
