import { CloudError, problem, type Problem } from '../../model/errors';
import { flag, matches, number, text } from '../../model/reading';
import type { Bag } from '../../model/values';
import { google } from '../google';
import { between, gcp } from '../parts';
import { projectNumber } from '../place';

const multiRegions = ['US', 'EU', 'ASIA', 'NAM4', 'EUR4', 'ASIA1', 'EUR5', 'EUR7', 'EUR8'];
const classes = [
  'STANDARD',
  'NEARLINE',
  'COLDLINE',
  'ARCHIVE',
  'MULTI_REGIONAL',
  'REGIONAL',
  'DURABLE_REDUCED_AVAILABILITY',
];

export const bucket = google({
  token: gcp('storage', 'Bucket'),
  id: '{name}',
  labels: true,
  naming: {
    property: 'name',
    max: 63,
    lowercase: true,
    pattern: /^(?!goog)(?!.*google)(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9][a-z0-9_.-]{1,61}[a-z0-9]$/,
    rule: 'invalid: a bucket name has 3 to 63 lower-case letters, digits, hyphens, underscores and dots, and does not hold "google"',
    taken: {
      code: 'conflict',
      sentence: () =>
        'The requested bucket name is not available. The bucket namespace is shared by all users of the system.',
      scope: 'everywhere',
    },
  },
  required: ['location'],
  enumerations: {
    publicAccessPrevention: ['inherited', 'enforced'],
    storageClass: classes,
    'lifecycleRules.*.action.type': ['Delete', 'SetStorageClass', 'AbortIncompleteMultipartUpload'],
    'lifecycleRules.*.condition.withState': ['LIVE', 'ARCHIVED', 'ANY', ''],
  },
  replaceOn: [
    'customPlacementConfig.dataLocations',
    'enableObjectRetention',
    'hierarchicalNamespace',
    'location',
    'name',
    'project',
  ],
  sets: ['lifecycleRules'],
  keeps: [
    'project',
    'publicAccessPrevention',
    'rpo',
    'softDeletePolicy',
    'uniformBucketLevelAccess',
    'hierarchicalNamespace',
    'retentionPolicy',
    'versioning',
  ],
  computed: ['project', 'projectNumber', 'selfLink', 'timeCreated', 'updated', 'url'],
  defaults: {
    forceDestroy: false,
    publicAccessPrevention: 'inherited',
    storageClass: 'STANDARD',
    uniformBucketLevelAccess: false,
  },
  check: checkBucket,
  make: ({ inputs, cloud, place }) => {
    const name = text(inputs, 'name') ?? '';
    const now = new Date().toISOString();
    return {
      state: {
        ...(inputs.project === undefined ? { project: place.project } : {}),
        projectNumber: Number(projectNumber(cloud)),
        selfLink: `https://www.googleapis.com/storage/v1/b/${name}`,
        timeCreated: now,
        updated: now,
        url: `gs://${name}`,
      },
      // How many objects are in it: drift can put some there.
      actual: { objects: 0, alsoKnownAs: [`gs://${name}`, `https://www.googleapis.com/storage/v1/b/${name}`] },
    };
  },
  remove: (record) => {
    if ((number(record.actual, 'objects') ?? 0) > 0 && !flag(record.inputs, 'forceDestroy')) {
      const sentence = `Error trying to delete bucket ${record.id} containing objects without \`force_destroy\` set to true`;
      throw new CloudError('conflict', sentence);
    }
  },
});

function checkBucket(inputs: Bag): Problem[] {
  const problems: Problem[] = [...between(inputs, 'softDeletePolicy.retentionDurationSeconds', 0, 7776000)];
  const seconds = number(inputs, 'softDeletePolicy.retentionDurationSeconds');
  if (seconds !== undefined && seconds > 0 && seconds < 604800) {
    problems.push(
      problem('softDeletePolicy', `invalid: soft deletion keeps for 0 or at least 604800 seconds, got ${seconds}`),
    );
  }
  const location = text(inputs, 'location');
  if (
    location !== undefined &&
    !multiRegions.includes(location.toUpperCase()) &&
    !/^[a-z]+-[a-z]+\d+$/i.test(location)
  ) {
    problems.push(problem('location', `invalid: The specified location constraint is not valid: ${location}`));
  }
  for (const { path, value } of matches(inputs, 'lifecycleRules.*')) {
    const action = text(value, 'action.type');
    const condition = (value as Bag).condition;
    if (condition === undefined || (typeof condition === 'object' && Object.keys(condition ?? {}).length === 0)) {
      problems.push(problem(path.join('.'), 'invalid: a lifecycle rule has at least one condition'));
    }
    if (action === 'SetStorageClass' && text(value, 'action.storageClass') === undefined) {
      problems.push(problem(path.join('.'), 'invalid: SetStorageClass needs a storage class'));
    }
  }
  return problems;
}
