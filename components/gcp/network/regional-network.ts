import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { must, noTwice, refuseFaults } from '../../faults';
import { nameOf } from '../../naming';
import type { Network } from './network';
import { isNetworkRange, rangesOf, type Ranges } from './ranges';

export interface RegionalNetworkArgs {
  network: Network;
  /** Google's name of the region, e.g. `us-central1`. A change replaces everything in it. */
  region: string;
  /** Zones in use, e.g. `['us-central1-a', 'us-central1-b']`. Subnets span all zones: more or fewer touch none. */
  zones: string[];
  /** IPv4 range, a private /16 such as `10.0.0.0/16`. A change replaces the subnets. */
  cidr: string;
  /** Public addresses that traffic leaves from: one, or as many as zones. Cloud NAT itself has no single point of failure. */
  natGateways: 'single' | 'per-zone';
  labels?: Record<string, string>;
}

/** Names of the ranges that a cluster takes its addresses from. */
export const clusterRanges = { pods: 'pods', services: 'services' } as const;

/** Connections of one instance to one far address and port at the same time; more come by themselves, in doublings. */
const ports = { least: 64, most: 32_768 };

/**
 * A region of a network: a subnet for instances or nodes, one for the private endpoints of stores, Cloud NAT with
 * addresses that stay, flow logs, and leave for Memorystore for Valkey to put its endpoints into the data subnet. What Google
 * runs in a network of its own (Cloud SQL, Memorystore for Redis) is reached by `PrivateServices`, once for all regions.
 *
 * Cost: NAT 0.0014 USD an hour for each instance and 0.045 per GB, each address 0.005 an hour. Two instances and two
 * addresses: (2 × 0.0014 + 2 × 0.005) × 730 = 9.34 USD a month. Flow logs by use: 0.50 per GiB, half of them sampled.
 *
 * ```ts
 * const home = new RegionalNetwork('pulse-prod-network-usc1', {
 *   network, region: 'us-central1', zones: ['us-central1-a', 'us-central1-b'], cidr: '10.0.0.0/16',
 *   natGateways: 'single',
 * });
 * ```
 */
export class RegionalNetwork extends pulumi.ComponentResource {
  readonly cidr: string;
  /** How the range is shared out. */
  readonly ranges: Ranges;
  /** Where instances and nodes are; its secondary ranges are a cluster's. */
  readonly subnet: gcp.compute.Subnetwork;
  /** Where the private endpoints of stores are. */
  readonly dataSubnet: gcp.compute.Subnetwork;
  /** Public addresses that outgoing traffic leaves from, for access lists. */
  readonly natAddresses: pulumi.Output<string>[];
  /** What an instance needs before it can fetch anything. */
  readonly internetAccess: pulumi.Resource[];
  /** What a store of Memorystore needs before it can be made. */
  readonly storeAccess: pulumi.Resource[];

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: RegionalNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('RegionalNetwork', name, faultsOf(args));
    super('stackladder:gcp:RegionalNetwork', name, {}, opts);
    this.cidr = args.cidr;
    this.ranges = rangesOf(args.cidr);
    this.subnet = this.openSubnet(name, '', args, this.ranges.nodes, [
      { rangeName: clusterRanges.pods, ipCidrRange: this.ranges.pods },
      { rangeName: clusterRanges.services, ipCidrRange: this.ranges.services },
    ]);
    this.dataSubnet = this.openSubnet(name, 'data', args, this.ranges.data, []);
    const addresses = this.reserveAddresses(name, args);
    this.natAddresses = addresses.map(({ address }) => address);
    this.internetAccess = [this.openWayOut(name, args, addresses)];
    this.storeAccess = [this.letStoresIn(name, args)];
    this.registerOutputs({ subnet: this.subnet.id, dataSubnet: this.dataSubnet.id });
  }

  private openSubnet(
    name: string,
    part: string,
    { network, region }: RegionalNetworkArgs,
    ipCidrRange: string,
    secondaryIpRanges: gcp.types.input.compute.SubnetworkSecondaryIpRange[],
  ): gcp.compute.Subnetwork {
    return new gcp.compute.Subnetwork(
      nameOf('gcp:compute', ...[name, part].filter((word) => word !== '')),
      {
        region,
        network: network.id,
        ipCidrRange,
        secondaryIpRanges,
        // Google's own APIs (secrets, images, logs) without the way through NAT.
        privateIpGoogleAccess: true,
        logConfig: {
          aggregationInterval: 'INTERVAL_5_SEC',
          flowSampling: 0.5,
          metadata: 'INCLUDE_ALL_METADATA',
        },
      },
      { parent: this },
    );
  }

  private reserveAddresses(
    name: string,
    { region, zones, natGateways, labels }: RegionalNetworkArgs,
  ): gcp.compute.Address[] {
    const count = natGateways === 'single' ? 1 : zones.length;
    return Array.from(
      { length: count },
      (_, at) =>
        new gcp.compute.Address(
          nameOf('gcp:compute', name, 'nat', String(at)),
          { region, addressType: 'EXTERNAL', labels },
          { parent: this },
        ),
    );
  }

  private openWayOut(
    name: string,
    { network, region }: RegionalNetworkArgs,
    addresses: gcp.compute.Address[],
  ): gcp.compute.RouterNat {
    const router = new gcp.compute.Router(
      nameOf('gcp:compute', name),
      { region, network: network.id },
      { parent: this },
    );
    return new gcp.compute.RouterNat(
      nameOf('gcp:compute', name),
      {
        region,
        router: router.name,
        natIpAllocateOption: 'MANUAL_ONLY',
        natIps: addresses.map(({ selfLink }) => selfLink),
        sourceSubnetworkIpRangesToNat: 'ALL_SUBNETWORKS_ALL_IP_RANGES',
        enableDynamicPortAllocation: true,
        enableEndpointIndependentMapping: false, // Google refuses it together with dynamic ports
        minPortsPerVm: ports.least,
        maxPortsPerVm: ports.most,
        logConfig: { enable: true, filter: 'ERRORS_ONLY' },
      },
      { parent: this },
    );
  }

  private letStoresIn(
    name: string,
    { network, region, labels }: RegionalNetworkArgs,
  ): gcp.networkconnectivity.ServiceConnectionPolicy {
    return new gcp.networkconnectivity.ServiceConnectionPolicy(
      nameOf('gcp:networkconnectivity', name),
      {
        location: region,
        network: network.id,
        serviceClass: 'gcp-memorystore',
        description: 'Memorystore for Valkey puts its private endpoints into the data subnet',
        pscConfig: { subnetworks: [this.dataSubnet.id] },
        labels,
      },
      { parent: this },
    );
  }
}

function faultsOf({ region, zones, cidr }: RegionalNetworkArgs) {
  return [
    must(/^[a-z]+-[a-z]+\d+$/.test(region), 'region', `"${region}" is not a region of Google Cloud`),
    must(zones.length > 0, 'zones', 'one zone is needed at least'),
    ...zones.map((zone, at) =>
      must(
        /^-[a-z]$/.test(zone.slice(region.length)) && zone.startsWith(region),
        `zones[${at}]`,
        `"${zone}" is not in ${region}`,
      ),
    ),
    ...noTwice('zones', zones),
    must(isNetworkRange(cidr), 'cidr', `"${cidr}" must be a private /16 range such as 10.0.0.0/16`),
  ];
}
