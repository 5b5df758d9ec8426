import { randomBytes, randomInt } from 'node:crypto';
import type { Cloud } from '../../model/cloud';
import { CloudError } from '../../model/errors';
import { uuid } from '../../model/ids';
import { text } from '../../model/reading';
import type { Bag } from '../../model/values';
import { gcp } from '../parts';

/** Endpoints are made in a network only where a policy lets Memorystore do so, in this region. */
export function needPolicy(network: string, location: string, cloud: Cloud): void {
  const idOf = (value: string): string | undefined => cloud.find([gcp('compute', 'Network')], value)?.id;
  const home = idOf(network);
  const policy = cloud
    .all(gcp('networkconnectivity', 'ServiceConnectionPolicy'))
    .some(
      ({ inputs }) =>
        text(inputs, 'location') === location &&
        text(inputs, 'serviceClass') === 'gcp-memorystore' &&
        idOf(text(inputs, 'network') ?? '') === home,
    );
  if (!policy) {
    const sentence = `no service connection policy of the class gcp-memorystore for ${network} in ${location}`;
    throw new CloudError('FAILED_PRECONDITION', sentence);
  }
}

/** A network gets two connections: one to find the cluster by, one that leads to its nodes. */
export function endpointOf(of: { network: string; project: string; addresses: string[]; cluster: boolean }): Bag {
  const kinds = of.cluster ? ['CONNECTION_TYPE_DISCOVERY', ''] : ['CONNECTION_TYPE_PRIMARY', 'CONNECTION_TYPE_READER'];
  return {
    connections: kinds.map((connectionType, index) => ({
      pscAutoConnection: {
        connectionType,
        forwardingRule: `https://www.googleapis.com/compute/v1/projects/${of.project}/regions/-/forwardingRules/sca-auto-fr-${uuid()}`,
        ipAddress: of.addresses[index] ?? '',
        network: of.network,
        port: 6379,
        projectId: of.project,
        pscConnectionId: String(randomInt(1e12, 9e12)),
        serviceAttachment: `projects/${randomInt(1e9, 9e9)}/regions/-/serviceAttachments/gcp-memorystore-auto-${index}`,
      },
    })),
  };
}

/** Only its form is that of a certificate: nothing here speaks TLS. */
export const authority = (): string =>
  `-----BEGIN CERTIFICATE-----\n${randomBytes(192).toString('base64')}\n-----END CERTIFICATE-----\n`;
