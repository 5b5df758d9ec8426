import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';
import { checkNetworkArgs, type ExistingNetworkIds, type NetworkArgs } from './arguments';
import { createFlowLogs } from './flow-logs';
import { associate, createRouteTable, createSubnets, namedTags, type NetworkContext } from './subnet-tier';
import { regionOfZone } from './subnets';
import { createGatewayEndpoints, createInternetGateway, createNatGateways, createPrivateRoutes } from './way-out';

export type { ExistingNetworkIds, NetworkArgs } from './arguments';

/**
 * A network over two or three zones: public subnets for balancers and NAT gateways, private ones for instances, and
 * data subnets for stores, which have no way to the internet at all. The default security group is closed, traffic
 * is recorded, and no subnet hands out public addresses. Or it stands for a network that exists and creates nothing.
 *
 * It grows in place: a third zone and further NAT gateways are added beside what is there. See `subnets.ts` for how
 * the range is cut.
 *
 * Cost (us-east-1, 730 hours): a NAT gateway 0.045 × 730 = 32.85 and its public address 0.005 × 730 = 3.65, so 36.50
 * USD a month each: 36.50 for `single`, 109.50 for `per-zone` over three zones; 0.045 USD per GB that goes through them;
 * flow logs 0.50 USD per GB taken in. The gateway endpoints are free.
 *
 * ```ts
 * const network = new Network('pulse-prod-use1', {
 *   zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'], cidr: '10.0.0.0/16', natGateways: 'per-zone',
 *   flowLogRetentionDays: 90,
 * });
 * new StoreThatNeedsSubnets('cache', { subnetIds: network.dataSubnetIds });
 * ```
 */
export class Network extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;
  /** One per zone, in the order of the zones; so are all lists here. */
  readonly publicSubnetIds: pulumi.Output<string>[];
  readonly privateSubnetIds: pulumi.Output<string>[];
  readonly dataSubnetIds: pulumi.Output<string>[];
  /** Public addresses that outgoing traffic leaves from: one, or one per zone. */
  readonly natAddresses: pulumi.Output<string>[];
  /** Empty for an existing network, whose routes are somebody else's. */
  readonly privateRouteTableIds: pulumi.Output<string>[];
  /** The one table of all data subnets. Undefined for an existing network. */
  readonly dataRouteTableId?: pulumi.Output<string>;
  readonly cidr: string;
  readonly region: string;
  readonly zones: string[];
  /** What must be there before an instance in a private subnet reaches the internet. Empty for an existing network. */
  readonly internetAccess: pulumi.Resource[];
  /** The VPC itself. Undefined for an existing network. */
  readonly vpc?: aws.ec2.Vpc;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    checkNetworkArgs(name, args);
    super('stackladder:aws:Network', name, {}, opts);
    this.cidr = args.cidr;
    this.zones = args.zones;
    this.region = args.region ?? regionOfZone(args.zones[0]!)!;

    const parts = args.existing ? adopt(args.existing) : this.create(name, args);
    this.vpc = parts.vpc;
    this.vpcId = parts.vpcId;
    this.publicSubnetIds = parts.publicSubnetIds;
    this.privateSubnetIds = parts.privateSubnetIds;
    this.dataSubnetIds = parts.dataSubnetIds;
    this.natAddresses = parts.natAddresses;
    this.privateRouteTableIds = parts.privateRouteTableIds;
    this.dataRouteTableId = parts.dataRouteTableId;
    this.internetAccess = parts.internetAccess;
    this.registerOutputs({
      vpcId: this.vpcId,
      publicSubnetIds: this.publicSubnetIds,
      privateSubnetIds: this.privateSubnetIds,
      dataSubnetIds: this.dataSubnetIds,
      natAddresses: this.natAddresses,
    });
  }

  private create(name: string, args: NetworkArgs): NetworkParts {
    const vpc = this.createVpc(name, args);
    const { region, zones, cidr } = this;
    const context: NetworkContext = { name, region, zones, cidr, vpcId: vpc.id, tags: args.tags, parent: this };
    closeDefaultSecurityGroup(context);

    const publicSubnets = createSubnets(context, 'public');
    const publicTable = createRouteTable(context, 'public');
    const internet = createInternetGateway(context, publicTable);
    const publicAssociations = associate(context, 'public', publicSubnets, () => publicTable);

    const privateSubnets = createSubnets(context, 'private');
    const privateTables = zones.map((zone) => createRouteTable(context, 'private', zone.slice(-1)));
    const privateAssociations = associate(context, 'private', privateSubnets, (at) => privateTables[at]!);
    const nat = createNatGateways(context, args.natGateways, publicSubnets, internet.route);
    const privateRoutes = createPrivateRoutes(context, privateTables, nat.gateways);

    const dataSubnets = createSubnets(context, 'data');
    const dataTable = createRouteTable(context, 'data');
    associate(context, 'data', dataSubnets, () => dataTable);

    createGatewayEndpoints(context, [...privateTables, dataTable]);
    createFlowLogs(name, vpc, { region, retentionDays: args.flowLogRetentionDays, tags: args.tags }, this);

    return {
      vpc,
      vpcId: vpc.id,
      publicSubnetIds: publicSubnets.map((subnet) => subnet.id),
      privateSubnetIds: privateSubnets.map((subnet) => subnet.id),
      dataSubnetIds: dataSubnets.map((subnet) => subnet.id),
      natAddresses: nat.addresses.map((address) => address.publicIp),
      privateRouteTableIds: privateTables.map((table) => table.id),
      dataRouteTableId: dataTable.id,
      internetAccess: [...privateRoutes, ...privateAssociations, ...publicAssociations],
    };
  }

  private createVpc(name: string, args: NetworkArgs): aws.ec2.Vpc {
    return new aws.ec2.Vpc(
      nameOf('aws:ec2', name),
      {
        region: this.region,
        cidrBlock: args.cidr,
        // Private endpoints answer to the names of the services that they stand for.
        enableDnsSupport: true,
        enableDnsHostnames: true,
        tags: { ...args.tags, Name: name },
      },
      { parent: this },
    );
  }
}

interface NetworkParts {
  vpc?: aws.ec2.Vpc;
  vpcId: pulumi.Output<string>;
  publicSubnetIds: pulumi.Output<string>[];
  privateSubnetIds: pulumi.Output<string>[];
  dataSubnetIds: pulumi.Output<string>[];
  natAddresses: pulumi.Output<string>[];
  privateRouteTableIds: pulumi.Output<string>[];
  dataRouteTableId?: pulumi.Output<string>;
  internetAccess: pulumi.Resource[];
}

function adopt(existing: ExistingNetworkIds): NetworkParts {
  const outputs = (ids: string[]) => ids.map((id) => pulumi.output(id));
  return {
    vpcId: pulumi.output(existing.vpcId),
    publicSubnetIds: outputs(existing.publicSubnetIds),
    privateSubnetIds: outputs(existing.privateSubnetIds),
    dataSubnetIds: outputs(existing.dataSubnetIds),
    natAddresses: outputs(existing.natAddresses),
    privateRouteTableIds: [],
    internetAccess: [],
  };
}

/** AWS lets the members of a new VPC's default group talk to each other; without rules nobody can use it by accident. */
function closeDefaultSecurityGroup(context: NetworkContext): void {
  new aws.ec2.DefaultSecurityGroup(
    nameOf('aws:ec2', context.name, 'default'),
    {
      region: context.region,
      vpcId: context.vpcId,
      ingress: [],
      egress: [],
      tags: namedTags(context, 'default', 'closed'),
    },
    { parent: context.parent },
  );
}
