import type { ClusterApi, LiveObject } from './api';

const isCondition = (object: LiveObject, type: string): boolean =>
  object.status?.conditions?.some((condition) => condition.type === type && condition.status === 'True') ?? false;

/** Pods that are neither Ready nor done, each with what holds it up. */
export async function unreadyPods(api: ClusterApi, namespace = ''): Promise<string[]> {
  const pods = await api.list('v1', 'Pod', namespace);
  const waiting = pods.filter((pod) => pod.status?.phase !== 'Succeeded' && !isCondition(pod, 'Ready'));
  return waiting.map((pod) => `${pod.metadata.name}: ${pod.status?.phase} ${heldUpBy(pod)}`);
}

/** Pods that no node has room for. */
export async function pendingPods(api: ClusterApi, namespace = ''): Promise<string[]> {
  const pods = await api.list('v1', 'Pod', namespace);
  return pods.filter((pod) => pod.status?.phase === 'Pending').map((pod) => `${pod.metadata.name}: ${heldUpBy(pod)}`);
}

function heldUpBy(pod: LiveObject): string {
  const condition = pod.status?.conditions?.find(({ type, status }) => type === 'PodScheduled' && status !== 'True');
  return condition?.message ?? '';
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
