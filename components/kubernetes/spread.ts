import type * as k8s from '@pulumi/kubernetes';

/**
 * Spreads the pods of a Deployment over zones, and over hosts within them. A wish, not a condition: where a zone is full
 * or gone, pods elsewhere are better than pods that wait. Counted per version, so that a rolling update ends spread.
 */
export function spreadOver(matchLabels: Record<string, string>): k8s.types.input.core.v1.TopologySpreadConstraint[] {
  return ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map((topologyKey) => ({
    topologyKey,
    maxSkew: 1,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels },
    matchLabelKeys: ['pod-template-hash'],
  }));
}
