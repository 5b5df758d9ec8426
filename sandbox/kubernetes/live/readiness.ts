import { flag, list, number, text } from '../../model/reading';
import type { Bag, Value } from '../../model/values';
import type { Kind } from '../kind';
import type { ApiClient } from './client';

/** Undefined when an object is as it should be, else what it waits for. */
export type Waiting = string | undefined;
/** Whether an object is ready; @throws Error where it never will be. */
type Readiness = (object: Bag, client: ApiClient) => Waiting | Promise<Waiting>;

/** What the provider waits for, by group and kind; all else is ready when it is there. */
const byKind: Record<string, Readiness> = {
  'apps/Deployment': deployment,
  'apps/StatefulSet': statefulSet,
  'apps/DaemonSet': daemonSet,
  'batch/Job': job,
  '/Pod': (pod) => (conditionOf(pod, 'Ready') === 'True' ? undefined : 'the pod is not ready'),
  '/Service': service,
  '/PersistentVolumeClaim': claim,
  'networking.k8s.io/Ingress': (ingress) =>
    list(ingress, 'status.loadBalancer.ingress').length > 0 ? undefined : 'no address was given to it',
  'apiextensions.k8s.io/CustomResourceDefinition': (definition) =>
    conditionOf(definition, 'Established') === 'True' ? undefined : 'the kind is not served yet',
};

export function readinessOf(kind: Kind): Readiness {
  return byKind[`${kind.group}/${kind.kind}`] ?? (() => undefined);
}

function conditionOf(object: Bag, type: string, field = 'status'): string | undefined {
  return text(
    list(object, 'status.conditions').find((condition) => text(condition, 'type') === type),
    field,
  );
}

/** The controller has not looked at what was written last. */
const unseen = (object: Bag): boolean =>
  (number(object, 'status.observedGeneration') ?? 0) < (number(object, 'metadata.generation') ?? 0);

function deployment(object: Bag): Waiting {
  const wanted = number(object, 'spec.replicas') ?? 1;
  const count = (name: string): number => number(object, `status.${name}`) ?? 0;
  if (unseen(object)) return 'its controller has not seen it yet';
  const progress = conditionOf(object, 'Progressing', 'reason');
  if (progress === 'ProgressDeadlineExceeded') throw new Error('its rollout took longer than its progress deadline');
  if (count('updatedReplicas') < wanted) return `${count('updatedReplicas')} of ${wanted} pods are of the new version`;
  if (count('replicas') > count('updatedReplicas')) return 'pods of the old version are still there';
  if (count('availableReplicas') < wanted) return `${count('availableReplicas')} of ${wanted} pods are available`;
  return conditionOf(object, 'Available') === 'True' ? undefined : 'it is not available';
}

function statefulSet(object: Bag): Waiting {
  const wanted = number(object, 'spec.replicas') ?? 1;
  const ready = number(object, 'status.readyReplicas') ?? 0;
  if (unseen(object)) return 'its controller has not seen it yet';
  if (ready < wanted) return `${ready} of ${wanted} pods are ready`;
  const isRolling = text(object, 'spec.updateStrategy.type') !== 'OnDelete';
  const [current, updated] = [text(object, 'status.currentRevision'), text(object, 'status.updateRevision')];
  return isRolling && current !== updated ? 'pods of the old version are still there' : undefined;
}

function daemonSet(object: Bag): Waiting {
  const wanted = number(object, 'status.desiredNumberScheduled') ?? 0;
  const ready = Math.min(
    ...['updatedNumberScheduled', 'numberReady'].map((key) => number(object, `status.${key}`) ?? 0),
  );
  if (unseen(object)) return 'its controller has not seen it yet';
  return ready < wanted ? `${ready} of ${wanted} pods are ready` : undefined;
}

function job(object: Bag): Waiting {
  if (conditionOf(object, 'Failed') === 'True')
    throw new Error(`it failed: ${conditionOf(object, 'Failed', 'message')}`);
  if (flag(object, 'spec.suspend') === true || conditionOf(object, 'Complete') === 'True') return undefined;
  return 'it has not completed';
}

async function service(object: Bag, client: ApiClient): Promise<Waiting> {
  const type = text(object, 'spec.type');
  if (type === 'LoadBalancer' && list(object, 'status.loadBalancer.ingress').length === 0) {
    return 'no address was given to its load balancer';
  }
  // Without a selector somebody else says where it leads; a headless one may well lead nowhere.
  const leads = type !== 'ExternalName' && text(object, 'spec.clusterIP') !== 'None' && hasSelector(object);
  if (!leads) return undefined;
  const [namespace, name] = [text(object, 'metadata.namespace') ?? '', text(object, 'metadata.name') ?? ''];
  const slices = await client.call({
    method: 'GET',
    path: `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`,
    query: { labelSelector: `kubernetes.io/service-name=${name}` },
  });
  const isReady = (endpoint: Value): boolean => flag(endpoint, 'conditions.ready') ?? true;
  const found = list(slices, 'items').some((slice) => list(slice, 'endpoints').some(isReady));
  return found ? undefined : 'it leads to no pod that is ready';
}

function hasSelector(object: Bag): boolean {
  const spec = object.spec as Bag | undefined;
  return Object.keys((spec?.selector as Bag | undefined) ?? {}).length > 0;
}

async function claim(object: Bag, client: ApiClient): Promise<Waiting> {
  if (text(object, 'status.phase') === 'Bound') return undefined;
  const className = text(object, 'spec.storageClassName');
  const found =
    className === undefined ? undefined : await client.find(`/apis/storage.k8s.io/v1/storageclasses/${className}`);
  return text(found, 'volumeBindingMode') === 'WaitForFirstConsumer' ? undefined : 'it is not bound to a volume';
}
