import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { offerPrivateLink, type PrivateLink, type PrivateLinkOffer, takePrivateLink } from '../../atlas/private-link';
import { must, refuseFaults } from '../../faults';
import { nameOf } from '../../naming';
import type { Network } from '../network/network';
import type { RegionalNetwork } from '../network/regional-network';

export interface AtlasEndpointArgs {
  /** Id of Google's project that the network is in. A change replaces the endpoint. */
  googleProjectId: string;
  /** Google's name of the region, e.g. `us-central1`. The cluster must have nodes there. A change replaces the endpoint. */
  region: string;
  /** The Atlas project whose dedicated clusters become reachable. A change replaces the endpoint. */
  projectId: pulumi.Input<string>;
  /** Network of the clients. A change replaces the endpoint. */
  network: Network;
  /** The region's own part of it, whose data subnet the endpoint's address is in. */
  regionalNetwork: RegionalNetwork;
  labels?: Record<string, string>;
}

/**
 * A private way from a network on Google Cloud to the dedicated clusters of an Atlas project: Atlas's service attachment,
 * one address and one forwarding rule of Private Service Connect, and the link between the two. Traffic never meets the
 * internet, and Atlas can open no connection back. Port-mapped: one address leads to up to 150 nodes, each by a port of
 * its own; the older way takes 50 addresses, and Atlas ends it in April 2027. All regions of the network may use it,
 * so a service at home reaches the nodes of a further region by that region's endpoint.
 *
 * Cost: 0.01 USD an hour for the endpoint, 7.30 a month, and 0.01 per GB.
 *
 * ```ts
 * const endpoint = new AtlasEndpoint('pulse-prod-gcp-atlas-usc1', {
 *   googleProjectId: 'example-project-123', region: 'us-central1', projectId: project.projectId, network,
 *   regionalNetwork,
 * });
 * ```
 */
export class AtlasEndpoint extends pulumi.ComponentResource {
  /** The link. A cluster that depends on it has its private address when it is made. */
  readonly service: PrivateLink;
  readonly rule: gcp.compute.ForwardingRule;
  readonly address: gcp.compute.Address;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: AtlasEndpointArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('AtlasEndpoint', name, [
      must(/^[a-z]+-[a-z]+\d+$/.test(args.region), 'region', `"${args.region}" is not a region of Google Cloud`),
    ]);
    super('stackladder:gcp:AtlasEndpoint', name, {}, opts);
    const atlas = { projectId: args.projectId, cloud: 'GCP' as const };
    const offer = offerPrivateLink(name, { ...atlas, region: args.region, portMapping: true }, { parent: this });
    const { region, regionalNetwork, labels } = args;
    this.address = new gcp.compute.Address(
      nameOf('gcp:compute', name),
      { region, addressType: 'INTERNAL', subnetwork: regionalNetwork.dataSubnet.id, labels },
      { parent: this },
    );
    this.rule = this.createRule(name, args, offer);
    const google = { address: this.address.address, projectId: args.googleProjectId };
    this.service = takePrivateLink(name, { ...atlas, offer, endpointId: this.rule.name, google }, { parent: this });
    this.registerOutputs({});
  }

  private createRule(
    name: string,
    { region, network, labels }: AtlasEndpointArgs,
    offer: PrivateLinkOffer,
  ): gcp.compute.ForwardingRule {
    return new gcp.compute.ForwardingRule(
      nameOf('gcp:compute', name),
      {
        region,
        network: network.id,
        ipAddress: this.address.id,
        target: offer.serviceAttachmentNames.apply((names) => names[0]!),
        loadBalancingScheme: '', // none: a rule of Private Service Connect balances nothing
        allowPscGlobalAccess: true,
        labels,
      },
      { parent: this },
    );
  }
}
