import type { Draft } from '../draft';
import { checkByCloud } from './by-cloud';
import { checkDatabaseUrl } from './database-url';
import { checkDomains } from './edge';
import { checkEnvironment } from './environment';
import { checkCluster } from './cluster';
import { checkCacheNode, checkKindOfSizes, checkMachines } from './machines';
import { checkAlertEmails, checkSecrets } from './people';
import { checkLeft, checkPlace } from './place';
import { checkPods } from './pods';
import { checkCidr, checkRegionCount, checkRegionNames, checkZones } from './regions';
import { checkRoom } from './room';
import { checkImages, checkSizes } from './services';
import { checkOneDatabase, checkOrganization, checkTier } from './stores';

/** What depends on more than one key. Each looks only at what is right so far, so one mistake is told once. */
export const checks: readonly ((draft: Draft) => void)[] = [
  checkPlace,
  checkLeft,
  checkRegionNames,
  checkRegionCount,
  checkCidr,
  checkZones,
  checkImages,
  checkSizes,
  checkKindOfSizes,
  checkMachines,
  checkCacheNode,
  checkCluster,
  checkPods,
  checkDomains,
  checkByCloud,
  checkAlertEmails,
  checkOrganization,
  checkOneDatabase,
  checkDatabaseUrl,
  checkTier,
  checkRoom,
  checkSecrets,
  checkEnvironment,
];
