import { expect, fail, type Judgement, pass, unknown } from '../judge';
import type { Resource, ResourceRule, StackRule } from '../rule';
import { findEach, refersTo, type Stack } from '../stack';
import { at, list, numeric, UNKNOWN, type Value } from '../values';

const group = 'aws:ec2/securityGroup:SecurityGroup';
const types = [
  group,
  'aws:ec2/securityGroupRule:SecurityGroupRule',
  'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule',
];

/** What one ingress rule lets in from the whole internet. */
interface Opening {
  from: number;
  to: number;
}

export const noAdminPorts: ResourceRule = {
  id: 'security-group-no-admin-ports',
  title: 'SSH and RDP are never open to the internet',
  why: 'They are tried by robots within minutes of being open.',
  mend: 'Remove the rule; Session Manager opens a session without any port.',
  severity: 'mandatory',
  controls: ['AWS FSBP EC2.19', 'Checkov CKV_AWS_24', 'Checkov CKV_AWS_25', 'CIS AWS 5.2'],
  scope: 'resource',
  types,
  check: (resource) =>
    openings(resource).map((opening) => {
      if (opening === UNKNOWN) return unknown('ingress');
      const port = [22, 3389].find((admin) => opening.from <= admin && admin <= opening.to);
      return port === undefined ? pass : fail(`port ${port} is open to the internet`);
    }),
};

export const noWorld: StackRule = {
  id: 'security-group-no-world',
  title: 'Only a load balancer takes connections from the internet, on ports 80 and 443',
  why: 'Everything else is reached through it, where there are TLS, limits and logs.',
  mend: 'Let the rule name the security group that needs to come in (referencedSecurityGroupId) instead of 0.0.0.0/0.',
  severity: 'mandatory',
  controls: ['AWS FSBP EC2.18', 'Checkov CKV_AWS_260'],
  scope: 'stack',
  types,
  check: (stack) =>
    findEach(stack, types, (resource) =>
      openings(resource).map((opening): Judgement => {
        if (opening === UNKNOWN) return unknown('ingress');
        const web = opening.from === opening.to && (opening.from === 80 || opening.from === 443);
        if (!web) return fail(`${range(opening)} open to the internet`);
        const problem = `${range(opening)} open to the internet, and its group is on no load balancer`;
        return expect(onBalancer(stack, resource), problem, 'securityGroupId');
      }),
    ),
};

function range(opening: Opening): string {
  return opening.from === opening.to ? `port ${opening.from} is` : `ports ${opening.from} to ${opening.to} are`;
}

/** Whether the rule's group, or the group itself, is one of a load balancer's. */
function onBalancer(stack: Stack, resource: Resource): ReturnType<typeof refersTo> {
  const balancers = stack.ofType('aws:lb/loadBalancer:LoadBalancer');
  const groups =
    resource.type === group
      ? [resource]
      : stack.ofType(group).filter((candidate) => refersTo(resource, 'securityGroupId', candidate) === true);
  if (groups.some((each) => balancers.some((balancer) => refersTo(balancer, 'securityGroups', each) === true)))
    return true;
  // Groups that are not known yet, or that are not of this stack, may be a balancer's.
  const adopted = groups.length === 0 && at(resource.props, 'securityGroupId') === UNKNOWN;
  return adopted ||
    balancers.some((balancer) => groups.some((each) => refersTo(balancer, 'securityGroups', each) === UNKNOWN))
    ? UNKNOWN
    : false;
}

/** What a group or a rule of its own opens to the whole internet, port range by port range. */
function openings(resource: Resource): (Opening | typeof UNKNOWN)[] {
  if (resource.type !== group) {
    // `securityGroupRule` is of either direction, the newer class of one.
    return resource.props.type === undefined || resource.props.type === 'ingress' ? opened(resource.props) : [];
  }
  const rules = resource.props.ingress;
  return rules === UNKNOWN ? [UNKNOWN] : list(rules).flatMap((rule) => (rule === UNKNOWN ? [UNKNOWN] : opened(rule)));
}

function opened(rule: Value): (Opening | typeof UNKNOWN)[] {
  const sources = ['cidrBlocks', 'ipv6CidrBlocks', 'cidrIpv4', 'cidrIpv6'].flatMap((key) => list(at(rule, key)));
  const world = sources.some((source) => typeof source === 'string' && /\/0$/.test(source.trim()));
  if (!world) return sources.includes(UNKNOWN) ? [UNKNOWN] : [];
  const from = at(rule, 'fromPort');
  const to = at(rule, 'toPort');
  const protocol = at(rule, 'protocol') ?? at(rule, 'ipProtocol');
  // Protocol -1 is all of them, whatever the ports say.
  if (protocol === '-1' || protocol === 'all') return [{ from: 0, to: 65_535 }];
  if (from === UNKNOWN || to === UNKNOWN) return [UNKNOWN];
  return [{ from: numeric(from) ?? 0, to: numeric(to) ?? numeric(from) ?? 65_535 }];
}

export const securityGroupRules = [noAdminPorts, noWorld];
