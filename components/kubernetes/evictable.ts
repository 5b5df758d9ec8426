import type * as k8s from '@pulumi/kubernetes';

/**
 * Lets autoscalers of nodes take a pod away though it has a folder on its node: by default Cluster Autoscaler keeps every
 * node with such a pod for ever. What is in these volumes is worth nothing once the pod is gone.
 */
export function evictable(volumes: k8s.types.input.core.v1.Volume[]): Record<string, string> | undefined {
  const names = volumes.filter(({ emptyDir }) => emptyDir !== undefined).map(({ name }) => name);
  return names.length === 0
    ? undefined
    : { 'cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes': names.join(',') };
}
