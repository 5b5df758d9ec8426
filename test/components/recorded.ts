import type { RecordedResource, Recording } from '../../cli/offline/recorder';

/** All resources of a type, e.g. `aws:s3/bucket:Bucket`. */
export function all(recording: Recording, type: string): RecordedResource[] {
  return recording.resources.filter((resource) => resource.type === type);
}

/** The one resource of a type; an error where there are none or several. */
export function one(recording: Recording, type: string): RecordedResource {
  const found = all(recording, type);
  if (found.length !== 1) throw new Error(`${found.length} resources of type ${type}`);
  return found[0]!;
}

/** How many resources there are of each type, component included. */
export function counts(recording: Recording): Record<string, number> {
  const result: Record<string, number> = {};
  for (const { type } of recording.resources) result[type] = (result[type] ?? 0) + 1;
  return result;
}

/** The parent's logical name. */
export function parentName(resource: RecordedResource): string {
  return resource.parent.split('::').pop()!;
}

/** The message of what a function throws; an error where it throws nothing. */
export function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}
