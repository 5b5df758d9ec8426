import type * as gcp from '@pulumi/gcp';

type Rule = gcp.types.input.storage.BucketLifecycleRule;

/** Days that the parts of an upload are kept which nobody finished. */
const unfinishedDays = 7;

/** What a bucket tidies up by itself. Pure: the same days give the same rules. */
export function lifecycleRules(noncurrentVersionDays: number, infrequentAccessAfterDays?: number): Rule[] {
  const rules: Rule[] = [
    {
      action: { type: 'Delete' },
      condition: { daysSinceNoncurrentTime: noncurrentVersionDays, withState: 'ARCHIVED' },
    },
    { action: { type: 'AbortIncompleteMultipartUpload' }, condition: { age: unfinishedDays } },
  ];
  if (infrequentAccessAfterDays !== undefined) {
    rules.push({
      action: { type: 'SetStorageClass', storageClass: 'NEARLINE' },
      condition: { age: infrequentAccessAfterDays, matchesStorageClasses: ['STANDARD'], withState: 'LIVE' },
    });
  }
  return rules;
}
