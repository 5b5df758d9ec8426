import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { must, refuseFaults } from '../../faults';
import { nameOf } from '../../naming';
import type { Network } from './network';
import { zoneLetter } from './subnets';

export interface PeeringArgs {
  /** The network that asks, usually the home region's. A change replaces the peering. */
  requester: Network;
  /** The network that accepts, in another region of the same account. A change replaces the peering. */
  accepter: Network;
  /**
   * Whether the peer's instances reach the data subnets as well, for stores that live in one region alone. Default:
   * false, each region has its own.
   */
  reachDataSubnets?: boolean;
  tags?: Record<string, string>;
}

/**
 * Joins the private subnets of two regions' networks over AWS's own backbone, encrypted by AWS, with routes both ways.
 * It opens no security group.
 *
 * Cost: the peering itself is free; traffic between regions is 0.02 USD per GB each way out of a region.
 *
 * ```ts
 * new Peering('pulse-prod-use1-usw2', { requester: home, accepter: west });
 * ```
 */
export class Peering extends pulumi.ComponentResource {
  readonly connection: aws.ec2.VpcPeeringConnection;
  readonly acceptance: aws.ec2.VpcPeeringConnectionAccepter;
  /** What must be there before a packet finds its way across. */
  readonly routes: aws.ec2.Route[];

  /** @throws Error for an existing network, for two networks of one region, and for ranges that overlap */
  constructor(name: string, args: PeeringArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('Peering', name, faultsOf(args));
    super('stackladder:aws:Peering', name, {}, opts);
    const { requester, accepter } = args;
    this.connection = this.request(name, args);
    this.acceptance = this.accept(name, args);
    this.routes = [
      ...this.routesFrom(name, requester, accepter, args.reachDataSubnets),
      ...this.routesFrom(name, accepter, requester, args.reachDataSubnets),
    ];
    this.registerOutputs({ connectionId: this.connection.id });
  }

  private request(name: string, { requester, accepter, tags }: PeeringArgs): aws.ec2.VpcPeeringConnection {
    return new aws.ec2.VpcPeeringConnection(
      nameOf('aws:ec2', name),
      {
        region: requester.region,
        vpcId: requester.vpcId,
        peerVpcId: accepter.vpcId,
        peerRegion: accepter.region,
        tags: { ...tags, Name: name },
      },
      { parent: this },
    );
  }

  // Between regions the asking side cannot accept for the other, even in one account.
  private accept(name: string, { accepter, tags }: PeeringArgs): aws.ec2.VpcPeeringConnectionAccepter {
    return new aws.ec2.VpcPeeringConnectionAccepter(
      nameOf('aws:ec2', name),
      {
        region: accepter.region,
        vpcPeeringConnectionId: this.connection.id,
        autoAccept: true,
        tags: { ...tags, Name: name },
      },
      { parent: this },
    );
  }

  private routesFrom(name: string, from: Network, to: Network, reachDataSubnets = false): aws.ec2.Route[] {
    const tables = from.privateRouteTableIds.map((id, at) => ({ id, label: zoneLetter(from.zones[at]!)! }));
    if (reachDataSubnets) tables.push({ id: from.dataRouteTableId!, label: 'data' });
    return tables.map(
      ({ id, label }) =>
        new aws.ec2.Route(
          nameOf('aws:ec2', name, from.region, label),
          {
            region: from.region,
            routeTableId: id,
            destinationCidrBlock: to.cidr,
            vpcPeeringConnectionId: this.connection.id,
          },
          { parent: this, dependsOn: [this.acceptance] },
        ),
    );
  }
}

function faultsOf({ requester, accepter }: PeeringArgs) {
  const existing =
    'is an existing network: its route tables are not managed here, so join it by hand or let us make it';
  return [
    must(requester.vpc !== undefined, 'requester', existing),
    must(accepter.vpc !== undefined, 'accepter', existing),
    must(requester.region !== accepter.region, 'accepter', `is in ${accepter.region} too; one network serves a region`),
    must(requester.cidr !== accepter.cidr, 'accepter', `has the range ${accepter.cidr} of the requester`),
  ];
}
