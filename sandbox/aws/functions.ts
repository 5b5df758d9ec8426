import { createHash } from 'node:crypto';
import type { Cloud } from '../model/cloud';
import { CloudError } from '../model/errors';
import { flag, text } from '../model/reading';
import type { Bag } from '../model/values';
import { balancerZones } from './elb/load-balancer';

/** AWS's own public parameters: each of the images has one id a region, and here it never gets newer. */
const publicImage = /^\/aws\/service\/(ami-amazon-linux-latest|canonical|eks\/optimized-ami)\/.+/;

/** The release of EKS's node image for a minor version of Kubernetes, e.g. `1.35.2-20261105`. */
const nodeRelease = /^\/aws\/service\/eks\/optimized-ami\/(\d+\.\d+)\/.+\/release_version$/;

function valueOf(name: string, region: string): string {
  const [, minor] = nodeRelease.exec(name) ?? [];
  if (minor !== undefined) return `${minor}.2-20261105`;
  return `ami-0${createHash('sha256').update(`${region}${name}`).digest('hex').slice(0, 16)}`;
}

/** Systems Manager's `GetParameter`, for the parameters that AWS publishes. */
function getParameter(args: Bag, cloud: Cloud): Bag {
  const name = text(args, 'name') ?? '';
  const region = text(args, 'region') ?? cloud.region;
  if (region === '') throw new Error('missing region configuration: set aws:region');
  if (!publicImage.test(name))
    throw new CloudError('ParameterNotFound', `reading SSM Parameter (${name}): couldn't find resource`);
  const value = valueOf(name, region);
  return {
    arn: `arn:aws:ssm:${region}::parameter${name}`,
    id: name,
    insecureValue: value,
    name,
    region,
    type: 'String',
    value,
    version: 1,
    withDecryption: flag(args, 'withDecryption') ?? true,
  };
}

/** Route 53's zones of network balancers, from AWS's list of service endpoints. */
const networkBalancerZones: Record<string, string> = {
  'us-east-1': 'Z26RNL4JYFTOTI',
  'us-east-2': 'ZLMOA37VPKANP',
  'us-west-1': 'Z24FKFUX50B4VW',
  'us-west-2': 'Z18D5FSROUN65G',
  'eu-west-1': 'Z2IFOLAFXWLO4F',
  'eu-central-1': 'Z3F0SRJ5LGBH90',
  'ap-southeast-1': 'ZKVM4W9LS7TM',
};

/** The zone of balancers' names in a region. */
function getHostedZoneId(args: Bag, cloud: Cloud): Bag {
  const region = text(args, 'region') ?? cloud.region;
  const zones = text(args, 'loadBalancerType') === 'network' ? networkBalancerZones : balancerZones;
  const id = zones[region];
  if (id === undefined) throw new Error(`unsupported AWS Region: ${region}`);
  return { ...args, id, region };
}

export const functions = {
  'aws:ssm/getParameter:getParameter': getParameter,
  'aws:lb/getHostedZoneId:getHostedZoneId': getHostedZoneId,
};
