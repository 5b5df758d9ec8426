import type { ManagedGroupArgs } from '../../../components/gcp/managed-group/group';
import { Network } from '../../../components/gcp/network/network';
import { PrivateServices } from '../../../components/gcp/network/private-services';
import { RegionalNetwork } from '../../../components/gcp/network/regional-network';

export const projectId = 'example-project-123';

/** A network with its part in us-central1; registered beside what a test looks at. */
export function network(): { network: Network; regionalNetwork: RegionalNetwork } {
  const whole = new Network('net');
  const regionalNetwork = new RegionalNetwork('net-usc1', {
    network: whole,
    region: 'us-central1',
    zones: ['us-central1-a', 'us-central1-b'],
    cidr: '10.0.0.0/16',
    natGateways: 'single',
  });
  return { network: whole, regionalNetwork };
}

/** The same, joined to the network in which Google runs managed services. */
export function joinedNetwork() {
  const parts = network();
  const privateServices = new PrivateServices('services', { network: parts.network.id, cidr: '10.0.0.0/16' });
  return { ...parts, privateServices };
}

export const image = 'us-central1-docker.pkg.dev/example-project-123/pulse/api:1.4.2';

/** Pulse's API at Large, as the guide has it. Only while a program is recorded: it comes with a network. */
export function api(): ManagedGroupArgs {
  return {
    projectId,
    region: 'us-central1',
    zones: ['us-central1-a', 'us-central1-b'],
    ...network(),
    image,
    port: 8081,
    machine: 'n1-standard-2',
    capacity: { min: 2, max: 10, desired: 5 },
    healthCheck: { path: '/health', graceSeconds: 180 },
    scaling: { cpuPercent: 70, memoryPercent: 80 },
    environment: { PORT: '8081' },
    secrets: { MONGO_URL: 'projects/p/secrets/mongo' },
    buckets: { recordings: 'recordings-bucket' },
    caches: { cache: 'projects/p/locations/us-central1/instances/cache' },
    labels: { system: 'pulse' },
  };
}
