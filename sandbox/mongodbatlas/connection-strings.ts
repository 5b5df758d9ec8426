import { text } from '../model/reading';
import type { Cloud } from '../model/cloud';
import type { StoredResource } from '../store/record';
import type { Bag, Value } from '../model/values';
import { atlas, atlasRegion } from './parts';
import { isTenant } from './specs';

/** Only the first 23 characters of a cluster's name make its host name. */
export const HOST_CHARACTERS = 23;

export const hostOf = (name: string): string => name.slice(0, HOST_CHARACTERS).replace(/-+$/, '').toLowerCase();

/** How to reach a cluster. Private endpoints show up once the project has one. */
export function connectionStrings(record: StoredResource, cloud: Cloud): Bag {
  const host = hostOf(text(record.inputs, 'name') ?? '');
  const zone = `${text(record.actual, 'zone')}.mongodb.net`;
  const nodes = [0, 1, 2].map((node) => `${host}-shard-00-0${node}.${zone}:27017`);
  const options = `ssl=true&authSource=admin&replicaSet=atlas-${text(record.actual, 'replicaSet')}-shard-0`;
  return {
    private: '',
    privateSrv: '',
    privateEndpoints: isTenant(record.inputs) ? [] : privateEndpoints(record, host, zone, cloud),
    standard: `mongodb://${nodes.join(',')}/?${options}`,
    standardSrv: `mongodb+srv://${host}.${zone}`,
  };
}

function privateEndpoints(record: StoredResource, host: string, zone: string, cloud: Cloud): Value[] {
  const projectId = text(record.inputs, 'projectId');
  const sharded = text(record.inputs, 'clusterType') !== 'REPLICASET';
  return cloud
    .all(atlas('PrivateLinkEndpointService'))
    .filter((service) => text(service.inputs, 'projectId') === projectId)
    .map((service, index) => {
      const link = cloud.find([atlas('PrivateLinkEndpoint')], text(service.inputs, 'privateLinkId') ?? '');
      const region = text(link?.inputs, 'region') ?? 'us-east-1';
      const hosts = [1024, 1025, 1026].map((port) => `pl-${index}-${region.toLowerCase()}.${zone}:${port}`);
      return {
        connectionString: `mongodb://${hosts.join(',')}/?ssl=true&authSource=admin`,
        endpoints: [
          {
            endpointId: text(service.inputs, 'endpointServiceId') ?? '',
            providerName: text(service.inputs, 'providerName') ?? 'AWS',
            region: atlasRegion(region),
          },
        ],
        srvConnectionString: `mongodb+srv://${host}-pl-${index}.${zone}`,
        srvShardOptimizedConnectionString: sharded ? `mongodb+srv://${host}-pl-${index}-lb.${zone}` : '',
        type: sharded ? 'MONGOS' : 'MONGOD',
      };
    });
}
