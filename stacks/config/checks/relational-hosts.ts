import { ROOM_TO_GROW } from '../../../plan/relational/database';
import type { RelationalHost, SqlEngine } from '../../../plan/vocabulary';

/** What configuration may say of a relational database, by who runs it. */
export interface RelationalAbilities {
  /** Major versions that can be had of each engine. */
  versions: Record<SqlEngine, readonly string[]>;
  /** GiB that can be chosen; undefined: storage is what is used. */
  storage?: { least: number; most: number };
  /** How many times the storage its ceiling must be; undefined: there is no ceiling to choose. */
  ceiling?: number;
  /** Why there is no ceiling, or nothing to choose at all. */
  storageGrows: string;
  /** Whether the cloud has a proxy to put before it. */
  proxy: boolean;
  /** Readers in the home region at the most. */
  readers: number;
  /** Days of insights: any that the schema knows, only whether there are some (0 or 7), or none. */
  insights: 'days' | 'on-or-off' | 'none';
  /** Whether the days of backups can be chosen: with what there is, only with an object store, or not at all. */
  backups: 'days' | 'with-object-store' | 'fixed';
  /** Classes whose readers follow the load, where not all have that. */
  scaledClass?: RegExp;
}

const postgres = ['14', '15', '16', '17', '18'];
const mysql = ['8.0', '8.4'];
const grows = 'storage grows by itself with what is in it';

/**
 * By the pages of the vendors: RDS "Storage" and "Managing capacity automatically" (a ceiling of 126 % at the least), Aurora
 * "Storage", Cloud SQL "Instance settings", DigitalOcean "Managed databases: limits", CloudNativePG "Storage".
 */
export const relationalAbilities: Record<RelationalHost, RelationalAbilities> = {
  rds: {
    versions: { postgres, mysql },
    storage: { least: 20, most: 65_536 },
    ceiling: ROOM_TO_GROW,
    storageGrows: grows,
    readers: 15,
    proxy: true,
    insights: 'days',
    backups: 'days',
  },
  aurora: {
    versions: { postgres, mysql },
    storageGrows: `${grows} in aurora, and costs what is used`,
    readers: 15,
    proxy: true,
    insights: 'days',
    backups: 'days',
  },
  'cloud-sql': {
    versions: { postgres, mysql },
    storage: { least: 10, most: 65_536 },
    ceiling: 1,
    storageGrows: grows,
    readers: 15,
    proxy: false,
    insights: 'on-or-off',
    backups: 'days',
    scaledClass: /^db-perf-optimized-/,
  },
  digitalocean: {
    versions: { postgres, mysql },
    storage: { least: 10, most: 30_720 },
    storageGrows: `${grows} at digitalocean, without a ceiling`,
    readers: 9, // ten of all regions together
    proxy: false,
    insights: 'none',
    backups: 'fixed',
  },
  operator: {
    // The versions that CloudNativePG's own images are kept up for.
    versions: { postgres: ['16', '17', '18'], mysql: [] },
    storage: { least: 1, most: 16_384 },
    storageGrows: "a cluster's volumes do not grow by themselves: raise storageGb",
    readers: 15,
    proxy: false,
    insights: 'none',
    backups: 'with-object-store',
  },
};
