import * as mongodbatlas from '@pulumi/mongodbatlas';
import type * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../naming';
import { type AtlasCloud, atlasRegion } from './regions';

/** Atlas's side of a private endpoint: what a network's own endpoint connects to. */
export type PrivateLinkOffer = mongodbatlas.PrivateLinkEndpoint;

/** The link, once both sides know each other. */
export type PrivateLink = mongodbatlas.PrivateLinkEndpointService;

/**
 * Asks Atlas for an endpoint service in a region of a cloud. A network connects to its `endpointServiceName`, on Google
 * Cloud to the one of its `serviceAttachmentNames`.
 */
export function offerPrivateLink(
  name: string,
  args: { projectId: pulumi.Input<string>; cloud: AtlasCloud; region: string; portMapping?: boolean },
  opts: pulumi.CustomResourceOptions,
): PrivateLinkOffer {
  const { projectId, cloud, region, portMapping } = args;
  return new mongodbatlas.PrivateLinkEndpoint(
    nameOf('mongodbatlas', name),
    // Port mapping is Google's alone: one address for all nodes, each by a port of its own.
    { projectId, providerName: cloud, region: atlasRegion(cloud, region), portMappingEnabled: portMapping },
    opts,
  );
}

/** Tells Atlas which endpoint of the network has taken the offer. */
export function takePrivateLink(
  name: string,
  args: {
    projectId: pulumi.Input<string>;
    cloud: AtlasCloud;
    offer: PrivateLinkOffer;
    /** The endpoint's id; on Google Cloud the name of its forwarding rule. */
    endpointId: pulumi.Input<string>;
    /** On Google Cloud: the endpoint's address, and the project that it is in. */
    google?: { address: pulumi.Input<string>; projectId: string };
  },
  opts: pulumi.CustomResourceOptions,
): PrivateLink {
  const { projectId, cloud, offer, endpointId, google } = args;
  return new mongodbatlas.PrivateLinkEndpointService(
    nameOf('mongodbatlas', name),
    {
      projectId,
      privateLinkId: offer.privateLinkId,
      endpointServiceId: endpointId,
      providerName: cloud,
      privateEndpointIpAddress: google?.address,
      gcpProjectId: google?.projectId,
    },
    opts,
  );
}
