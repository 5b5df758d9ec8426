import type { PlanFlags } from '../../cli/offline/make-plan';
import type { RecordedResource } from '../../cli/offline/recorder';
import type { CloudName, Compute } from '../../plan/vocabulary';

/** Reads a dotted path of a resource's inputs. */
function at(resource: RecordedResource, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, part) => (value as Record<string, unknown> | undefined)?.[part], resource.inputs);
}

/** What Pulse's guide wants of every resource of a type, by path; and how many of them there must be at least. */
interface Wish {
  type: string;
  /** Only of resources whose name matches. */
  named?: RegExp;
  values: Record<string, unknown>;
}

type Wishes = (flags: PlanFlags) => Wish[];

const machines = {
  aws: { small: 't3.small', medium: 't3.medium', large: 't3.large', enterprise: 't3.xlarge' },
  gcp: { small: 'e2-small', medium: 'e2-medium', large: 'n1-standard-2', enterprise: 'e2-standard-4' },
};

const atlas = (provider: string, region: string): Wishes => {
  const sizes = { dev: 'M0', staging: 'M10', prod: 'M30' };
  const home = 'replicationSpecs.0.regionConfigs.0';
  return ({ environment }) => [
    {
      type: 'mongodbatlas:index/advancedCluster:AdvancedCluster',
      values: {
        [`${home}.electableSpecs.instanceSize`]: sizes[environment],
        [`${home}.${environment === 'dev' ? 'backingProviderName' : 'providerName'}`]: provider,
        [`${home}.regionName`]: region,
        ...(environment !== 'dev' && { [`${home}.electableSpecs.nodeCount`]: 3, pitEnabled: true }),
      },
    },
  ];
};

const stores: Record<CloudName, Wishes> = {
  aws: atlas('AWS', 'US_EAST_1'),
  gcp: atlas('GCP', 'CENTRAL_US'),
  digitalocean: () => [
    {
      type: 'digitalocean:index/databaseCluster:DatabaseCluster',
      named: /-pulse|mongo/,
      values: { engine: 'mongodb', size: 'db-s-2vcpu-4gb', region: 'nyc3' },
    },
  ],
  kubernetes: () => [{ type: 'kubernetes:psmdb.percona.com/v1:PerconaServerMongoDB', values: {} }],
};

/** Where services are instances. A plain cluster has none. */
const instances: Record<CloudName, Wishes> = {
  aws: ({ phase }) => [
    { type: 'aws:ec2/launchTemplate:LaunchTemplate', values: { instanceType: machines.aws[phase] } },
    { type: 'aws:autoscaling/group:Group', values: { minSize: 2, maxSize: 10 } },
    { type: 'aws:lb/targetGroup:TargetGroup', values: { port: 8081, 'healthCheck.path': '/health' } },
  ],
  gcp: ({ phase }) => [
    { type: 'gcp:compute/regionInstanceTemplate:RegionInstanceTemplate', values: { machineType: machines.gcp[phase] } },
    {
      type: 'gcp:compute/regionAutoscaler:RegionAutoscaler',
      values: {
        'autoscalingPolicy.minReplicas': 2,
        'autoscalingPolicy.maxReplicas': 10,
        'autoscalingPolicy.cpuUtilization.target': 0.7,
      },
    },
    {
      type: 'gcp:compute/regionInstanceGroupManager:RegionInstanceGroupManager',
      named: /usc1/,
      values: { region: 'us-central1', 'namedPorts.0.port': 8081 },
    },
    { type: 'gcp:compute/targetHttpsProxy:TargetHttpsProxy', values: {} },
    { type: 'gcp:compute/globalForwardingRule:GlobalForwardingRule', values: {} },
  ],
  digitalocean: () => [
    {
      type: 'digitalocean:index/dropletAutoscale:DropletAutoscale',
      values: {
        'dropletTemplate.size': 's-2vcpu-4gb',
        'config.minInstances': 2,
        'config.maxInstances': 10,
        'config.targetCpuUtilization': 0.7,
        'config.targetMemoryUtilization': 0.8,
      },
    },
    { type: 'digitalocean:index/loadBalancer:LoadBalancer', values: {} },
  ],
  kubernetes: () => [],
};

const container = 'spec.template.spec.containers.0';
const probe = (kind: string, delay: number, period: number) => ({
  [`${container}.${kind}.httpGet.path`]: '/health',
  [`${container}.${kind}.initialDelaySeconds`]: delay,
  [`${container}.${kind}.periodSeconds`]: period,
});

/** Where services are pods, on whichever cloud: the guide's own manifest. */
const pods: Wishes = () => [
  {
    type: 'kubernetes:apps/v1:Deployment',
    named: /-api$/,
    values: {
      [`${container}.ports.0.containerPort`]: 8081,
      [`${container}.resources.requests.cpu`]: '500m',
      [`${container}.resources.requests.memory`]: '512Mi',
      [`${container}.resources.limits.cpu`]: '1000m',
      [`${container}.resources.limits.memory`]: '1Gi',
      ...probe('livenessProbe', 10, 10),
      ...probe('readinessProbe', 5, 5),
    },
  },
  {
    type: 'kubernetes:autoscaling/v2:HorizontalPodAutoscaler',
    named: /-api$/,
    values: {
      'spec.minReplicas': 2,
      'spec.maxReplicas': 10,
      'spec.metrics.0.resource.name': 'cpu',
      'spec.metrics.0.resource.target.averageUtilization': 70,
      'spec.metrics.1.resource.name': 'memory',
      'spec.metrics.1.resource.target.averageUtilization': 80,
    },
  },
];

const services: Record<Compute, Record<CloudName, Wishes>> = {
  instances,
  kubernetes: { aws: pods, gcp: pods, digitalocean: pods, kubernetes: pods },
};

/** Every number of the guide that a plan of Pulse does not have, one sentence each. */
export function unlikeTheGuide(flags: PlanFlags & { compute: Compute }, resources: RecordedResource[]): string[] {
  const wishes = [...stores[flags.cloud](flags), ...services[flags.compute][flags.cloud](flags)];
  return wishes.flatMap(({ type, named, values }) => {
    const found = resources.filter((resource) => resource.type === type && (named?.test(resource.name) ?? true));
    if (found.length === 0) return [`there is no ${type}`];
    return found.flatMap((resource) =>
      Object.entries(values).flatMap(([path, wanted]) => {
        const is = JSON.stringify(at(resource, path));
        return is === JSON.stringify(wanted)
          ? []
          : [`${resource.name}: ${path} is ${is}, not ${JSON.stringify(wanted)}`];
      }),
    );
  });
}
