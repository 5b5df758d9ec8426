import { tagsOf } from './context';
import type { Resource } from './rule';

/**
 * Stores that somebody gives up on purpose wear the tag `Release` with the cloud that the stack has left
 * (`discardStores` beside `keep`): their protection is lifted for one update, so that the next may delete them. Where a
 * type has no tags, those of the same provider speak for it.
 */
export function isGivenUp(resource: Resource, among: readonly Resource[] = []): boolean {
  if (releaseOf(resource) !== undefined) return true;
  const provider = resource.type.split(':')[0];
  return among.some((other) => releaseOf(other) === provider);
}

function releaseOf(resource: Resource): string | undefined {
  return tagsOf(resource)?.Release;
}
