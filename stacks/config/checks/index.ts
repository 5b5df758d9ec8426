import type { Draft } from '../draft';
import { checkAdoption, checkDatabaseNames } from './adoption';
import { checkByCloud } from './by-cloud';
import { checkCloudflare } from './cloudflare';
import { checkDatabaseUrl } from './database-url';
import { checkDomains } from './edge';
import { checkEnvironment } from './environment';
import { checkCluster } from './cluster';
import { checkDisks, checkKindOfSizes, checkMachines, checkNodeTypes, checkSpot } from './machines';
import { checkOffHours } from './off-hours';
import { checkParts } from './parts';
import { checkAlertEmails, checkSecrets } from './people';
import { checkLeft, checkPlace } from './place';
import { checkPods } from './pods';
import { checkRelational } from './relational';
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
  checkDisks,
  checkNodeTypes,
  checkSpot,
  checkCluster,
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
