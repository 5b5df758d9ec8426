import { must, noTwice, refuseFaults, type Fault } from '../../faults';
import { logRetention } from '../log-retention';
import { isNetworkRange, regionOfZone, zoneLetter } from './subnets';

/** A network that exists already, made by somebody else. Nothing is created or changed in it. */
export interface ExistingNetworkIds {
  vpcId: string;
  /** One per zone, in the order of the zones. Each needs a route to an internet gateway. */
  publicSubnetIds: string[];
  /** One per zone, in the order of the zones. Each needs a way out to the internet. */
  privateSubnetIds: string[];
  /** One per zone, in the order of the zones. May be the private ones. */
  dataSubnetIds: string[];
  /** Public IPv4 addresses that outgoing traffic leaves from. */
  natAddresses: string[];
}

export interface NetworkArgs {
  /** AWS region, e.g. `us-east-1`. Default: the region that the zones are in. A change replaces the whole network. */
  region?: string;
  /**
   * Names of two or three availability zones, e.g. `['us-east-1a', 'us-east-1b']`. Adding one at the end touches
   * nothing that is there. Leaving one out deletes its subnets. With a single NAT gateway the first zone has it.
   */
  zones: string[];
  /** IPv4 range, a private /16 such as `10.0.0.0/16`. A change replaces the whole network. */
  cidr: string;
  /** One NAT gateway for all zones, or one in each, so that a zone's fall leaves the others their way out. */
  natGateways: 'single' | 'per-zone';
  /** Days that flow logs are kept; one of the values that CloudWatch Logs knows. */
  flowLogRetentionDays: number;
  /** A network to use instead of making one. */
  existing?: ExistingNetworkIds;
  tags?: Record<string, string>;
}

/** @throws Error that lists every fault of the arguments */
export function checkNetworkArgs(name: string, args: NetworkArgs): void {
  refuseFaults('Network', name, [
    must(args.zones.length === 2 || args.zones.length === 3, 'zones', `${args.zones.length} must be 2 or 3 zones`),
    ...noTwice('zones', args.zones),
    ...args.zones.map((zone, at) => zoneFault(zone, at, args)),
    must(isNetworkRange(args.cidr), 'cidr', `"${args.cidr}" must be a private /16 range such as 10.0.0.0/16`),
    logRetention('flowLogRetentionDays', args.flowLogRetentionDays),
    ...existingFaults(args),
  ]);
}

function zoneFault(zone: string, at: number, args: NetworkArgs): Fault {
  const path = `zones[${at}]`;
  if (zoneLetter(zone) === undefined) {
    return `${path}: "${zone}" must be the full name of an availability zone, such as us-east-1a`;
  }
  const region = args.region ?? regionOfZone(args.zones[0]!);
  return must(regionOfZone(zone) === region, path, `"${zone}" is not in ${region}`);
}

function existingFaults({ existing, zones }: NetworkArgs): Fault[] {
  if (!existing) return [];
  const lists = ['publicSubnetIds', 'privateSubnetIds', 'dataSubnetIds'] as const;
  return [
    must(/^vpc-[0-9a-f]+$/.test(existing.vpcId), 'existing.vpcId', `"${existing.vpcId}" is not the id of a VPC`),
    ...lists.flatMap((list) => [
      must(
        existing[list].length === zones.length,
        `existing.${list}`,
        `${existing[list].length} subnets for ${zones.length} zones; there must be one per zone, in their order`,
      ),
      ...noTwice(`existing.${list}`, existing[list]),
    ]),
  ];
}
