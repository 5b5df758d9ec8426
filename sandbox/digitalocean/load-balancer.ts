import type { Cloud } from '../model/cloud';
import { problem, type Problem } from '../model/errors';
import { uuid } from '../model/ids';
import { at, list, matches, text } from '../model/reading';
import type { ResourceType } from '../model/resource-type';
import { isEmpty, type Bag } from '../model/values';
import {
  between,
  named,
  ocean,
  publicAddress,
  regions,
  toBalancer,
  toCertificate,
  toProject,
  toTag,
  toVpc,
  urn,
} from './parts';

const entryProtocols = ['http', 'https', 'http2', 'http3', 'tcp', 'udp'] as const;

export const loadBalancer: ResourceType = {
  token: ocean('LoadBalancer'),
  naming: named(),
  enumerations: {
    region: regions,
    type: ['REGIONAL', 'GLOBAL', 'REGIONAL_NETWORK'],
    network: ['EXTERNAL', 'INTERNAL'],
    networkStack: ['IPV4', 'DUALSTACK'],
    size: ['lb-small', 'lb-medium', 'lb-large'],
    tlsCipherPolicy: ['DEFAULT', 'STRONG'],
    'forwardingRules.*.entryProtocol': entryProtocols,
    'forwardingRules.*.targetProtocol': entryProtocols.filter((protocol) => protocol !== 'http3'),
    'stickySessions.type': ['cookies', 'none'],
    'healthcheck.protocol': ['http', 'https', 'tcp'],
    'glbSettings.targetProtocol': ['http', 'https'],
    'glbSettings.targetPort': [80, 443],
  },
  references: [
    toVpc('vpcUuid'),
    toProject('projectId'),
    toTag('dropletTag'),
    toCertificate('forwardingRules.*.certificateName'),
    toCertificate('domains.*.certificateName'),
    { ...toBalancer('targetLoadBalancerIds.*'), holds: true },
  ],
  replaceOn: ['network', 'networkStack', 'region', 'type', 'vpcUuid'],
  sets: ['domains', 'dropletIds', 'firewall', 'forwardingRules', 'targetLoadBalancerIds'],
  keeps: [
    ...['domains', 'dropletIds', 'firewall', 'glbSettings', 'healthcheck', 'httpIdleTimeoutSeconds', 'network'],
    ...['networkStack', 'projectId', 'sizeUnit', 'stickySessions', 'targetLoadBalancerIds', 'tlsCipherPolicy', 'type'],
    ...['vpcUuid'],
  ],
  computed: ['ip', 'ipv6', 'loadBalancerUrn', 'status'],
  defaults: {
    disableLetsEncryptDnsRecords: false,
    enableBackendKeepalive: false,
    enableProxyProtocol: false,
    redirectHttpToHttps: false,
  },
  check: (inputs, cloud) => [...kindProblems(inputs), ...ruleProblems(inputs), ...placeProblems(inputs, cloud)],
  create: () => {
    const id = uuid();
    return { id, state: { ip: publicAddress(), ipv6: '', loadBalancerUrn: urn('loadbalancer', id), status: 'active' } };
  },
};

function kindProblems(inputs: Bag): Problem[] {
  const global = text(inputs, 'type') === 'GLOBAL';
  if (global && !isEmpty(inputs.region)) {
    return [problem('region', "'region' must be empty or not set when 'type' is 'GLOBAL'")];
  }
  if (!global && isEmpty(inputs.region)) return [problem('region', "missing 'region' value")];
  if (global && at(inputs, 'glbSettings') === undefined) {
    return [problem('glbSettings', '422 unprocessable_entity: a global load balancer has glb_settings')];
  }
  return [];
}

function ruleProblems(inputs: Bag): Problem[] {
  const problems: Problem[] = [
    ...between(inputs, 'sizeUnit', 1, 200),
    ...between(inputs, 'httpIdleTimeoutSeconds', 30, 600),
    ...between(inputs, 'stickySessions.cookieTtlSeconds', 2, 34_650),
    ...between(inputs, 'healthcheck.checkIntervalSeconds', 3, 300),
    ...between(inputs, 'healthcheck.responseTimeoutSeconds', 3, 300),
    ...between(inputs, 'healthcheck.unhealthyThreshold', 2, 10),
    ...between(inputs, 'healthcheck.healthyThreshold', 2, 10),
  ];
  const protocol = text(inputs, 'healthcheck.protocol');
  const path = text(inputs, 'healthcheck.path');
  if (protocol?.startsWith('http') && path === undefined) {
    problems.push(problem('healthcheck', `health check \`path\` is required for when protocol is \`${protocol}\``));
  }
  const whole = ['cookieName', 'cookieTtlSeconds'].every((part) => at(inputs, `stickySessions.${part}`) !== undefined);
  if (text(inputs, 'stickySessions.type') === 'cookies' && !whole) {
    problems.push(problem('stickySessions', '`cookie_name` and `cookie_ttl_seconds` are required for cookies'));
  }
  if (protocol === 'tcp' && path !== undefined) {
    problems.push(problem('healthcheck', 'health check `path` is not allowed for when protocol is `tcp`'));
  }
  if (!isEmpty(inputs.glbSettings) && !isEmpty(inputs.forwardingRules)) {
    problems.push(problem('glbSettings', '"glb_settings": conflicts with forwarding_rule'));
  }
  if (!isEmpty(inputs.dropletTag) && !isEmpty(inputs.dropletIds)) {
    problems.push(problem('dropletIds', '"droplet_ids": conflicts with droplet_tag'));
  }
  for (const rule of list(inputs, 'forwardingRules')) {
    const secure = ['https', 'http2', 'http3'].includes(text(rule, 'entryProtocol') ?? '');
    const named = matches(rule, 'certificateName').length + matches(rule, 'certificateId').length > 0;
    if (secure && !named && at(rule, 'tlsPassthrough') !== true) {
      problems.push(
        problem('forwardingRules', '422 unprocessable_entity: a secure rule needs a certificate or TLS passthrough'),
      );
    }
  }
  return problems;
}

/** A balancer and its network are in one region. */
function placeProblems(inputs: Bag, cloud: Cloud): Problem[] {
  const vpc = cloud.find([ocean('Vpc')], text(inputs, 'vpcUuid') ?? '');
  if (!vpc || text(vpc.inputs, 'region') === text(inputs, 'region')) return [];
  return [problem('vpcUuid', `422 unprocessable_entity: the VPC ${vpc.id} is in another region`)];
}
