import { expect, fail, inspect, type Judgement, pass, unknown } from '../../judge';
import type { ResourceRule, StackRule } from '../../rule';
import { either, findEach, refersTo } from '../../stack';
import { list, show, text, UNKNOWN, type Unknown } from '../../values';
import { bucket, servedByCdn } from './stores';

const members = [
  'gcp:projects/iAMMember:IAMMember',
  'gcp:projects/iAMBinding:IAMBinding',
  'gcp:storage/bucketIAMMember:BucketIAMMember',
  'gcp:storage/bucketIAMBinding:BucketIAMBinding',
  'gcp:secretmanager/secretIamMember:SecretIamMember',
  'gcp:secretmanager/secretIamBinding:SecretIamBinding',
  'gcp:serviceaccount/iAMMember:IAMMember',
];

export const noPublicMembers: StackRule = {
  id: 'gcp-iam-no-public-members',
  title: 'Nothing is granted to everybody, but reading what a CDN serves',
  why: 'allUsers is the internet; allAuthenticatedUsers is everybody with a Google account.',
  mend: 'Name the service account or the group that needs it.',
  severity: 'mandatory',
  controls: ['Checkov CKV_GCP_28', 'CIS GCP 5.1'],
  scope: 'stack',
  types: members,
  check: (stack) =>
    findEach(stack, members, (grant): Judgement[] => {
      const given = [...list(grant.props.member), ...list(grant.props.members)];
      const everybody = given.find((member) => member === 'allUsers' || member === 'allAuthenticatedUsers');
      if (everybody === undefined) return [given.includes(UNKNOWN) ? unknown('member') : pass];
      const problem = `${show(grant.props.role)} is granted to ${show(everybody)}`;
      if (grant.props.role !== 'roles/storage.objectViewer' || everybody !== 'allUsers') return [fail(problem)];
      const served = stack.ofType(...bucket).map((each): boolean | Unknown => {
        const names = refersTo(grant, 'bucket', each);
        return names === true ? servedByCdn(stack, each) : names;
      });
      return [expect(either(...served), problem, 'bucket')];
    }),
};

export const noPrimitiveRoles: ResourceRule = {
  id: 'gcp-iam-no-primitive-roles',
  title: 'Nobody gets a role over a whole project: owner, editor, viewer, or the administrator of a service',
  why: 'Whoever takes over one instance then owns the project, or reads everything in it.',
  mend: 'Grant the roles that are needed on the resources that they are needed for.',
  severity: 'mandatory',
  controls: ['Checkov CKV_GCP_117', 'Checkov CKV_GCP_49', 'CIS GCP 1.5'],
  scope: 'resource',
  types: members,
  check: (grant) => [
    inspect(grant, ['role'], (role) =>
      /^roles\/(owner|editor|viewer|iam\.serviceAccountTokenCreator|iam\.serviceAccountUser|secretmanager\.secretAccessor|[\w.]*[aA]dmin)$/.test(
        text(role),
      ) && grant.type.startsWith('gcp:projects/')
        ? `it grants ${show(role)} on the whole project`
        : /^roles\/(owner|editor)$/.test(text(role))
          ? `it grants ${show(role)}`
          : undefined,
    ),
  ],
};

export const gcpIdentityRules = [noPublicMembers, noPrimitiveRoles];
