import type { Bag } from '../../../sandbox/model/values';
import type { TestCloud } from '../cloud';

/** Token of a type of the digitalocean package. */
export const ocean = (name: string): string =>
  `digitalocean:index/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;

export const network: Bag = { region: 'nyc3', ipRange: '10.20.0.0/16' };

/** A network, a tag and a project, as most of the rest needs them. */
export function surroundings(cloud: TestCloud): { vpc: string; tag: string; project: string } {
  return {
    vpc: cloud.make(ocean('Vpc'), 'net', network).id,
    tag: cloud.make(ocean('Tag'), 'clients', {}).id,
    project: cloud.make(ocean('Project'), 'pulse', { environment: 'Production' }).id,
  };
}

export const valkey: Bag = {
  engine: 'valkey',
  version: '8',
  region: 'nyc3',
  size: 'db-s-1vcpu-1gb',
  nodeCount: 1,
  evictionPolicy: 'allkeys_lru',
};
export const mongodb: Bag = { engine: 'mongodb', version: '8', region: 'nyc3', size: 'db-s-2vcpu-4gb', nodeCount: 3 };

export const postgres: Bag = { engine: 'pg', version: '17', region: 'nyc3', size: 'db-s-1vcpu-2gb', nodeCount: 1 };

export const balancer: Bag = {
  region: 'nyc3',
  forwardingRules: [{ entryProtocol: 'http', entryPort: 80, targetProtocol: 'http', targetPort: 8081 }],
  healthcheck: { protocol: 'http', port: 8081, path: '/health' },
};

export const pool: Bag = {
  config: { minInstances: 2, maxInstances: 10, targetCpuUtilization: 0.7, cooldownMinutes: 5 },
  dropletTemplate: { region: 'nyc3', size: 's-2vcpu-4gb', image: 'ubuntu-24-04-x64', sshKeys: ['aa:bb'] },
};

export const cluster: Bag = {
  region: 'nyc3',
  version: '1.34.7-do.0',
  nodePool: { name: 'workers', size: 's-2vcpu-4gb', autoScale: true, minNodes: 2, maxNodes: 5 },
};
