import { randomInt } from 'node:crypto';
import { problem, type Problem } from '../model/errors';
import { hex } from '../model/ids';
import { number, text } from '../model/reading';
import type { Naming, Reference } from '../model/resource-type';
import type { Bag } from '../model/values';

/** Token of a type of the digitalocean package, e.g. `digitalocean:index/vpc:Vpc`. */
export function ocean(name: string): string {
  return `digitalocean:index/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;
}

/** Letters, digits, hyphens and dots, as most resources are named. */
export const named = (more: Partial<Naming> = {}): Naming => ({
  property: 'name',
  max: 255,
  pattern: /^[A-Za-z0-9.-]+$/,
  rule: '422 unprocessable_entity: a name holds letters, digits, hyphens and dots',
  ...more,
});

/** A name that an account has once. */
export const once = (code: string, more: Partial<Naming> = {}): Naming =>
  named({ taken: { code, sentence: (name) => `the name ${name} is already in use` }, ...more });

const to = (name: string, path: string, holds = false): Reference => ({
  path,
  to: [ocean(name)],
  error: '404 not_found',
  holds,
});

export const toVpc = (path: string, holds = true): Reference => to('Vpc', path, holds);
export const toProject = (path: string): Reference => to('Project', path, true);
export const toCluster = (holds = false): Reference => to('DatabaseCluster', 'clusterId', holds);
export const toBalancer = (path: string): Reference => to('LoadBalancer', path);
export const toBucket = (path = 'bucket'): Reference => ({ ...to('SpacesBucket', path), error: 'NoSuchBucket' });
export const toTag = (path: string): Reference => to('Tag', path);
/** A certificate that is on a balancer or a CDN cannot be deleted. */
export const toCertificate = (path: string): Reference => to('Certificate', path, true);

/** A number outside of what the provider accepts, in its words. */
export function between(inputs: Bag, path: string, least: number, most: number): Problem[] {
  const value = number(inputs, path);
  if (value === undefined || (value >= least && value <= most)) return [];
  return [problem(path, `expected ${path} to be in the range (${least} - ${most}), got ${value}`)];
}

/** What must be there, or must look like something. */
export function matching(inputs: Bag, path: string, pattern: RegExp, reason: string): Problem[] {
  const value = text(inputs, path);
  return value === undefined || pattern.test(value) ? [] : [problem(path, reason)];
}

export const urn = (kind: string, id: string): string => `do:${kind}:${id}`;
/** Droplets, DNS records and SSH keys have numbers. */
export const numericId = (): string => String(randomInt(100_000_000, 999_999_999));
/** An address out of DigitalOcean's public ranges. */
export const publicAddress = (): string => `159.89.${randomInt(1, 255)}.${randomInt(1, 255)}`;
export const now = (): string => new Date().toISOString();

/** Regions in service. */
export const regions = [
  ...['ams3', 'atl1', 'blr1', 'fra1', 'lon1', 'nyc1', 'nyc2', 'nyc3'],
  ...['ric1', 'sfo2', 'sfo3', 'sgp1', 'syd1', 'tor1'],
] as const;

/** As certificates are told apart: 20 bytes. */
export const hexFingerprint = (): string => hex(40);
