import { record } from '../../../cli/offline/recorder';
import { ObjectBucket } from '../../../components/gcp/object-store/bucket';
import { lifecycleRules } from '../../../components/gcp/object-store/lifecycle-rules';
import { counts, messageOf, one } from '../recorded';

const args = {
  region: 'us-central1',
  noncurrentVersionDays: 30,
  infrequentAccessAfterDays: 30,
  softDeleteDays: 7,
  emptyOnDelete: false,
  protect: true,
  labels: { system: 'pulse' },
};

test('a bucket that nobody outside can read, with what is deleted kept a while', async () => {
  const recording = await record(() => void new ObjectBucket('pulse-prod-recordings', args));
  expect(counts(recording)).toEqual({ 'stackladder:gcp:ObjectBucket': 1, 'gcp:storage/bucket:Bucket': 1 });
  const bucket = one(recording, 'gcp:storage/bucket:Bucket');
  expect(bucket.protect).toBe(true);
  expect(bucket.inputs).toEqual({
    location: 'US-CENTRAL1',
    storageClass: 'STANDARD',
    uniformBucketLevelAccess: true,
    publicAccessPrevention: 'enforced',
    versioning: { enabled: true },
    softDeletePolicy: { retentionDurationSeconds: 604_800 },
    lifecycleRules: lifecycleRules(30, 30),
    forceDestroy: false,
    labels: { system: 'pulse' },
  });
});

test('old versions go, live objects move and stay', () => {
  const [old, unfinished, moved] = lifecycleRules(30, 90);
  expect(old).toEqual({
    action: { type: 'Delete' },
    condition: { daysSinceNoncurrentTime: 30, withState: 'ARCHIVED' },
  });
  expect(unfinished).toEqual({ action: { type: 'AbortIncompleteMultipartUpload' }, condition: { age: 7 } });
  expect(moved).toEqual({
    action: { type: 'SetStorageClass', storageClass: 'NEARLINE' },
    condition: { age: 90, matchesStorageClasses: ['STANDARD'], withState: 'LIVE' },
  });
  expect(lifecycleRules(30)).toHaveLength(2);
});

test('all faults in one message', () => {
  const wrong = { ...args, region: 'US', noncurrentVersionDays: 0, infrequentAccessAfterDays: 0.5, softDeleteDays: 3 };
  expect(messageOf(() => new ObjectBucket('b', wrong)).split('\n')).toEqual([
    'ObjectBucket "b" cannot be created:',
    '  region: "US" is not a region of Google Cloud',
    '  noncurrentVersionDays: 0 must be a whole number from 1 to 36500',
    '  infrequentAccessAfterDays: 0.5 must be a whole number from 1 to 36500',
    '  softDeleteDays: 3 must be 0 or a whole number from 7 to 90',
  ]);
});
