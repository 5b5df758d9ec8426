import { CloudError } from '../../model/errors';
import { lowerAlphanumeric } from '../../model/ids';
import { text } from '../../model/reading';
import { google } from '../google';
import { gcp, label, to, toNetwork, toSubnetwork } from '../parts';

/** Peering with the networks in which Google runs managed services (private services access). */
export const serviceConnection = google({
  token: gcp('servicenetworking', 'Connection'),
  id: '{network}:{service}',
  required: ['network', 'reservedPeeringRanges', 'service'],
  references: [toNetwork(), to('reservedPeeringRanges.*', [gcp('compute', 'GlobalAddress')])],
  replaceOn: ['network', 'service'],
  computed: ['peering'],
  make: ({ inputs, cloud }) => {
    const home = cloud.find([gcp('compute', 'Network')], text(inputs, 'network') ?? '');
    const service = text(inputs, 'service') ?? '';
    return {
      id: `${encodeURIComponent(home?.id ?? text(inputs, 'network') ?? '')}:${service}`,
      state: { peering: service.replaceAll('.', '-') },
    };
  },
  // As long as a store has its address out of the range, it cannot be taken back.
  remove: (record, cloud) => {
    const idOf = (value: string): string | undefined => cloud.find([gcp('compute', 'Network')], value)?.id;
    const network = idOf(text(record.inputs, 'network') ?? '');
    const user = [
      ...cloud.all(gcp('sql', 'DatabaseInstance')).map((one) => ({
        id: one.id,
        on: text(one.inputs, 'settings.ipConfiguration.privateNetwork'),
      })),
      ...cloud.all(gcp('redis', 'Instance')).map((one) => ({ id: one.id, on: text(one.inputs, 'authorizedNetwork') })),
    ].find(({ on }) => on !== undefined && idOf(on) === network);
    if (user) {
      const sentence = `Failed to delete connection; Producer services (${user.id}) are still using this connection`;
      throw new CloudError('FAILED_PRECONDITION', sentence);
    }
  },
});

/** Lets a managed service put its endpoints into subnetworks of ours (Private Service Connect). */
export const serviceConnectionPolicy = google({
  token: gcp('networkconnectivity', 'ServiceConnectionPolicy'),
  id: 'projects/{project}/locations/{location}/serviceConnectionPolicies/{name}',
  labels: true,
  naming: label(),
  required: ['location', 'network', 'serviceClass'],
  references: [toNetwork(), toSubnetwork('pscConfig.subnetworks.*')],
  replaceOn: ['location', 'name', 'network', 'project', 'serviceClass'],
  sets: ['pscConfig.subnetworks'],
  computed: ['createTime', 'etag', 'infrastructure', 'pscConnections', 'updateTime'],
  make: ({ inputs, cloud }) => {
    const [network, location] = [text(inputs, 'network') ?? '', text(inputs, 'location')];
    const serviceClass = text(inputs, 'serviceClass');
    const networkId = cloud.find([gcp('compute', 'Network')], network)?.id;
    const twin = cloud
      .all(gcp('networkconnectivity', 'ServiceConnectionPolicy'))
      .find(
        (other) =>
          text(other.inputs, 'location') === location &&
          text(other.inputs, 'serviceClass') === serviceClass &&
          cloud.find([gcp('compute', 'Network')], text(other.inputs, 'network') ?? '')?.id === networkId,
      );
    if (twin) {
      const sentence = `${twin.id} is the policy of ${serviceClass} on this network in ${location} already`;
      throw new CloudError('ALREADY_EXISTS', sentence);
    }
    const now = new Date().toISOString();
    return {
      state: {
        createTime: now,
        etag: lowerAlphanumeric(20),
        infrastructure: 'PSC',
        pscConnections: [],
        updateTime: now,
      },
    };
  },
  remove: (record, cloud) => {
    const user = cloud
      .all(gcp('memorystore', 'Instance'))
      .find(
        (instance) =>
          text(record.inputs, 'serviceClass') === 'gcp-memorystore' &&
          text(instance.inputs, 'location') === text(record.inputs, 'location'),
      );
    if (user) {
      throw new CloudError('FAILED_PRECONDITION', `${record.id} has PSC connections: ${user.id} uses it`);
    }
  },
});
