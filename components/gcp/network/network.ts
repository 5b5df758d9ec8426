import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';

/**
 * A network of one's own, over all regions: Google's networks are global, so the regions of a stack reach each other and
 * the stores at home without peering. It has no subnets of itself (`RegionalNetwork` makes them) and no firewall rule:
 * what no rule lets in stays outside.
 *
 * Cost: nothing. Traffic between regions of North America is 0.02 USD per GB.
 *
 * ```ts
 * const network = new Network('pulse-prod-network');
 * ```
 */
export class Network extends pulumi.ComponentResource {
  readonly network: gcp.compute.Network;
  /** `projects/…/global/networks/…` */
  readonly id: pulumi.Output<string>;

  constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
    super('stackladder:gcp:Network', name, {}, opts);
    this.network = new gcp.compute.Network(
      nameOf('gcp:compute', name),
      {
        autoCreateSubnetworks: false,
        // Routes of one region hold in all of them: a private endpoint at home is reached from everywhere.
        routingMode: 'GLOBAL',
      },
      { parent: this },
    );
    this.id = this.network.id;
    this.registerOutputs({ id: this.id });
  }
}
