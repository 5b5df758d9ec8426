import { problem } from '../../model/errors';
import { text } from '../../model/reading';
import { google } from '../google';
import { numericId } from '../network/network';
import { gcp, to } from '../parts';
import { membership } from './membership';

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
