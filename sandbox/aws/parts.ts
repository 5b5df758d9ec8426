import { problem, type Problem } from '../model/errors';
import { number, text, texts } from '../model/reading';
import type { Naming, Reference } from '../model/resource-type';
import type { Bag } from '../model/values';

/** Token of a type of the aws package, e.g. `aws:ec2/vpc:Vpc`. */
export function aws(module: string, name: string): string {
  return `aws:${module}/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;
}

export const toVpc = (path = 'vpcId', holds = true): Reference => ({
  path,
  to: [aws('ec2', 'Vpc')],
  error: 'InvalidVpcID.NotFound',
  holds,
});
export const toSubnet = (path: string): Reference => ({
  path,
  to: [aws('ec2', 'Subnet')],
  error: 'InvalidSubnetID.NotFound',
  holds: true,
});
export const toSecurityGroup = (path: string, holds = true): Reference => ({
  path,
  to: [aws('ec2', 'SecurityGroup'), aws('ec2', 'DefaultSecurityGroup')],
  error: 'InvalidGroup.NotFound',
  holds,
});
export const toRole = (path: string, holds = false): Reference => ({
  path,
  to: [aws('iam', 'Role')],
  error: 'NoSuchEntity',
  holds,
  except: /:role\/aws-service-role\//,
});
export const toBucket = (path: string): Reference => ({ path, to: [aws('s3', 'Bucket')], error: 'NoSuchBucket' });
export const toKey = (path: string): Reference => ({
  path,
  to: [aws('kms', 'Key'), aws('kms', 'Alias')],
  error: 'NotFoundException',
  except: /alias\/aws\//,
});

export const named = (max: number, more: Partial<Naming> = {}): Naming => ({ property: 'name', max, ...more });

/** A number outside of what the service accepts, in the words of the provider. */
export function between(inputs: Bag, path: string, least: number, most: number): Problem[] {
  const value = number(inputs, path);
  if (value === undefined || (value >= least && value <= most)) return [];
  return [problem(path, `expected ${path} to be in the range (${least} - ${most}), got ${value}`)];
}

/** A document that must be JSON. */
export function json(inputs: Bag, path: string, code: string): Problem[] {
  const document = text(inputs, path);
  if (document === undefined) return [];
  try {
    JSON.parse(document);
    return [];
  } catch {
    return [problem(path, `${code}: "${path}" contains an invalid JSON document`)];
  }
}

/** Exactly one of several inputs. */
export function exactlyOne(inputs: Bag, keys: string[]): Problem[] {
  const given = keys.filter((key) => inputs[key] !== undefined && inputs[key] !== null);
  if (given.length === 1) return [];
  const got = given.length === 0 ? 'none was' : `${given.join(' and ')} were`;
  return [problem(given[1] ?? keys[0] ?? '', `exactly one of ${keys.join(', ')} must be specified; ${got}`)];
}

/** The part of an ARN behind the account, e.g. `loadbalancer/app/name/0123`. */
export const resourceOf = (arn: string): string => arn.split(':').slice(5).join(':');

export const has = (inputs: Bag, path: string, value: string): boolean => texts(inputs, path).includes(value);
