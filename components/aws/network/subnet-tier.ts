import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';
import { subnetRange, zoneLetter, type SubnetKind } from './subnets';

/** What every part of one network needs to know. */
export interface NetworkContext {
  name: string;
  region: string;
  zones: string[];
  cidr: string;
  vpcId: pulumi.Output<string>;
  tags?: Record<string, string>;
  parent: pulumi.Resource;
}

/** Tags of a part: EC2's parts have no names, so the console shows the `Name` tag. */
export function namedTags(context: NetworkContext, ...parts: string[]): Record<string, string> {
  return { ...context.tags, Name: [context.name, ...parts].join('-') };
}

/** One subnet of a kind in each zone, named for the zone's letter. No subnet hands out public addresses. */
export function createSubnets(context: NetworkContext, kind: SubnetKind): aws.ec2.Subnet[] {
  return context.zones.map((zone) => {
    const letter = zoneLetter(zone)!;
    return new aws.ec2.Subnet(
      nameOf('aws:ec2', context.name, kind, letter),
      {
        region: context.region,
        vpcId: context.vpcId,
        availabilityZone: zone,
        cidrBlock: subnetRange(context.cidr, kind, zone),
        mapPublicIpOnLaunch: false,
        tags: { ...namedTags(context, kind, letter), Tier: kind },
      },
      { parent: context.parent },
    );
  });
}

/** A route table with no routes but the VPC's own. */
export function createRouteTable(context: NetworkContext, ...parts: string[]): aws.ec2.RouteTable {
  return new aws.ec2.RouteTable(
    nameOf('aws:ec2', context.name, ...parts),
    { region: context.region, vpcId: context.vpcId, tags: namedTags(context, ...parts) },
    { parent: context.parent },
  );
}

/** Puts the subnets of a kind on their route tables: one table a zone, or the same for all. */
export function associate(
  context: NetworkContext,
  kind: SubnetKind,
  subnets: aws.ec2.Subnet[],
  tableOf: (zoneIndex: number) => aws.ec2.RouteTable,
): aws.ec2.RouteTableAssociation[] {
  return subnets.map(
    (subnet, at) =>
      new aws.ec2.RouteTableAssociation(
        nameOf('aws:ec2', context.name, kind, zoneLetter(context.zones[at]!)!),
        { region: context.region, subnetId: subnet.id, routeTableId: tableOf(at).id },
        { parent: context.parent },
      ),
  );
}
