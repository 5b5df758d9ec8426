import { record } from '../../../cli/offline/recorder';
import { AtlasEndpoint } from '../../../components/gcp/atlas-endpoint/atlas-endpoint';
import { counts, messageOf, one } from '../recorded';
import { network, projectId } from './given';

const args = {
  googleProjectId: projectId,
  region: 'us-central1',
  projectId: 'atlas-project',
  labels: { system: 'pulse' },
};

test('one address and one rule to the nodes of a region, and Atlas is told of both', async () => {
  const recording = await record(() => void new AtlasEndpoint('atlas-usc1', { ...args, ...network() }));
  expect(counts(recording)).toMatchObject({
    'stackladder:gcp:AtlasEndpoint': 1,
    'mongodbatlas:index/privateLinkEndpoint:PrivateLinkEndpoint': 1,
    'mongodbatlas:index/privateLinkEndpointService:PrivateLinkEndpointService': 1,
  });
  expect(one(recording, 'mongodbatlas:index/privateLinkEndpoint:PrivateLinkEndpoint').inputs).toEqual({
    projectId: 'atlas-project',
    providerName: 'GCP',
    region: 'CENTRAL_US',
    portMappingEnabled: true,
  });
  expect(one(recording, 'gcp:compute/forwardingRule:ForwardingRule').inputs).toEqual({
    region: 'us-central1',
    network: '<unknown:net.id>',
    ipAddress: '<unknown:atlas-usc1.id>',
    target: '<unknown:atlas-usc1.serviceAttachmentNames[0]>',
    loadBalancingScheme: '',
    allowPscGlobalAccess: true,
    labels: { system: 'pulse' },
  });
  const address = recording.resources.find(
    ({ type, name }) => type === 'gcp:compute/address:Address' && name === 'atlas-usc1',
  );
  expect(address!.inputs).toMatchObject({ addressType: 'INTERNAL', subnetwork: '<unknown:net-usc1-data.id>' });
  expect(one(recording, 'mongodbatlas:index/privateLinkEndpointService:PrivateLinkEndpointService').inputs).toEqual({
    projectId: 'atlas-project',
    privateLinkId: '<unknown:atlas-usc1.privateLinkId>',
    providerName: 'GCP',
    endpointServiceId: '<unknown:atlas-usc1.name>',
    privateEndpointIpAddress: '<unknown:atlas-usc1.address>',
    gcpProjectId: projectId,
  });
});

test("a region of another cloud is a fault, and nothing is offered by Atlas's side", async () => {
  let message = '';
  const recording = await record(() => {
    message = messageOf(() => new AtlasEndpoint('e', { ...args, region: 'us-east-1', ...network() }));
  });
  expect(message).toContain('region: "us-east-1" is not a region of Google Cloud');
  expect(counts(recording)).not.toHaveProperty(['mongodbatlas:index/privateLinkEndpoint:PrivateLinkEndpoint']);
});
