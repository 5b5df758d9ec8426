import type * as pulumi from '@pulumi/pulumi';
import { must, type Fault } from '../../faults';
import type { TrustedSource } from '../host';
import { sourceFaults } from './trusted-sources';

/** What every managed database needs to know. */
export interface DatabaseArgs {
  /** E.g. `nyc3`. A change moves the cluster there, which takes a while; its network must be there too. */
  region: string;
  /** Network of the private address. **A change replaces the cluster and its data.** */
  vpcId: pulumi.Input<string>;
  /** Version as major or major.minor; DigitalOcean picks the minor one. A higher one is applied in place, never lower. */
  version: string;
  /** Size of every node, e.g. `db-s-2vcpu-4gb`. Changed in place; a node's storage never shrinks. */
  size: string;
  /** Who may connect. Changed in place. */
  trustedSources: TrustedSource[];
  /** Pulumi's `protect` on the cluster: a plan that would delete it fails. DigitalOcean has no such lock of its own. */
  protect: boolean;
  tags: string[];
}

/** As DigitalOcean wants it: the major version alone. */
export function majorVersion(version: string): string {
  return version.split('.')[0]!;
}

/** GiB of memory of one node, by its slug; undefined for a slug that is not one. */
export function memoryOf(size: string): number | undefined {
  const found = /^(?:db|gd|m|so1_5|c2?|g)-(?:[a-z]+-)?\d+vcpu-(\d+)gb(?:-\d+gb)?$/.exec(size);
  return found ? Number(found[1]) : undefined;
}

export function databaseFaults(args: DatabaseArgs): Fault[] {
  return [
    must(/^\d+(\.\d+)*$/.test(args.version), 'version', `"${args.version}" must be a version such as 8`),
    must(memoryOf(args.size) !== undefined, 'size', `"${args.size}" must look like db-s-2vcpu-4gb`),
    ...sourceFaults(args.trustedSources),
  ];
}
