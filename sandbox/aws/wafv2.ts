import { CloudError, problem } from '../model/errors';
import { uuid } from '../model/ids';
import { list, matches, text, texts } from '../model/reading';
import type { ResourceType } from '../model/resource-type';
import { aws, named } from './parts';

/** Units that a rule costs; a list is given 1500 at most without asking. Rough: two for a rate rule, else by kind. */
const capacityOf = (rules: ReturnType<typeof list>): number => rules.length * 2;

export const ipSet: ResourceType = {
  token: aws('wafv2', 'IpSet'),
  naming: named(128, { pattern: /^[\w-]+$/, rule: 'a name holds only letters, digits, - and _' }),
  required: ['ipAddressVersion', 'scope'],
  enumerations: { scope: ['CLOUDFRONT', 'REGIONAL'], ipAddressVersion: ['IPV4', 'IPV6'] },
  replaceOn: ['ipAddressVersion', 'name', 'scope'],
  sets: ['addresses'],
  computed: ['arn', 'lockToken', 'tagsAll'],
  inUse: 'WAFAssociatedItemException',
  check: (inputs) =>
    texts(inputs, 'addresses')
      .filter((range) => range.includes(':') !== (text(inputs, 'ipAddressVersion') === 'IPV6') || !/\/\d+$/.test(range))
      .map((range) => problem('addresses', `WAFInvalidParameterException: ${range} is no range of this version`)),
  create: ({ inputs, cloud }) => {
    const id = uuid();
    const where = text(inputs, 'scope') === 'CLOUDFRONT' ? 'global' : 'regional';
    return {
      id,
      state: { arn: cloud.arn('wafv2', `${where}/ipset/${text(inputs, 'name')}/${id}`), lockToken: uuid() },
    };
  },
  changing: (changed) => (changed.some((key) => key !== 'tags') ? ['lockToken'] : []),
  update: () => ({ state: { lockToken: uuid() } }),
};

/** Where a rate rule narrows down whom it counts, by name. */
const sets = 'rules.*.statement.rateBasedStatement.scopeDownStatement';
const toSet = (path: string) => ({ path, to: [ipSet.token], error: 'WAFNonexistentItemException', holds: true });

export const webAcl: ResourceType = {
  token: aws('wafv2', 'WebAcl'),
  naming: named(128, {
    pattern: /^[\w-]+$/,
    rule: 'a name holds only letters, digits, - and _',
    taken: {
      code: 'WAFDuplicateItemException',
      sentence: () =>
        'AWS WAF couldn’t perform the operation because some resource in your request is a duplicate of an existing one.',
    },
  }),
  required: ['defaultAction', 'scope', 'visibilityConfig'],
  enumerations: {
    scope: ['CLOUDFRONT', 'REGIONAL'],
    'rules.*.statement.rateBasedStatement.evaluationWindowSec': [60, 120, 300, 600],
    'rules.*.statement.rateBasedStatement.aggregateKeyType': ['IP', 'FORWARDED_IP', 'CUSTOM_KEYS', 'CONSTANT'],
  },
  references: [
    toSet(`${sets}.ipSetReferenceStatement.arn`),
    toSet(`${sets}.notStatement.statement.ipSetReferenceStatement.arn`),
  ],
  replaceOn: ['name', 'scope'],
  replaceWhen: (olds, news) => (olds.namePrefix !== news.namePrefix ? ['namePrefix'] : []),
  sets: ['rules'],
  computed: ['applicationIntegrationUrl', 'arn', 'capacity', 'lockToken', 'tagsAll'],
  inUse: 'WAFAssociatedItemException',
  check: (inputs, cloud) => {
    const problems = matches(inputs, 'rules.*.statement.rateBasedStatement.limit')
      .filter(({ value }) => typeof value === 'number' && (value < 10 || value > 2_000_000_000))
      .map(({ path }) => problem(path.join('.'), 'expected limit to be in the range (10 - 2000000000)'));
    const priorities = matches(inputs, 'rules.*.priority').map(({ value }) => value);
    if (new Set(priorities).size < priorities.length) {
      problems.push(problem('rules', 'WAFInvalidParameterException: rules have duplicate priorities'));
    }
    if (text(inputs, 'scope') === 'CLOUDFRONT' && cloud.region !== 'us-east-1') {
      problems.push(problem('scope', 'WAFInvalidParameterException: the scope CLOUDFRONT is only valid in us-east-1'));
    }
    return problems;
  },
  create: ({ inputs, cloud }) => {
    const id = uuid();
    const where = text(inputs, 'scope') === 'CLOUDFRONT' ? 'global' : 'regional';
    return {
      id,
      state: {
        applicationIntegrationUrl: '',
        arn: cloud.arn('wafv2', `${where}/webacl/${text(inputs, 'name')}/${id}`),
        capacity: capacityOf(list(inputs, 'rules')),
        lockToken: uuid(),
      },
    };
  },
  changing: (changed) => (changed.some((key) => key !== 'tags') ? ['lockToken', 'capacity'] : []),
  update: ({ inputs }) => ({ state: { lockToken: uuid(), capacity: capacityOf(list(inputs, 'rules')) } }),
};

export const webAclAssociation: ResourceType = {
  token: aws('wafv2', 'WebAclAssociation'),
  required: ['resourceArn', 'webAclArn'],
  references: [
    { path: 'webAclArn', to: [webAcl.token], error: 'WAFNonexistentItemException', holds: true },
    {
      path: 'resourceArn',
      to: [aws('lb', 'LoadBalancer')],
      error: 'WAFUnavailableEntityException',
      except: /^(?!arn:aws:elasticloadbalancing:)/,
    },
  ],
  replaceOn: ['resourceArn', 'webAclArn'],
  // One resource has one list, so the old association has to go first.
  deleteBeforeReplace: true,
  computed: [],
  create: ({ inputs, cloud }) => {
    const resource = text(inputs, 'resourceArn') ?? '';
    if (cloud.all(webAclAssociation.token).some((other) => text(other.inputs, 'resourceArn') === resource)) {
      throw new CloudError('WAFInvalidOperationException', `${resource} is associated with a web ACL already`);
    }
    return { id: `${text(inputs, 'webAclArn')},${resource}`, state: {} };
  },
};

export const webAclLoggingConfiguration: ResourceType = {
  token: aws('wafv2', 'WebAclLoggingConfiguration'),
  required: ['logDestinationConfigs', 'resourceArn'],
  references: [{ path: 'resourceArn', to: [webAcl.token], error: 'WAFNonexistentItemException' }],
  replaceOn: ['logDestinationConfigs', 'resourceArn'],
  sets: ['logDestinationConfigs', 'redactedFields'],
  computed: [],
  check: (inputs) =>
    texts(inputs, 'logDestinationConfigs')
      .filter((arn) => !/[:/]aws-waf-logs-/.test(arn))
      .map((arn) =>
        problem(
          'logDestinationConfigs',
          `WAFInvalidParameterException: the name of ${arn} must start with aws-waf-logs-`,
        ),
      ),
  create: ({ inputs, cloud }) => {
    for (const arn of texts(inputs, 'logDestinationConfigs')) {
      const bare = arn.replace(/:\*$/, '');
      if (
        !cloud.find([aws('cloudwatch', 'LogGroup'), aws('s3', 'Bucket')], bare) &&
        !cloud.store.existing().includes(bare)
      ) {
        throw new CloudError('WAFLogDestinationPermissionIssueException', `the log destination ${arn} does not exist`);
      }
    }
    return { id: text(inputs, 'resourceArn') ?? '', state: {} };
  },
};

export const wafv2 = [ipSet, webAcl, webAclAssociation, webAclLoggingConfiguration];
