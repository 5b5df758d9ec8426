import * as k8s from '@pulumi/kubernetes';
import type * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../naming';
import { type Identity, metadataOf, selectorOf } from './labels';

/** A node that is drained may take one pod at a time; a pod that is broken already never holds a drain up. */
export function disruptionBudget(
  name: string,
  { identity, namespace }: { identity: Identity; namespace: pulumi.Input<string> },
  opts: pulumi.CustomResourceOptions,
): k8s.policy.v1.PodDisruptionBudget {
  return new k8s.policy.v1.PodDisruptionBudget(
    nameOf('kubernetes', name),
    {
      metadata: metadataOf({ identity, namespace }),
      spec: {
        maxUnavailable: 1,
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
        selector: { matchLabels: selectorOf(identity) },
      },
    },
    opts,
  );
}
