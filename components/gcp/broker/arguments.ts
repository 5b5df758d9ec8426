import { type Fault, must, wholeNumber } from '../../faults';
import type { Network } from '../network/network';
import type { PrivateServices } from '../network/private-services';

export interface RedisBrokerArgs {
  /** Google's name of the region, e.g. `us-central1`. **A change replaces the broker and loses its jobs.** */
  region: string;
  /** Zones of the node and of its copy. Later changes move nothing. */
  zones: string[];
  /** Network of the clients. **A change replaces the broker and loses its jobs.** */
  network: Network;
  /** What joins that network to Google's, where the broker has its address. */
  privateServices: PrivateServices;
  /** GB, 1 to 300. Changed in place; the connections are cut once. */
  memoryGb: number;
  /** Hours between two copies on disk that a restart begins with: 1, 6, 12 or 24. */
  snapshotHours: number;
  /** The provider's own refusal to delete the broker. */
  deletionProtection: boolean;
  /** Days in which a destroyed version of the connection secret can be brought back, or 0 for none. */
  recoveryDays: number;
  /** Pulumi's `protect` on the broker and its secret: a plan that would delete one fails. */
  protect: boolean;
  labels?: Record<string, string>;
}

/** How Memorystore says how often it writes to disk. */
export const snapshotPeriods: Record<number, string> = {
  1: 'ONE_HOUR',
  6: 'SIX_HOURS',
  12: 'TWELVE_HOURS',
  24: 'TWENTY_FOUR_HOURS',
};

/**
 * GB of Memorystore for Redis for what a node of Memorystore for Valkey holds: a plan names both kinds of store by the same
 * types (usable memory by Google's table of node types, in whole GB).
 */
const gigabytes: Record<string, number> = {
  SHARED_CORE_NANO: 1,
  CUSTOM_PICO: 3,
  CUSTOM_MICRO: 5,
  CUSTOM_MINI: 7,
  STANDARD_SMALL: 5,
  HIGHCPU_MEDIUM: 6,
  STANDARD_LARGE: 10,
  HIGHMEM_MEDIUM: 10,
  HIGHMEM_XLARGE: 46,
  HIGHMEM_2XLARGE: 92,
};

/** @throws Error for a type that is not in the table: configuration's checks name it before */
export function gigabytesOf(nodeType: string): number {
  const found = gigabytes[nodeType];
  if (found === undefined) throw new Error(`"${nodeType}" is no node type of Memorystore`);
  return found;
}

export function faultsOf(args: RedisBrokerArgs): Fault[] {
  return [
    must(/^[a-z]+-[a-z]+\d+$/.test(args.region), 'region', `"${args.region}" is not a region of Google Cloud`),
    must(args.zones.length > 0, 'zones', 'one zone is needed at least'),
    ...args.zones.map((zone, at) =>
      must(zone.startsWith(`${args.region}-`), `zones[${at}]`, `"${zone}" is not in ${args.region}`),
    ),
    wholeNumber('memoryGb', args.memoryGb, 1, 300),
    must(
      args.snapshotHours in snapshotPeriods,
      'snapshotHours',
      `${args.snapshotHours} must be one of ${Object.keys(snapshotPeriods).join(', ')}`,
    ),
    wholeNumber('recoveryDays', args.recoveryDays, 0, 1000),
  ];
}
