import type { Draft } from '../draft';
import { checkCertificates, checkDomains } from './edge';
import { checkAlertEmails, checkSecrets } from './people';
import { checkCidr, checkPlace, checkRegions, checkZones } from './place';
import { checkEnvironment, checkImages, checkMachines, checkSizes } from './services';
import { checkNetwork, checkOrganization, checkTier } from './stores';

/** What depends on more than one key. Each looks only at what is right so far, so one mistake is told once. */
export const checks: readonly ((draft: Draft) => void)[] = [
  checkPlace,
  checkRegions,
  checkCidr,
  checkZones,
  checkImages,
  checkSizes,
  checkMachines,
  checkDomains,
  checkCertificates,
  checkAlertEmails,
  checkOrganization,
  checkTier,
  checkNetwork,
  checkSecrets,
  checkEnvironment,
];
