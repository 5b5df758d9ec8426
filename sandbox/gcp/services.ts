import { text } from '../model/reading';
import { google } from './google';
import { gcp, shaped } from './parts';

/** An API that the project may use. */
const service = google({
  token: gcp('projects', 'Service'),
  id: '{project}/{service}',
  required: ['service'],
  replaceOn: ['project', 'service'],
  defaults: { disableOnDestroy: false },
  check: (inputs) =>
    shaped(inputs, 'service', /^[a-z0-9-]+(\.[a-z0-9-]+)*\.(googleapis\.com|goog)$/, 'the name of an API'),
});

const logBucket = google({
  token: gcp('logging', 'ProjectBucketConfig'),
  id: 'projects/{project}/locations/{location}/buckets/{bucketId}',
  required: ['bucketId', 'location', 'project'],
  replaceOn: ['bucketId', 'location', 'project'],
  keeps: ['description'],
  computed: ['lifecycleState', 'name'],
  defaults: { retentionDays: 30 },
  check: (inputs) =>
    shaped(
      inputs,
      'retentionDays',
      /^([1-9]|[1-9]\d{1,2}|[12]\d{3}|3[0-5]\d{2}|36[0-4]\d|3650)$/,
      'between 1 and 3650 days',
    ),
  make: ({ id }) => ({
    state: { lifecycleState: 'ACTIVE', name: id },
    actual: { alsoKnownAs: [`logging.googleapis.com/${id}`] },
  }),
});

const logName = {
  property: 'name',
  max: 100,
  pattern: /^[A-Za-z0-9_][\w.-]*$/,
  rule: 'INVALID_ARGUMENT: a name holds letters, digits, underscores, hyphens and periods',
};

/** Leads log entries somewhere. The destination's own buckets are ours, other kinds are made elsewhere. */
const sink = google({
  token: gcp('logging', 'ProjectSink'),
  id: 'projects/{project}/sinks/{name}',
  naming: logName,
  required: ['destination'],
  references: [
    {
      path: 'destination',
      to: [logBucket.token],
      error: 'NOT_FOUND',
      holds: true,
      except: /^(?!logging\.googleapis\.com\/)|\/buckets\/_(Default|Required)$/,
    },
  ],
  replaceOn: ['name'],
  computed: ['writerIdentity'],
  defaults: { disabled: false, uniqueWriterIdentity: true },
  make: ({ inputs, cloud }) => {
    const own = text(inputs, 'destination')?.startsWith('logging.googleapis.com/projects/');
    const identity = `serviceAccount:service-${cloud.account}@gcp-sa-logging.iam.gserviceaccount.com`;
    return { state: { writerIdentity: own ? '' : identity } };
  },
});

const exclusion = google({
  token: gcp('logging', 'ProjectExclusion'),
  id: 'projects/{project}/exclusions/{name}',
  naming: logName,
  required: ['filter'],
  replaceOn: ['name'],
});

export const services = [service, logBucket, sink, exclusion];
