import { CloudError, problem, type Problem } from '../../model/errors';
import { hex } from '../../model/ids';
import { list, number, text } from '../../model/reading';
import type { Reference, ResourceType } from '../../model/resource-type';
import type { Bag } from '../../model/values';
import { aws, between, resourceOf } from '../parts';
import { loadBalancer } from './load-balancer';
import { targetGroup } from './target-group';

const actionTypes = [
  'forward',
  'redirect',
  'fixed-response',
  'authenticate-cognito',
  'authenticate-oidc',
  'jwt-validation',
];

function toTargets(actions: string): Reference[] {
  const reference = { to: [targetGroup.token], error: 'TargetGroupNotFound', holds: true };
  return [
    { ...reference, path: `${actions}.*.targetGroupArn` },
    { ...reference, path: `${actions}.*.forward.targetGroups.*.arn` },
  ];
}

export const listener: ResourceType = {
  token: aws('lb', 'Listener'),
  required: ['defaultActions', 'loadBalancerArn'],
  references: [
    { path: 'loadBalancerArn', to: [loadBalancer.token], error: 'LoadBalancerNotFound' },
    { path: 'certificateArn', to: [aws('acm', 'Certificate')], error: 'CertificateNotFound', holds: true },
    ...toTargets('defaultActions'),
  ],
  enumerations: {
    protocol: ['HTTP', 'HTTPS', 'TCP', 'TLS', 'UDP', 'TCP_UDP', 'GENEVE', 'QUIC', 'TCP_QUIC'],
    'defaultActions.*.type': actionTypes,
    'defaultActions.*.redirect.statusCode': ['HTTP_301', 'HTTP_302'],
  },
  replaceOn: ['loadBalancerArn'],
  keeps: ['sslPolicy', 'protocol'],
  computed: ['arn', 'tagsAll'],
  defaults: (inputs) => {
    const secure = ['HTTPS', 'TLS'].includes(text(inputs, 'protocol') ?? '');
    return { protocol: 'HTTP', ...(secure ? { sslPolicy: 'ELBSecurityPolicy-2016-08' } : {}) };
  },
  check: (inputs) => {
    const secure = ['HTTPS', 'TLS'].includes(text(inputs, 'protocol') ?? '');
    const bare = secure && inputs.certificateArn === undefined;
    return [
      ...between(inputs, 'port', 1, 65535),
      ...(bare
        ? [problem('certificateArn', 'ValidationError: A certificate must be specified for HTTPS listeners')]
        : []),
    ];
  },
  create: ({ inputs, cloud }) => {
    const balancer = text(inputs, 'loadBalancerArn') ?? '';
    const port = text(inputs, 'port');
    const twin = cloud
      .all(listener.token)
      .some((other) => text(other.inputs, 'loadBalancerArn') === balancer && text(other.inputs, 'port') === port);
    if (twin) throw new CloudError('DuplicateListener', `A listener already exists on this port for ${balancer}`);
    const certificate = cloud.find([aws('acm', 'Certificate')], text(inputs, 'certificateArn') ?? '');
    if (certificate && text(certificate.inputs, 'validationMethod') !== undefined) {
      const issued = cloud
        .all(aws('acm', 'CertificateValidation'))
        .some((validation) => text(validation.inputs, 'certificateArn') === certificate.id);
      const sentence = `The certificate '${certificate.id}' must have a fully-qualified domain name, a supported signature, and a supported key size, and be issued: wait for its validation.`;
      if (!issued) throw new CloudError('UnsupportedCertificate', sentence);
    }
    const arn = cloud.arn(
      'elasticloadbalancing',
      `${resourceOf(balancer).replace('loadbalancer/', 'listener/')}/${hex(16)}`,
    );
    return { id: arn, state: { arn } };
  },
};

/** A rule without a priority goes behind the last. */
const nextPriority = (rules: { inputs: Bag; state: Bag }[]): number =>
  Math.max(0, ...rules.map((rule) => number(rule.inputs, 'priority') ?? number(rule.state, 'priority') ?? 0)) + 1;

const conditionLists = ['pathPattern', 'hostHeader', 'httpHeader', 'httpRequestMethod', 'sourceIp'];

/** Values of all conditions of a rule together. */
function valuesOf(inputs: Bag): number {
  return list(inputs, 'conditions').reduce<number>((sum, condition) => {
    const ofLists = conditionLists.map((key) => list(condition as Bag, `${key}.values`).length);
    return sum + list(condition as Bag, 'queryStrings').length + ofLists.reduce((all, some) => all + some, 0);
  }, 0);
}

/** A redirect names its kind, and leads away from where it is. */
function redirectProblems(inputs: Bag): Problem[] {
  return list(inputs, 'actions').flatMap((action, at) => {
    if (text(action as Bag, 'type') !== 'redirect') return [];
    const path = `actions[${at}].redirect`;
    const code = text(action as Bag, 'redirect.statusCode');
    return code === 'HTTP_301' || code === 'HTTP_302'
      ? []
      : [problem(path, `expected ${path}.statusCode to be one of ["HTTP_301" "HTTP_302"], got ${code}`)];
  });
}

export const listenerRule: ResourceType = {
  token: aws('lb', 'ListenerRule'),
  required: ['actions', 'conditions', 'listenerArn'],
  references: [{ path: 'listenerArn', to: [listener.token], error: 'ListenerNotFound' }, ...toTargets('actions')],
  enumerations: { 'actions.*.type': actionTypes },
  replaceOn: ['listenerArn'],
  sets: ['conditions'],
  keeps: ['priority'],
  computed: ['arn', 'priority', 'tagsAll'],
  check: (inputs) => [
    ...between(inputs, 'priority', 1, 50000),
    ...(valuesOf(inputs) > 5
      ? [problem('conditions', 'TooManyConditions: a rule has at most five condition values')]
      : []),
    ...redirectProblems(inputs),
  ],
  create: ({ inputs, cloud }) => {
    const parent = text(inputs, 'listenerArn') ?? '';
    const siblings = cloud.all(listenerRule.token).filter((rule) => text(rule.inputs, 'listenerArn') === parent);
    const priority = number(inputs, 'priority') ?? nextPriority(siblings);
    const taken = siblings.some(
      (rule) => (number(rule.inputs, 'priority') ?? number(rule.state, 'priority')) === priority,
    );
    if (taken) throw new CloudError('PriorityInUse', `Priority '${priority}' is currently in use`);
    const arn = cloud.arn(
      'elasticloadbalancing',
      `${resourceOf(parent).replace('listener/', 'listener-rule/')}/${hex(16)}`,
    );
    return { id: arn, state: { arn, ...(inputs.priority === undefined ? { priority } : {}) } };
  },
};
