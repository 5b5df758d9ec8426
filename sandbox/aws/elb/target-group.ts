import { problem } from '../../model/errors';
import { hex } from '../../model/ids';
import { number, text } from '../../model/reading';
import type { ResourceType } from '../../model/resource-type';
import { aws, between, named, resourceOf, toVpc } from '../parts';

const protocols = ['GENEVE', 'HTTP', 'HTTPS', 'QUIC', 'TCP', 'TCP_QUIC', 'TCP_UDP', 'TLS', 'UDP'];

export const targetGroup: ResourceType = {
  token: aws('lb', 'TargetGroup'),
  naming: named(32, {
    pattern: /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/,
    rule: 'ValidationError: a name holds letters, digits and hyphens, and neither starts nor ends with a hyphen',
    taken: {
      code: 'DuplicateTargetGroupName',
      sentence: (name) => `A target group with the name '${name}' already exists`,
    },
  }),
  references: [toVpc()],
  enumerations: {
    protocol: protocols,
    protocolVersion: ['HTTP1', 'HTTP2', 'GRPC'],
    targetType: ['instance', 'ip', 'lambda', 'alb'],
    ipAddressType: ['ipv4', 'ipv6'],
    loadBalancingAlgorithmType: ['round_robin', 'least_outstanding_requests', 'weighted_random'],
    'stickiness.type': ['lb_cookie', 'app_cookie', 'source_ip', 'source_ip_dest_ip', 'source_ip_dest_ip_proto'],
    'healthCheck.protocol': ['TCP', 'HTTP', 'HTTPS'],
  },
  replaceOn: ['ipAddressType', 'name', 'namePrefix', 'port', 'protocol', 'protocolVersion', 'targetType', 'vpcId'],
  keeps: ['ipAddressType', 'protocolVersion', 'loadBalancingAlgorithmType'],
  computed: ['arn', 'arnSuffix', 'loadBalancerArns', 'tagsAll'],
  defaults: {
    deregistrationDelay: 300,
    ipAddressType: 'ipv4',
    loadBalancingAlgorithmType: 'round_robin',
    protocolVersion: 'HTTP1',
    slowStart: 0,
    targetType: 'instance',
  },
  inUse: 'ResourceInUse',
  check: (inputs) => {
    const problems = [
      ...between(inputs, 'port', 1, 65535),
      ...between(inputs, 'deregistrationDelay', 0, 3600),
      ...between(inputs, 'healthCheck.interval', 5, 300),
      ...between(inputs, 'healthCheck.timeout', 2, 120),
      ...between(inputs, 'healthCheck.healthyThreshold', 2, 10),
      ...between(inputs, 'healthCheck.unhealthyThreshold', 2, 10),
    ];
    const stickiness = text(inputs, 'stickiness.type');
    problems.push(...between(inputs, 'stickiness.cookieDuration', 1, 604800));
    if (stickiness?.startsWith('source_ip') && ['HTTP', 'HTTPS'].includes(text(inputs, 'protocol') ?? '')) {
      const reason = `InvalidConfigurationRequest: Stickiness type '${stickiness}' is not supported for target groups with the HTTP protocol`;
      problems.push(problem('stickiness.type', reason));
    }
    const [interval, timeout] = [number(inputs, 'healthCheck.interval'), number(inputs, 'healthCheck.timeout')];
    if (interval !== undefined && timeout !== undefined && timeout >= interval) {
      problems.push(
        problem('healthCheck.timeout', 'ValidationError: Health check interval must be greater than the timeout.'),
      );
    }
    if (text(inputs, 'targetType') !== 'lambda') {
      for (const key of ['port', 'protocol', 'vpcId']) {
        if (inputs[key] === undefined)
          problems.push(problem(key, `"${key}" is required unless the target type is lambda`));
      }
    }
    return problems;
  },
  create: ({ inputs, cloud }) => {
    const arn = cloud.arn('elasticloadbalancing', `targetgroup/${text(inputs, 'name')}/${hex(16)}`);
    return { id: arn, state: { arn, arnSuffix: resourceOf(arn), loadBalancerArns: [] } };
  },
};
