import type { BrokerOverrides, RelationalOverrides } from '../stacks/config/settings';
import type { CacheShape } from './cache-steps';
import type { StoreSettings } from './store-settings';
import type { CloudName, Compute, Environment, PhaseName, RelationalHost, SqlEngine } from './vocabulary';

/**
 * What a stack remembers of the stores it has on a cloud, left in its outputs by each update: enough to declare them
 * again exactly as they are after the stack has left that cloud, when its configuration speaks of another one.
 */
export interface StoresMemory {
  /** Whose stores they are: their names hold both. Undefined in what was remembered before these were looked at. */
  system?: string;
  environment?: Environment;
  /** The highest phase that the stores have reached. */
  phase: PhaseName;
  /** What services ran on at the last update. */
  compute?: Compute;
  /** Regions that keep stores, home first. */
  regions: string[];
  zones?: number | string[];
  cidr?: string;
  /** A database that was there already and is the stack's own since: what `adoptDatabase` named. */
  adopted?: string;
  /** What cannot be changed back of a relational database. */
  relational?: RelationalIdentity;
  /** As the last update left the cache. Undefined in what was remembered before it was looked at. */
  cache?: CacheShape;
  /** The configuration's own numbers for stores. */
  overrides?: StoreOverrides;
  /** What else configuration said that stores are shaped by. */
  settings?: StoreSettings;
  /** Protection was lifted on purpose: the stores may go. */
  released?: boolean;
}

/** A relational database that was made here: another of these would be another, empty one, or is refused by its host. */
export interface RelationalIdentity {
  host: RelationalHost;
  /** Undefined in what was remembered before they could be chosen. */
  databaseName?: string;
  user?: string;
  engine: SqlEngine;
  /** Never goes down. */
  engineVersion: string;
  /** GiB at the start, which never shrinks. */
  storageGb: number;
}

/** The part of `overrides` that stores are shaped by. */
export interface StoreOverrides {
  cache: { nodeType?: string; shards?: number; replicasPerShard?: number; snapshotRetentionDays?: number };
  database: { tier?: string; maxTier?: string; diskGb?: number };
  /** Undefined in what was remembered before there were any. */
  relational?: RelationalOverrides;
  broker?: BrokerOverrides;
  network: { natGateways?: 'single' | 'per-zone' };
}

/** Stores by cloud. Empty on a new stack. */
export type Memory = Partial<Record<CloudName, StoresMemory>>;
