import { problem } from '../model/errors';
import { text } from '../model/reading';
import { google } from './google';
import { membership } from './iam/membership';
import { gcp, oneOf, shaped, to, toServiceAccount } from './parts';

/** Starts something by the calendar. */
const job = google({
  token: gcp('cloudscheduler', 'Job'),
  id: 'projects/{project}/locations/{region}/jobs/{name}',
  naming: {
    property: 'name',
    max: 500,
    pattern: /^[A-Za-z0-9_-]+$/,
    rule: 'INVALID_ARGUMENT: a job name holds letters, digits, underscores and hyphens',
  },
  references: [toServiceAccount('httpTarget.oauthToken.serviceAccountEmail')],
  enumerations: { 'httpTarget.httpMethod': ['POST', 'GET', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'] },
  replaceOn: ['name', 'project', 'region'],
  keeps: ['paused', 'retryConfig'],
  computed: ['state'],
  check: (inputs) => {
    const problems = [
      ...oneOf(inputs, ['httpTarget', 'pubsubTarget', 'appEngineHttpTarget']),
      ...shaped(inputs, 'schedule', /^\S+( \S+){4}$|^every /, 'a schedule of five fields'),
    ];
    const deadline = Number(/^(\d+)s$/.exec(text(inputs, 'attemptDeadline') ?? '180s')?.[1] ?? 0);
    if (deadline < 15 || deadline > 1_800) {
      problems.push(problem('attemptDeadline', 'INVALID_ARGUMENT: a deadline lies between 15 seconds and 30 minutes'));
    }
    return problems;
  },
  make: () => ({ state: { state: 'ENABLED' } }),
});

/** Who may start a job of Cloud Run. */
const runMember = membership({
  token: gcp('cloudrunv2', 'JobIamMember'),
  id: 'projects/{project}/locations/{location}/jobs/{name}/{role}/{member}',
  on: [],
  references: [to('name', [gcp('cloudrunv2', 'Job')])],
  replaceOn: ['condition', 'location', 'member', 'name', 'project', 'role'],
  keeps: ['location'],
});

export const scheduler = [job, runMember];
