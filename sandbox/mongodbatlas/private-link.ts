import { CloudError, problem } from '../model/errors';
import { ec2Id, hex } from '../model/ids';
import { flag, text } from '../model/reading';
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
    const provider = text(inputs, 'providerName');
    const twin = cloud
      .all(privateLinkEndpoint.token)
      .some(
        (other) =>
          text(other.inputs, 'projectId') === projectId &&
          text(other.inputs, 'providerName') === provider &&
          atlasRegion(text(other.inputs, 'region') ?? '') === region,
      );
    if (twin) {
      throw new CloudError(
        'PRIVATE_ENDPOINT_SERVICE_ALREADY_EXISTS_FOR_REGION',
        `a private endpoint service exists for ${region}`,
      );
    }
    const id = hex(24);
    const plain = (text(inputs, 'region') ?? '').toLowerCase().replaceAll('_', '-');
    return {
      id,
      state: {
        endpointGroupNames: [],
        endpointServiceName: provider === 'AWS' ? `com.amazonaws.vpce.${plain}.${ec2Id('vpce-svc')}` : '',
        errorMessage: '',
        interfaceEndpoints: [],
        privateEndpoints: [],
        privateLinkId: id,
        privateLinkServiceName: '',
        privateLinkServiceResourceId: '',
        regionName: region,
        serviceAttachmentNames: provider === 'GCP' ? attachments(plain, id, flag(inputs, 'portMappingEnabled')) : [],
        status: 'AVAILABLE',
      },
    };
  },
};

/** One attachment for all nodes where ports tell them apart; else one for each of the 50 that a cluster may have. */
function attachments(region: string, id: string, portMapped: boolean | undefined): string[] {
  const project = `p-${id}`.slice(0, 28);
  const name = (index: number) =>
    `projects/${project}/regions/${region}/serviceAttachments/sa-${region}-${id}-${index}`;
  return Array.from({ length: portMapped ? 1 : 50 }, (_, index) => name(index));
}

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
      except: /^(?!vpce-)/,
    },
    // On Google Cloud an endpoint is a forwarding rule, known by its name.
    {
      path: 'endpointServiceId',
      to: ['gcp:compute/forwardingRule:ForwardingRule'],
      error: 'INTERFACE_ENDPOINT_NOT_FOUND',
      except: /^vpce-/,
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
    const provider = text(inputs, 'providerName');
    const wrong = provider === 'AWS' && endpoint !== undefined && !/^vpce-[0-9a-f]+$/.test(endpoint);
    const homeless = provider === 'GCP' && inputs.gcpProjectId === undefined;
    return [
      ...(wrong
        ? [problem('endpointServiceId', `INVALID_ATTRIBUTE: ${endpoint} is no id of an interface endpoint`)]
        : []),
      ...(homeless ? [problem('gcpProjectId', 'INVALID_ATTRIBUTE: gcpProjectId is required for GCP')] : []),
    ];
  },
  create: ({ inputs, cloud }) => {
    const endpoint = text(inputs, 'endpointServiceId') ?? '';
    const link = cloud.find([privateLinkEndpoint.token], text(inputs, 'privateLinkId') ?? '');
    const provider = text(inputs, 'providerName');
    const portMapped = flag(link?.inputs, 'portMappingEnabled') === true;
    if (link && text(link.inputs, 'providerName') !== provider) {
      throw new CloudError('INVALID_ATTRIBUTE', `the private link ${link.id} is not of ${provider}`);
    }
    if (provider === 'GCP' && portMapped && text(inputs, 'privateEndpointIpAddress') === undefined) {
      throw new CloudError('INVALID_ATTRIBUTE', 'privateEndpointIpAddress is required with port mapping');
    }
    const gcpStatus = provider === 'GCP' ? 'AVAILABLE' : '';
    const id = ['projectId', 'privateLinkId', 'endpointServiceId', 'providerName']
      .map((key) => text(inputs, key))
      .join('--');
    return {
      id,
      state: {
        awsConnectionStatus: provider === 'AWS' ? 'AVAILABLE' : '',
        azureStatus: '',
        deleteRequested: false,
        endpointGroupName: '',
        errorMessage: '',
        gcpEndpointStatus: gcpStatus,
        gcpStatus,
        interfaceEndpointId: provider === 'GCP' ? '' : endpoint,
        portMappingEnabled: portMapped,
        privateEndpointConnectionName: '',
        privateEndpointResourceId: '',
      },
    };
  },
};
