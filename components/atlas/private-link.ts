import * as mongodbatlas from '@pulumi/mongodbatlas';
import type * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../naming';
import { type AtlasCloud, atlasRegion } from './regions';

/** Atlas's side of a private endpoint: what a network's own endpoint connects to. */
export type PrivateLinkOffer = mongodbatlas.PrivateLinkEndpoint;

/** The link, once both sides know each other. */
export type PrivateLink = mongodbatlas.PrivateLinkEndpointService;

/** Asks Atlas for an endpoint service in a region of a cloud; `endpointServiceName` is what a network connects to. */
export function offerPrivateLink(
  name: string,
  args: { projectId: pulumi.Input<string>; cloud: AtlasCloud; region: string },
  opts: pulumi.CustomResourceOptions,
): PrivateLinkOffer {
  const { projectId, cloud, region } = args;
  return new mongodbatlas.PrivateLinkEndpoint(
    nameOf('mongodbatlas', name),
    { projectId, providerName: cloud, region: atlasRegion(cloud, region) },
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
    endpointId: pulumi.Input<string>;
  },
  opts: pulumi.CustomResourceOptions,
): PrivateLink {
  const { projectId, cloud, offer, endpointId } = args;
  return new mongodbatlas.PrivateLinkEndpointService(
    nameOf('mongodbatlas', name),
    { projectId, privateLinkId: offer.privateLinkId, endpointServiceId: endpointId, providerName: cloud },
    opts,
  );
}
