import type { ClusterApi, LiveObject } from './api';

const isCondition = (object: LiveObject, type: string): boolean =>
  object.status?.conditions?.some((condition) => condition.type === type && condition.status === 'True') ?? false;

/** Pods that are neither Ready nor done. */
export async function unreadyPods(api: ClusterApi, namespace = ''): Promise<string[]> {
  const pods = await api.list('v1', 'Pod', namespace);
  const waiting = pods.filter((pod) => pod.status?.phase !== 'Succeeded' && !isCondition(pod, 'Ready'));
  return waiting.map((pod) => `${pod.metadata.name}: ${pod.status?.phase}`);
}

/** Pods that no node has room for, with the scheduler's words. */
export async function waitingPods(api: ClusterApi, namespace = ''): Promise<string[]> {
  const pods = await api.list('v1', 'Pod', namespace);
  return pods.flatMap((pod) => {
    const condition = pod.status?.conditions?.find(({ type }) => type === 'PodScheduled');
    return condition?.reason === 'Unschedulable' ? [`${pod.metadata.name}: ${condition.message}`] : [];
  });
}

/** Workloads that have not as many pods as they should, and pods that are not ready. */
export async function unsettled(api: ClusterApi, namespace: string): Promise<string[]> {
  const kinds = ['Deployment', 'StatefulSet'] as const;
  const workloads = (await Promise.all(kinds.map((kind) => api.list('apps/v1', kind, namespace)))).flat();
  const short = workloads.filter(({ spec, status }) => (status?.readyReplicas ?? 0) !== spec.replicas);
  const lines = short.map(
    ({ metadata, spec, status }) => `${metadata.name}: ${status?.readyReplicas} of ${spec.replicas}`,
  );
  return [...lines, ...(await unreadyPods(api, namespace))];
}

/** The pods of a workload that are there to stay. */
export async function podsOf(
  api: ClusterApi,
  namespace: string,
  selector: Record<string, string>,
): Promise<LiveObject[]> {
  const text = Object.entries(selector)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
  const pods = await api.list('v1', 'Pod', namespace, text);
  return pods.filter(({ metadata }) => !('deletionTimestamp' in metadata));
}

/** Lets pods use this much, as far as autoscalers see: of the processor or of memory. */
export async function load(
  api: ClusterApi,
  pods: LiveObject[],
  use: Partial<Record<'cpu' | 'memory', string>>,
): Promise<void> {
  const annotations = Object.fromEntries(Object.entries(use).map(([kind, amount]) => [`usage-${kind}`, amount]));
  for (const pod of pods) await api.patch(pod, 'v1', { metadata: { annotations } });
}
