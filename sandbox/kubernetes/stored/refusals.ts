import { CloudError } from '../../model/errors';
import { at, text } from '../../model/reading';
import { canonical, type Bag } from '../../model/values';
import type { Kind } from '../kind';
import { parseQuantity } from '../quantity';

/** Fields that the API server refuses to change and that the provider does not replace for, by group and kind. */
const fixed: Record<string, readonly string[]> = {
  'storage.k8s.io/StorageClass': ['reclaimPolicy', 'volumeBindingMode'],
};

/** @throws CloudError for a change that the API server would refuse */
export function refuseChange(kind: Kind, before: Bag, after: Bag): void {
  const name = `${kind.group}/${kind.kind}`;
  const field = (fixed[name] ?? []).find((path) => canonical(at(before, path)) !== canonical(at(after, path)));
  const called = text(after, 'metadata.name') ?? '';
  if (field !== undefined) {
    throw new CloudError('Invalid', `${kind.kind} "${called}" is invalid: ${field}: updates to it are forbidden`);
  }
  if (name === '/PersistentVolumeClaim') refuseShrinking(called, before, after);
}

function refuseShrinking(called: string, before: Bag, after: Bag): void {
  const size = (object: Bag): bigint => parseQuantity(at(object, 'spec.resources.requests.storage')) ?? 0n;
  if (size(after) >= size(before)) return;
  const rule = 'field can not be less than previous value';
  throw new CloudError(
    'Invalid',
    `PersistentVolumeClaim "${called}" is invalid: spec.resources.requests.storage: Forbidden: ${rule}`,
  );
}
