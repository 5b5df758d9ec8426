import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { must, refuseFaults } from '../../faults';
import { nameOf } from '../../naming';
import { isNetworkRange, rangesOf } from './ranges';

export interface PrivateServicesArgs {
  /** Id of the network that is joined. A change replaces the connection. */
  network: pulumi.Input<string>;
  /** Home region's /16, e.g. `10.0.0.0/16`; a /20 of it is for Google's side. A change replaces the connection. */
  cidr: string;
  labels?: Record<string, string>;
}

/**
 * Private services access: the network in which Google runs managed services such as Cloud SQL is joined to ours, and
 * they take their addresses from a range of ours. Memorystore for Valkey and Atlas need none of it (they put endpoints
 * into our subnets by Private Service Connect); it is here from the first phase on, since a service that is given its
 * address cannot be moved to another one later.
 *
 * Cost: nothing.
 *
 * ```ts
 * new PrivateServices('pulse-prod-services', { network: network.id, cidr: '10.0.0.0/16' });
 * ```
 */
export class PrivateServices extends pulumi.ComponentResource {
  readonly connection: gcp.servicenetworking.Connection;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: PrivateServicesArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('PrivateServices', name, [
      must(isNetworkRange(args.cidr), 'cidr', `"${args.cidr}" is not a private /16 such as 10.0.0.0/16`),
    ]);
    super('stackladder:gcp:PrivateServices', name, {}, opts);
    const [address, bits] = rangesOf(args.cidr).managed.split('/');
    const range = new gcp.compute.GlobalAddress(
      nameOf('gcp:compute', name),
      {
        purpose: 'VPC_PEERING',
        addressType: 'INTERNAL',
        // Said and not drawn: the next region's range must stay free.
        address,
        prefixLength: Number(bits),
        network: args.network,
        labels: args.labels,
      },
      { parent: this },
    );
    this.connection = new gcp.servicenetworking.Connection(
      nameOf('gcp:compute', name),
      { network: args.network, service: 'servicenetworking.googleapis.com', reservedPeeringRanges: [range.name] },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
