import { expect, fail, inspect, inspectEach, type Judgement, pass, unknown } from '../judge';
import { isWildcard, type Statement, statementsOf, writesRestrictably } from '../policy-document';
import type { Resource, ResourceRule } from '../rule';
import { at, list, present, show, UNKNOWN, type Value } from '../values';

const role = 'aws:iam/role:Role';
const documents = [
  'aws:iam/policy:Policy',
  'aws:iam/rolePolicy:RolePolicy',
  'aws:iam/userPolicy:UserPolicy',
  'aws:iam/groupPolicy:GroupPolicy',
  role,
];

export const noWildcardAction: ResourceRule = {
  id: 'iam-no-wildcard-action',
  title: 'No policy allows every action, or every action of a service',
  why: 'Whoever takes over one instance then owns the account, or a whole service of it.',
  mend: 'List the actions that are needed.',
  severity: 'mandatory',
  controls: ['AWS FSBP IAM.1', 'AWS FSBP IAM.21', 'Checkov CKV_AWS_62', 'Checkov CKV_AWS_63', 'CIS AWS 1.16'],
  scope: 'resource',
  types: documents,
  check: (resource) =>
    eachStatement(resource, (statement) => {
      if (!statement.allows) return pass;
      if (statement.inverted.actions) return fail('a statement allows everything but NotAction');
      const wild = statement.actions.find(isWildcard);
      if (wild !== undefined) return fail(`a statement allows ${show(wild)}`);
      return statement.actions.includes(UNKNOWN) ? unknown('policy.Statement.Action') : pass;
    }),
};

export const noAdministrator: ResourceRule = {
  id: 'iam-no-administrator',
  title: 'No role, user or group gets an administrator policy of AWS',
  why: 'These policies allow to change everything, permissions included.',
  mend: 'Attach a policy that lists what is needed.',
  severity: 'mandatory',
  controls: ['AWS FSBP IAM.1', 'Checkov CKV_AWS_274', 'CIS AWS 1.16'],
  scope: 'resource',
  types: [
    role,
    'aws:iam/rolePolicyAttachment:RolePolicyAttachment',
    'aws:iam/userPolicyAttachment:UserPolicyAttachment',
    'aws:iam/groupPolicyAttachment:GroupPolicyAttachment',
    'aws:iam/policyAttachment:PolicyAttachment',
  ],
  check: (resource) => [
    inspect(resource, ['policyArn'], administrator),
    ...inspectEach(resource, 'managedPolicyArns', (arn) => {
      const problem = administrator(arn);
      return problem === undefined ? pass : fail(problem);
    }),
  ],
};

export const noWriteOnEverything: ResourceRule = {
  id: 'iam-no-write-on-everything',
  title: 'No policy allows to write on every resource',
  why: 'One role could then change the data of every other system in the account.',
  mend: 'Name the resources by their ARNs, or bind the statement with a Condition where AWS knows no resource for it.',
  severity: 'mandatory',
  controls: ['Checkov CKV_AWS_290', 'Checkov CKV_AWS_355'],
  scope: 'resource',
  types: documents,
  check: (resource) =>
    eachStatement(resource, (statement) => {
      if (!statement.allows || present(statement.condition)) return pass;
      const everywhere = statement.inverted.resources || statement.resources.includes('*');
      const write = statement.actions.find(writesRestrictably);
      if (everywhere && write !== undefined) return fail(`a statement allows ${show(write)} on every resource`);
      const unsure =
        statement.resources.includes(UNKNOWN) && (write !== undefined || statement.actions.includes(UNKNOWN));
      return unsure ? unknown('policy.Statement.Resource') : pass;
    }),
};

export const noUsers: ResourceRule = {
  id: 'iam-no-users',
  title: 'Workloads and people get roles; no IAM user and no key that does not expire is made',
  why: 'A key that does not expire leaks sooner or later; roles give keys for an hour.',
  mend: 'Use an instance profile for instances and a federated role for people and pipelines.',
  severity: 'mandatory',
  controls: ['AWS FSBP IAM.2', 'CIS GCP 1.4'],
  scope: 'resource',
  types: [
    'aws:iam/user:User',
    'aws:iam/accessKey:AccessKey',
    'aws:iam/userLoginProfile:UserLoginProfile',
    'gcp:serviceaccount/key:Key',
    role,
  ],
  check: (resource) => [expect(resource.type === role, `it is ${aKind(resource.type)}`, 'type')],
};

/** `an IAM User`, `a service account's Key`. */
function aKind(type: string): string {
  const name = type.split(':').pop() ?? 'User';
  return type.startsWith('aws:') ? `an IAM ${name}` : `a service account's ${name}`;
}

function administrator(arn: Value): string | undefined {
  if (typeof arn !== 'string') return undefined;
  return /:policy\/(?:[\w/-]*\/)?(?:AdministratorAccess[\w-]*|PowerUserAccess|IAMFullAccess)$/.test(arn)
    ? `it attaches ${arn.slice(arn.lastIndexOf('/') + 1)}`
    : undefined;
}

/** Every statement of a policy, or of a role's inline policies. */
function eachStatement(resource: Resource, look: (statement: Statement) => Judgement): Judgement[] {
  const policies: Value[] =
    resource.type === role
      ? list(resource.props.inlinePolicies).map((inline) => at(inline, 'policy'))
      : [resource.props.policy];
  return policies.flatMap((document) => {
    const statements = statementsOf(document);
    return statements === UNKNOWN ? [unknown('policy')] : statements.map(look);
  });
}

export const identityRules = [noWildcardAction, noAdministrator, noWriteOnEverything, noUsers];
