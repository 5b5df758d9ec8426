import { CloudError, problem } from '../model/errors';
import { lowerAlphanumeric } from '../model/ids';
import { flag, text } from '../model/reading';
import type { Cloud } from '../model/cloud';
import { google, type GoogleType } from './google';
import { gcp, shaped, to, toMember } from './parts';
import { numericId } from './network/network';

export const account = google({
  token: gcp('serviceaccount', 'Account'),
  id: 'projects/{project}/serviceAccounts/{accountId}@{project}.iam.gserviceaccount.com',
  naming: {
    property: 'accountId',
    max: 30,
    lowercase: true,
    pattern: /^[a-z](?=.{5,})[-a-z0-9]*[a-z0-9]$/,
    rule: '"account_id" must match regex "^[a-z](?:[-a-z0-9]{4,28}[a-z0-9])$": 6 to 30 characters',
  },
  replaceOn: ['accountId', 'project'],
  computed: ['email', 'member', 'name', 'uniqueId'],
  defaults: { disabled: false },
  check: (inputs) => {
    const display = text(inputs, 'displayName') ?? '';
    const description = text(inputs, 'description') ?? '';
    return [
      ...(Buffer.byteLength(display) > 100
        ? [problem('displayName', 'badRequest: a display name has at most 100 bytes')]
        : []),
      ...(Buffer.byteLength(description) > 256
        ? [problem('description', 'badRequest: a description has at most 256 bytes')]
        : []),
    ];
  },
  make: ({ inputs, id, place }) => {
    const email = `${text(inputs, 'accountId')}@${place.project}.iam.gserviceaccount.com`;
    const member = `serviceAccount:${email}`;
    return { state: { email, member, name: id, uniqueId: numericId() }, actual: { alsoKnownAs: [email, member] } };
  },
});

const role = /^(roles\/[\w.]+|(projects|organizations)\/[\w.-]+\/roles\/[\w.]+)$/;

/** One member of one role on one thing. Taking it away touches no other member. */
function membership(own: Omit<GoogleType, 'required' | 'computed'> & { on: string[] }): ReturnType<typeof google> {
  const { on, ...type } = own;
  return google({
    ...type,
    required: ['member', 'role', ...on],
    references: [...(type.references ?? []), toMember()],
    computed: ['etag'],
    check: (inputs) => [
      ...shaped(inputs, 'role', role, 'a role: roles/… or projects/…/roles/…'),
      ...shaped(
        inputs,
        'member',
        /^(allUsers|allAuthenticatedUsers|[A-Za-z]+:.+)$/,
        'a member, such as serviceAccount:…',
      ),
    ],
    make: (making) => {
      needPool(text(making.inputs, 'member') ?? '', making.cloud);
      return { ...type.make?.(making), state: { etag: lowerAlphanumeric(12) } };
    },
  });
}

/** A workload identity pool comes with the first cluster of the project that asks for it. */
function needPool(member: string, cloud: Cloud): void {
  const [, pool] = /^serviceAccount:(.+\.svc\.id\.goog)\[/.exec(member) ?? [];
  if (pool === undefined) return;
  const there = cloud
    .all(gcp('container', 'Cluster'))
    .some(
      ({ inputs }) => text(inputs, 'workloadIdentityConfig.workloadPool') === pool || flag(inputs, 'enableAutopilot'),
    );
  if (!there)
    throw new CloudError(
      'badRequest',
      `Identity Pool does not exist (${pool}). Please check that you specified a valid resource name`,
    );
}

const projectMember = membership({
  token: gcp('projects', 'IAMMember'),
  id: '{project}/{role}/{member}',
  on: ['project'],
  replaceOn: ['condition', 'member', 'role'],
});

const accountMember = membership({
  token: gcp('serviceaccount', 'IAMMember'),
  id: '{serviceAccountId}/{role}/{member}',
  on: ['serviceAccountId'],
  references: [to('serviceAccountId', [account.token])],
  replaceOn: ['condition', 'member', 'role'],
});

/** A repository is where images come from: made elsewhere, and here only read. */
const repositoryMember = membership({
  token: gcp('artifactregistry', 'RepositoryIamMember'),
  id: 'projects/{project}/locations/{location}/repositories/{repository}/{role}/{member}',
  on: ['repository'],
  replaceOn: ['condition', 'location', 'member', 'project', 'repository', 'role'],
  keeps: ['location'],
});

export const iam = [account, projectMember, accountMember, repositoryMember];
