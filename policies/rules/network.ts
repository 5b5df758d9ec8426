import { fromLarge } from '../context';
import { expect, inspect, type Judgement, pass, unknown } from '../judge';
import type { Resource, ResourceRule, StackRule } from '../rule';
import { findEach, referredBy, refersTo, type Stack } from '../stack';
import { flag, present, show, text, UNKNOWN } from '../values';

const vpc = ['aws:ec2/vpc:Vpc'];
const subnet = ['aws:ec2/subnet:Subnet'];

export const flowLogs: StackRule = {
  id: 'network-flow-logs',
  title: 'A network logs its flows',
  why: 'Who talked to whom cannot be asked for after an incident.',
  mend: 'Add an aws.ec2.FlowLog with the vpcId.',
  severity: 'advisory',
  controls: ['AWS FSBP EC2.6', 'Checkov CKV2_AWS_11', 'CIS AWS 3.7'],
  scope: 'stack',
  types: vpc,
  check: (stack) =>
    findEach(stack, vpc, (network) => [
      expect(referredBy(stack.ofType('aws:ec2/flowLog:FlowLog'), 'vpcId', network), 'no flow log names it', 'vpcId'),
    ]),
};

export const defaultGroupClosed: StackRule = {
  id: 'network-default-group-closed',
  title: "A network's default security group has no rules",
  why: 'What is started without a group lands in it, and its members may talk to each other.',
  mend: 'Add an aws.ec2.DefaultSecurityGroup with the vpcId and empty ingress and egress.',
  severity: 'advisory',
  controls: ['AWS FSBP EC2.2', 'Checkov CKV2_AWS_12', 'CIS AWS 5.4'],
  scope: 'stack',
  types: vpc,
  check: (stack) =>
    findEach(stack, vpc, (network) => {
      const group = stack
        .ofType('aws:ec2/defaultSecurityGroup:DefaultSecurityGroup')
        .find((candidate) => refersTo(candidate, 'vpcId', network) === true);
      if (!group) return [expect(false, 'its default security group is left as it is', 'vpcId')];
      return [
        inspect(group, ['ingress', 'egress'], (ingress, egress) =>
          present(ingress) || present(egress) ? 'its default security group has rules' : undefined,
        ),
      ];
    }),
};

export const natPerZone: StackRule = {
  id: 'network-nat-per-zone',
  title: 'From Large, every zone has a NAT gateway of its own',
  why: 'With a single one, the loss of its zone cuts the instances of all zones off from what they call.',
  mend: "Set network.natGateways to 'per-zone'.",
  severity: 'mandatory',
  controls: [],
  scope: 'stack',
  types: vpc,
  where: fromLarge,
  check: (stack) => findEach(stack, vpc, (network) => [enoughGateways(stack, network)]),
};

function enoughGateways(stack: Stack, network: Resource): Judgement {
  const subnets = stack.ofType(...subnet).filter((candidate) => refersTo(candidate, 'vpcId', network) === true);
  const zones = subnets.map((each) => each.props.availabilityZone ?? each.props.availabilityZoneId);
  if (zones.includes(UNKNOWN)) return unknown('availabilityZone');
  const gateways = stack
    .ofType('aws:ec2/natGateway:NatGateway')
    .filter(
      (gateway) =>
        refersTo(gateway, 'vpcId', network) === true ||
        subnets.some((each) => refersTo(gateway, 'subnetId', each) === true),
    );
  // A regional gateway spans the zones by itself; a network without any has no way out to lose.
  if (gateways.length === 0 || gateways.some((gateway) => gateway.props.availabilityMode === 'regional')) return pass;
  const needed = new Set(zones).size;
  const problem = `it has ${gateways.length} NAT gateway${gateways.length === 1 ? '' : 's'} for ${needed} zones`;
  return expect(gateways.length >= needed, problem, 'subnetId');
}

export const noPublicAddresses: ResourceRule = {
  id: 'subnet-no-public-ip',
  title: 'No subnet hands out public addresses',
  why: 'Load balancers and NAT gateways bring their own; whatever else is started there would be on the internet.',
  mend: 'Set mapPublicIpOnLaunch to false.',
  severity: 'mandatory',
  controls: ['AWS FSBP EC2.15', 'Checkov CKV_AWS_130'],
  scope: 'resource',
  types: subnet,
  check: (resource) => [
    inspect(resource, ['mapPublicIpOnLaunch'], (maps) => (flag(maps) ? 'mapPublicIpOnLaunch is true' : undefined)),
  ],
};

/** Types of other clouds that are in one region, and where they say which. */
const elsewhere: Record<string, string> = {
  'gcp:compute/subnetwork:Subnetwork': 'region',
  'gcp:compute/regionInstanceGroupManager:RegionInstanceGroupManager': 'region',
  'gcp:compute/regionAutoscaler:RegionAutoscaler': 'region',
  'gcp:container/cluster:Cluster': 'location',
  'gcp:memorystore/instance:Instance': 'location',
  'gcp:redis/cluster:Cluster': 'region',
  'gcp:redis/instance:Instance': 'region',
  'gcp:storage/bucket:Bucket': 'location',
  'digitalocean:index/databaseCluster:DatabaseCluster': 'region',
  'digitalocean:index/dropletAutoscale:DropletAutoscale': 'dropletTemplate.region',
  'digitalocean:index/kubernetesCluster:KubernetesCluster': 'region',
  'digitalocean:index/loadBalancer:LoadBalancer': 'region',
  'digitalocean:index/spacesBucket:SpacesBucket': 'region',
  'digitalocean:index/vpc:Vpc': 'region',
};

export const regionAllowed: ResourceRule = {
  id: 'region-allowed',
  title: "Resources are in the stack's own regions",
  why: 'A resource elsewhere is outside the network, the alarms and perhaps the law.',
  mend: 'Set its region to one of the stack, or add the region to the configuration.',
  severity: 'mandatory',
  controls: [],
  scope: 'resource',
  types: [
    ...vpc,
    ...subnet,
    'aws:lb/loadBalancer:LoadBalancer',
    'aws:autoscaling/group:Group',
    'aws:ec2/launchTemplate:LaunchTemplate',
    'aws:elasticache/replicationGroup:ReplicationGroup',
    'aws:s3/bucket:Bucket',
    'aws:secretsmanager/secret:Secret',
    'aws:eks/cluster:Cluster',
    ...Object.keys(elsewhere),
  ],
  where: { says: 'where regions are given', holds: (context) => context.regions !== undefined },
  check: (resource, context) => [
    inspect(resource, [elsewhere[resource.type] ?? 'region'], (region) => {
      // Without one the provider's own region counts, which the stack's configuration names. Google writes a bucket's
      // location in capitals, and a zone is its region with a letter more.
      const place = text(region).toLowerCase();
      const inside = context.regions?.some(
        (each) => place === each || (/^-[a-z]$/.test(place.slice(each.length)) && place.startsWith(each)),
      );
      if (!present(region) || inside) return undefined;
      return `it is in ${show(region)}, not in ${(context.regions ?? []).join(', ')}`;
    }),
  ],
};

export const networkRules = [flowLogs, defaultGroupClosed, natPerZone, noPublicAddresses, regionAllowed];
