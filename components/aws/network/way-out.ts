import * as aws from '@pulumi/aws';
import { nameOf } from '../../naming';
import { namedTags, type NetworkContext } from './subnet-tier';
import { zoneLetter } from './subnets';

const everywhere = '0.0.0.0/0';

/** The internet gateway, and the route to it for the public subnets. */
export function createInternetGateway(context: NetworkContext, publicTable: aws.ec2.RouteTable) {
  const { name, region, parent } = context;
  const gateway = new aws.ec2.InternetGateway(
    nameOf('aws:ec2', name),
    { region, vpcId: context.vpcId, tags: namedTags(context) },
    { parent },
  );
  const route = new aws.ec2.Route(
    nameOf('aws:ec2', name, 'public', 'internet'),
    { region, routeTableId: publicTable.id, destinationCidrBlock: everywhere, gatewayId: gateway.id },
    { parent },
  );
  return { gateway, route };
}

export interface NatGateways {
  addresses: aws.ec2.Eip[];
  gateways: aws.ec2.NatGateway[];
}

/**
 * NAT gateways with fixed public addresses, in the first zone or in all. They are named for their zone, so going from
 * one to all keeps the first, its address included.
 *
 * @param publicRoute a NAT gateway in a subnet without a route to the internet would fail
 */
export function createNatGateways(
  context: NetworkContext,
  amount: 'single' | 'per-zone',
  publicSubnets: aws.ec2.Subnet[],
  publicRoute: aws.ec2.Route,
): NatGateways {
  const { name, region, parent } = context;
  const zones = amount === 'single' ? context.zones.slice(0, 1) : context.zones;
  const addresses: aws.ec2.Eip[] = [];
  const gateways = zones.map((zone, at) => {
    const letter = zoneLetter(zone)!;
    const logicalName = nameOf('aws:ec2', name, 'nat', letter);
    const tags = namedTags(context, 'nat', letter);
    const address = new aws.ec2.Eip(logicalName, { region, domain: 'vpc', tags }, { parent, dependsOn: [publicRoute] });
    addresses.push(address);
    return new aws.ec2.NatGateway(
      logicalName,
      { region, subnetId: publicSubnets[at]!.id, allocationId: address.allocationId, connectivityType: 'public', tags },
      { parent, dependsOn: [publicRoute] },
    );
  });
  return { addresses, gateways };
}

/** The private subnets' way out: through the zone's own NAT gateway, or through the single one. */
export function createPrivateRoutes(
  context: NetworkContext,
  tables: aws.ec2.RouteTable[],
  gateways: aws.ec2.NatGateway[],
): aws.ec2.Route[] {
  return tables.map((table, at) => {
    const letter = zoneLetter(context.zones[at]!)!;
    return new aws.ec2.Route(
      nameOf('aws:ec2', context.name, 'private', letter, 'internet'),
      {
        region: context.region,
        routeTableId: table.id,
        destinationCidrBlock: everywhere,
        natGatewayId: (gateways[at] ?? gateways[0]!).id,
      },
      { parent: context.parent },
    );
  });
}

/**
 * Gateway endpoints: traffic to S3 and DynamoDB stays off the NAT gateways, which bill each GB. Container layers of ECR
 * and the packages of Amazon Linux come from S3 too.
 */
export function createGatewayEndpoints(context: NetworkContext, tables: aws.ec2.RouteTable[]): aws.ec2.VpcEndpoint[] {
  return ['s3', 'dynamodb'].map(
    (service) =>
      new aws.ec2.VpcEndpoint(
        nameOf('aws:ec2', context.name, service),
        {
          region: context.region,
          vpcId: context.vpcId,
          vpcEndpointType: 'Gateway',
          serviceName: `com.amazonaws.${context.region}.${service}`,
          routeTableIds: tables.map((table) => table.id),
          tags: namedTags(context, service),
        },
        { parent: context.parent },
      ),
  );
}
