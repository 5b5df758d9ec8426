import type * as k8s from '@pulumi/kubernetes';
import type * as pulumi from '@pulumi/pulumi';
import { selectorOf } from '../labels';
import { imageOf, valkeyPod } from '../valkey-node';
import type { CacheClusterArgs } from './arguments';
import { startScript } from './start';

/** Nodes talk to each other on a second port, this much above the clients'. */
export const BUS_OFFSET = 10_000;

/** One node of the cache. Pure but for the names of what it mounts. `domain` ends every node's own name. */
export function cachePod(
  args: CacheClusterArgs,
  given: { domain: string; configName: pulumi.Input<string>; secretName: pulumi.Input<string> },
): k8s.types.input.core.v1.PodTemplateSpec {
  const field = (name: string, fieldPath: string) => ({ name, valueFrom: { fieldRef: { fieldPath } } });
  const { identity, nodeType, port } = args;
  return valkeyPod({
    identity,
    image: imageOf(args),
    nodeType,
    port,
    morePorts: { bus: port + BUS_OFFSET },
    script: startScript(port, given.domain),
    passwordVariable: 'CACHE_PASSWORD',
    environment: [field('POD_IP', 'status.podIP'), field('POD_NAME', 'metadata.name')],
    affinity: apart(selectorOf(identity)),
    configName: given.configName,
    secretName: given.secretName,
  });
}

/** Nodes on hosts of their own, and in several zones, where there is room for it. */
function apart(matchLabels: Record<string, string>): k8s.types.input.core.v1.Affinity {
  const term = (weight: number, topologyKey: string) => ({
    weight,
    podAffinityTerm: { topologyKey, labelSelector: { matchLabels } },
  });
  return {
    podAntiAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        term(100, 'kubernetes.io/hostname'),
        term(50, 'topology.kubernetes.io/zone'),
      ],
    },
  };
}
