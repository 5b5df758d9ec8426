import { CloudError, problem } from '../model/errors';
import { ec2Id, hex } from '../model/ids';
import { text } from '../model/reading';
import type { ResourceType } from '../model/resource-type';
import { atlas, atlasRegion, toProject } from './parts';

export const privateLinkEndpoint: ResourceType = {
  token: atlas('PrivateLinkEndpoint'),
  required: ['projectId', 'providerName', 'region'],
  references: [toProject(true)],
  enumerations: { providerName: ['AWS', 'AZURE', 'GCP'] },
  replaceOn: ['deleteOnCreateTimeout', 'projectId', 'providerName', 'region'],
  computed: [
    'endpointGroupNames',
    'endpointServiceName',
    'errorMessage',
    'interfaceEndpoints',
    'privateEndpoints',
    'privateLinkId',
    'privateLinkServiceName',
    'privateLinkServiceResourceId',
    'regionName',
    'serviceAttachmentNames',
    'status',
  ],
  inUse: 'PRIVATE_ENDPOINT_SERVICE_HAS_ENDPOINTS',
  create: ({ inputs, cloud }) => {
    const [projectId, region] = [text(inputs, 'projectId'), atlasRegion(text(inputs, 'region') ?? '')];
    const twin = cloud
      .all(privateLinkEndpoint.token)
      .some(
        (other) =>
          text(other.inputs, 'projectId') === projectId && atlasRegion(text(other.inputs, 'region') ?? '') === region,
      );
    if (twin) {
      throw new CloudError(
        'PRIVATE_ENDPOINT_SERVICE_ALREADY_EXISTS_FOR_REGION',
        `a private endpoint service exists for ${region}`,
      );
    }
    const id = hex(24);
    const plain = region.toLowerCase().replaceAll('_', '-');
    return {
      id,
      state: {
        endpointGroupNames: [],
        endpointServiceName: `com.amazonaws.vpce.${plain}.${ec2Id('vpce-svc')}`,
        errorMessage: '',
        interfaceEndpoints: [],
        privateEndpoints: [],
        privateLinkId: id,
        privateLinkServiceName: '',
        privateLinkServiceResourceId: '',
        regionName: region,
        serviceAttachmentNames: [],
        status: 'AVAILABLE',
      },
    };
  },
};

export const privateLinkEndpointService: ResourceType = {
  token: atlas('PrivateLinkEndpointService'),
  required: ['endpointServiceId', 'privateLinkId', 'projectId', 'providerName'],
  references: [
    toProject(true),
    {
      path: 'privateLinkId',
      to: [privateLinkEndpoint.token],
      error: 'PRIVATE_ENDPOINT_SERVICE_NOT_FOUND',
      holds: true,
    },
    {
      path: 'endpointServiceId',
      to: ['aws:ec2/vpcEndpoint:VpcEndpoint'],
      error: 'INTERFACE_ENDPOINT_NOT_FOUND',
      anyRegion: true,
    },
  ],
  enumerations: { providerName: ['AWS', 'AZURE', 'GCP'] },
  replaceOn: [
    'deleteOnCreateTimeout',
    'endpointServiceId',
    'gcpProjectId',
    'privateLinkId',
    'projectId',
    'providerName',
  ],
  computed: [
    'awsConnectionStatus',
    'azureStatus',
    'deleteRequested',
    'endpointGroupName',
    'errorMessage',
    'gcpEndpointStatus',
    'gcpStatus',
    'interfaceEndpointId',
    'portMappingEnabled',
    'privateEndpointConnectionName',
    'privateEndpointResourceId',
  ],
  check: (inputs) => {
    const endpoint = text(inputs, 'endpointServiceId');
    const wrong =
      text(inputs, 'providerName') === 'AWS' && endpoint !== undefined && !/^vpce-[0-9a-f]+$/.test(endpoint);
    return wrong
      ? [problem('endpointServiceId', `INVALID_ATTRIBUTE: ${endpoint} is no id of an interface endpoint`)]
      : [];
  },
  create: ({ inputs }) => {
    const endpoint = text(inputs, 'endpointServiceId') ?? '';
    const id = ['projectId', 'privateLinkId', 'endpointServiceId', 'providerName']
      .map((key) => text(inputs, key))
      .join('--');
    return {
      id,
      state: {
        awsConnectionStatus: 'AVAILABLE',
        azureStatus: '',
        deleteRequested: false,
        endpointGroupName: '',
        errorMessage: '',
        gcpEndpointStatus: '',
        gcpStatus: '',
        interfaceEndpointId: endpoint,
        portMappingEnabled: false,
        privateEndpointConnectionName: '',
        privateEndpointResourceId: '',
      },
    };
  },
};
