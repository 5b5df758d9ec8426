import { text } from '../../model/reading';
import { COMPUTE, google } from '../google';
import { between, gcp, label, oneOf, to } from '../parts';

/** A group of what answers outside of Google's networks, as a balancer's backend. */
export const globalEndpointGroup = google({
  token: gcp('compute', 'GlobalNetworkEndpointGroup'),
  id: 'projects/{project}/global/networkEndpointGroups/{name}',
  links: COMPUTE,
  naming: label(),
  required: ['networkEndpointType'],
  enumerations: { networkEndpointType: ['INTERNET_IP_PORT', 'INTERNET_FQDN_PORT'] },
  replaceOn: ['defaultPort', 'description', 'name', 'networkEndpointType', 'project'],
  check: (inputs) => between(inputs, 'defaultPort', 1, 65535),
});

export const globalEndpoint = google({
  token: gcp('compute', 'GlobalNetworkEndpoint'),
  id: '{project}/{globalNetworkEndpointGroup}/{port}',
  required: ['globalNetworkEndpointGroup', 'port'],
  references: [to('globalNetworkEndpointGroup', [globalEndpointGroup.token])],
  replaceOn: ['fqdn', 'globalNetworkEndpointGroup', 'ipAddress', 'port', 'project'],
  check: (inputs) => [...between(inputs, 'port', 1, 65535), ...oneOf(inputs, ['fqdn', 'ipAddress'])],
  make: ({ inputs, cloud, place }) => {
    const group = cloud.find([globalEndpointGroup.token], text(inputs, 'globalNetworkEndpointGroup') ?? '');
    const where = text(inputs, 'fqdn') ?? text(inputs, 'ipAddress');
    const id = `${place.project}/${text(group?.inputs, 'name')}/${text(inputs, 'ipAddress') ?? ''}/${where}/${text(inputs, 'port')}`;
    return { id };
  },
});
