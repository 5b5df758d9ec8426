import { expect, fail, inspect, inspectEach, pass, unknown } from '../../judge';
import type { Resource, ResourceRule, StackRule } from '../../rule';
import { either, findEach, refersTo } from '../../stack';
import { at, flag, list, present, show, UNKNOWN, type Unknown } from '../../values';

const firewall = 'digitalocean:index/firewall:Firewall';
const pool = 'digitalocean:index/dropletAutoscale:DropletAutoscale';
const droplet = 'digitalocean:index/droplet:Droplet';
const common = { severity: 'mandatory', scope: 'resource' } as const;

export const noWorld: ResourceRule = {
  ...common,
  id: 'do-firewall-no-world',
  title: 'A firewall lets nothing of the internet in, SSH least of all',
  why: 'Droplets have public addresses; what is open is tried by robots within minutes, past the balancer.',
  mend: 'Set sourceLoadBalancerUids, sourceTags, or sourceAddresses to ranges of your own.',
  controls: ['Trivy AVD-DIG-0001'],
  types: [firewall],
  check: (resource) =>
    inspectEach(resource, 'inboundRules', (rule, path) => {
      const sources = list(at(rule, 'sourceAddresses'));
      if (sources.some((source) => typeof source === 'string' && /\/0$/.test(source.trim()))) {
        const ports = at(rule, 'portRange');
        return fail(`${show(ports ?? at(rule, 'protocol'))} is open to the internet`);
      }
      return sources.includes(UNKNOWN) ? unknown(`${path}.sourceAddresses`) : pass;
    }),
};

export const behindFirewall: StackRule = {
  ...common,
  scope: 'stack',
  id: 'do-droplets-behind-firewall',
  title: 'Droplets are behind a firewall',
  why: 'Without one every port of a droplet is open to the internet.',
  mend: "Add a Firewall whose tags has a tag of the droplets' template, or whose dropletIds has the droplet.",
  controls: ['Checkov CKV_DIO_4'],
  types: [pool, droplet],
  check: (stack) =>
    findEach(stack, [pool, droplet], (resource) => [
      expect(either(...stack.ofType(firewall).map((each) => guards(each, resource))), 'no firewall has it', 'tags'),
    ]),
};

function guards(guard: Resource, resource: Resource): boolean | Unknown {
  const byId = refersTo(guard, 'dropletIds', resource);
  if (byId === true) return true;
  const tags = at(resource.props, resource.type === pool ? 'dropletTemplate.tags' : 'tags');
  const [ours, theirs] = [list(tags), list(guard.props.tags)];
  if (ours.some((tag) => typeof tag === 'string' && theirs.includes(tag))) return true;
  // Two tags that are not known yet are one where both come from the same resource.
  const sources = guard.references.tags ?? [];
  const mine = [...(resource.references.dropletTemplate ?? []), ...(resource.references.tags ?? [])];
  if (sources.some((source) => mine.includes(source))) return true;
  const unsure = theirs.includes(UNKNOWN) || (ours.includes(UNKNOWN) && theirs.length > 0);
  return unsure || byId === UNKNOWN ? UNKNOWN : false;
}

export const agent: ResourceRule = {
  ...common,
  id: 'do-droplet-monitoring',
  title: 'Droplets report their CPU and memory',
  why: 'An autoscale pool sees no memory without the agent, and alerts see nothing.',
  mend: 'Set dropletTemplate.withDropletAgent (monitoring on a single droplet) to true.',
  controls: [],
  types: [pool, droplet],
  check(resource) {
    const path = resource.type === pool ? 'dropletTemplate.withDropletAgent' : 'monitoring';
    return [inspect(resource, [path], (on) => (flag(on) ? undefined : `${path} is ${show(on)}`))];
  },
};

export const sshKeys: ResourceRule = {
  ...common,
  id: 'do-droplet-ssh-keys',
  title: 'Droplets have an SSH key instead of a password, and are in a network of the stack',
  why: 'Without a key DigitalOcean makes a root password and sends it by mail.',
  mend: 'Set sshKeys and vpcUuid of the template.',
  controls: ['Checkov CKV_DIO_2', 'Trivy AVD-DIG-0004'],
  types: [pool, droplet],
  check(resource) {
    const holder = resource.type === pool ? 'dropletTemplate.' : '';
    return ['sshKeys', 'vpcUuid'].map((property) =>
      expect(presentAt(resource, holder + property), `${property} is not set`, holder + property),
    );
  },
};

/** Whether something is set; known even where its value is not. */
function presentAt(resource: Resource, path: string): boolean | Unknown {
  const [holder] = path.split('.');
  if (holder !== path && resource.props[holder ?? ''] === UNKNOWN) return UNKNOWN;
  return present(at(resource.props, path));
}

export const dropletRules = [noWorld, behindFirewall, agent, sshKeys];
