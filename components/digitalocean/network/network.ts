import * as digitalocean from '@pulumi/digitalocean';
import * as pulumi from '@pulumi/pulumi';
import { must, refuseFaults, type Fault } from '../../faults';
import { nameOf } from '../../naming';

export interface NetworkArgs {
  /** E.g. `nyc3`. **A change replaces the network**, and with it all that is in it. */
  region: string;
  /** IPv4 range, /16 to /28, apart from every other network of the account. **A change replaces the network.** */
  cidr: string;
  /**
   * Whether there is a NAT gateway as the default route: the way out of droplets that have no public address. It can be
   * added and taken away; what was made before it keeps its own route.
   */
  natGateway: boolean;
  /** Pulumi's `protect` on the network, for the stores in it. */
  protect: boolean;
}

/** Ranges that DigitalOcean keeps for itself (VPC, limits). */
const reserved = ['10.244.', '10.245.', '10.246.', '10.229.'];

/**
 * A private network of one region, and where asked for the way out of it. DigitalOcean's networks have no subnets and
 * no zones: a region is one data centre. Its NAT gateway has one public address that stays, so that others can let the
 * network in by it.
 *
 * Cost: the network is free. The gateway's price follows its size (1 here, the smallest; DigitalOcean's price page), and
 * traffic out counts as droplets' does: 0.01 USD per GiB above what they include.
 *
 * ```ts
 * const network = new Network('pulse-prod-network-nyc3', {
 *   region: 'nyc3', cidr: '10.0.0.0/16', natGateway: true, protect: true,
 * });
 * ```
 */
export class Network extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;
  readonly cidr: string;
  readonly vpc: digitalocean.Vpc;
  readonly natGateway?: digitalocean.VpcNatGateway;
  /** Where traffic leaves from; undefined without a gateway. */
  readonly publicAddress?: pulumi.Output<string>;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('Network', name, faultsOf(args));
    super('stackladder:digitalocean:Network', name, {}, opts);
    this.cidr = args.cidr;
    this.vpc = new digitalocean.Vpc(
      nameOf('digitalocean', name),
      { region: args.region, ipRange: args.cidr },
      // A node or a database leaves its network minutes after it is gone, and until then the network refuses to go.
      { parent: this, protect: args.protect, customTimeouts: { delete: '15m' } },
    );
    this.vpcId = this.vpc.id;
    if (args.natGateway) {
      this.natGateway = this.wayOut(name, args.region);
      this.publicAddress = this.natGateway.egresses.apply((egresses) => {
        const address = egresses[0]?.publicGateways?.[0]?.ipv4;
        if (!address)
          throw new Error(`the NAT gateway of ${name} has no public address yet: run \`pulumi up --refresh\``);
        return address;
      });
    }
    this.registerOutputs({ vpcId: this.vpcId, publicAddress: this.publicAddress });
  }

  private wayOut(name: string, region: string): digitalocean.VpcNatGateway {
    return new digitalocean.VpcNatGateway(
      nameOf('digitalocean', name, 'nat'),
      { region, type: 'PUBLIC', size: 1, vpcs: [{ vpcUuid: this.vpc.id, defaultGateway: true }] },
      { parent: this },
    );
  }
}

function faultsOf({ cidr }: NetworkArgs): Fault[] {
  const [, bits = ''] = cidr.split('/');
  return [
    must(/^(\d{1,3}\.){3}\d{1,3}\/\d{1,2}$/.test(cidr), 'cidr', `"${cidr}" must be an IPv4 range`),
    must(Number(bits) >= 16 && Number(bits) <= 28, 'cidr', `"${cidr}" must be from /16 to /28`),
    must(!reserved.some((start) => cidr.startsWith(start)), 'cidr', `"${cidr}" is in a range that DigitalOcean keeps`),
  ];
}
