import type { Draft } from '../draft';
import { checkAdoption, checkDatabaseNames } from './adoption';
import { checkByCloud } from './by-cloud';
import { checkCloudflare } from './cloudflare';
import { checkCidr } from './cidr';
import { checkDatabaseUrl } from './database-url';
import { checkDomains } from './edge';
import { checkEnvironment } from './environment';
import { checkCluster } from './cluster';
import { checkDisks, checkKindOfSizes, checkMachines, checkNodeTypes, checkSpot } from './machines';
import { checkCacheNodes, checkClusterNodes } from './most-nodes';
import { checkOffHours } from './off-hours';
import { checkParts } from './parts';
import { checkPeering } from './peering';
import { checkAlertEmails, checkSecrets } from './people';
import { checkLeft, checkPlace } from './place';
import { checkPods } from './pods';
import { checkRelational } from './relational';
import { checkHomeRegion, checkRegionCount, checkRegionNames, checkZones } from './regions';
import { checkRoom } from './room';
import { checkImages, checkSizes } from './services';
import { checkOneDatabase, checkOrganization, checkTier } from './stores';

/** What depends on more than one key. Each looks only at what is right so far, so one mistake is told once. */
export const checks: readonly ((draft: Draft) => void)[] = [
  checkPlace,
  checkLeft,
  checkRegionNames,
  checkHomeRegion,
  checkRegionCount,
  checkPeering,
  checkCidr,
  checkZones,
  checkImages,
  checkSizes,
  checkKindOfSizes,
  checkMachines,
  checkDisks,
  checkNodeTypes,
  checkCacheNodes,
  checkSpot,
  checkCluster,
  checkClusterNodes,
  checkPods,
  checkDomains,
  checkCloudflare,
  checkByCloud,
  checkOffHours,
  checkAlertEmails,
  checkOrganization,
  checkOneDatabase,
  checkDatabaseUrl,
  checkAdoption,
  checkDatabaseNames,
  checkTier,
  checkParts,
  checkRelational,
  checkRoom,
  checkSecrets,
  checkEnvironment,
];
