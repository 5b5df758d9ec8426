import type { WrongCase } from './wrong-cases';

const hostedZoneId = 'Z0123456789PROD';
const subnets = (from: number): string[] => [0, 1, 2].map((at) => `subnet-0000000000000000${from + at}`);
const network = {
  vpcId: 'vpc-0123456789abcdef0',
  publicSubnetIds: subnets(1),
  privateSubnetIds: subnets(4),
  dataSubnetIds: subnets(7),
};

/** What is wrong about where a stack is: in lists of places one command each mends all of it at once. */
export const wrongPlaces: WrongCase[] = [
  {
    name: 'two regions in a network that is there already',
    changes: { phase: 'enterprise', aws: { hostedZoneId, network } },
    keys: ['aws.network'],
    says: ['aws.network = {...} is for one region, and enterprise has 2', 'Mend: pulumi config set phase large, or'],
  },
  {
    name: 'a network that is there already, of a stack that has reached two regions',
    changes: { phase: 'large', reached: 'enterprise', aws: { hostedZoneId, network } },
    keys: ['aws.network'],
    says: ['Mend: pulumi config set reached large, or'],
  },
  {
    name: 'two regions by phase and by what was reached, in a network that is there already',
    changes: { phase: 'enterprise', reached: 'enterprise', aws: { hostedZoneId, network } },
    keys: ['aws.network'],
    says: ['Mend: pulumi config set phase large && pulumi config set reached large, or'],
  },
  {
    name: 'a zone of another cloud beside one that has the usual name',
    changes: { zones: ['us-east-1b', 'nyc3'] },
    keys: ['zones[1]'],
    says: ["for example: pulumi config set --path 'zones[1]' us-east-1a"],
  },
  {
    name: 'zones of one region where two serve',
    changes: { phase: 'enterprise', zones: ['us-east-1a', 'us-east-1b', 'nyc3', 'sfo3'] },
    keys: ['zones[2]', 'zones[3]'],
    says: ["pulumi config set --path 'zones[2]' us-west-2a", "pulumi config set --path 'zones[3]' us-west-2b"],
  },
  {
    name: 'a zone too many, of another cloud',
    changes: { zones: ['us-east-1a', 'us-east-1b', 'us-east-1c', 'nyc3'] },
    keys: ['zones[3]'],
    says: ["Mend: pulumi config rm --path 'zones[3]'"],
  },
];
