import { isDeepStrictEqual } from 'node:util';
import type { Fault } from '../stacks/config/fault';
import type { Settings } from '../stacks/config/settings';
import { ladder } from '../stacks/phases';
import type { System } from '../systems/system';
import type { ExistingNetwork } from './accounts';
import type { StoresMemory } from './memory';
import { zonesOf, zonesOn } from './regions';
import { storeSettings } from './store-settings';
import { higherPhase, type CloudName } from './vocabulary';

/**
 * What stores stand on, on the cloud that a stack is on: another word of it would make new, empty stores and delete the
 * old ones. Sizes may change, and where there was a database of somebody else's one may be made; the rest is refused
 * until `reached` says by hand that the stores may go.
 */
export function checkGround(system: System, settings: Settings, here: StoresMemory | undefined): Fault[] {
  if (!here || settings.reached) return [];
  const now = storeSettings(settings);
  const then = here.settings;
  const faults: Fault[] = [];
  const refuse = (key: string, was: unknown, is: unknown, what: string): void => {
    if (was === undefined || isSame(was, is)) return;
    faults.push(fault(settings, key, was, is, what));
  };
  refuse('cidr', here.cidr, settings.cidr, 'the network that stores are in');
  faults.push(...zonesLeft(settings, here));
  if (!then) return faults;
  refuse('atlasOrganizationId', then.atlasOrganizationId, now.atlasOrganizationId, 'the organization of the database');
  refuse('atlasProjectId', then.atlasProjectId, now.atlasProjectId, 'the project that the database is in');
  for (const [key, was] of Object.entries(then.account)) {
    // A database of somebody else's: nothing is lost with the word for it.
    if (key === 'databaseSecretId') continue;
    const is = (now.account as Record<string, unknown>)[key];
    if (key === 'network' && holdsOn(was, is)) continue;
    refuse(`${settings.cloud}.${key}`, was, is, 'what stores stand on');
  }
  const made = !then.databaseUrl && !('databaseSecretId' in then.account);
  // Stores that stand on what was made for them cannot be put on something else later.
  for (const key of ['network', 'storageClass']) {
    if (!(key in now.account) || key in then.account) continue;
    faults.push(fault(settings, `${settings.cloud}.${key}`, 'one that nothing was said of', undefined, whatOf[key]!));
  }
  const onAtlas = system.documentDatabase?.hosts[settings.cloud] === 'atlas';
  if (made && onAtlas && then.atlasProjectId === undefined && now.atlasProjectId !== undefined) {
    faults.push(
      fault(
        settings,
        'atlasProjectId',
        'a project of its own',
        now.atlasProjectId,
        'the project that the database is in',
      ),
    );
  }
  if (made && now.databaseUrl) faults.push(fault(settings, 'databaseUrl', 'a database of its own', undefined, 'it'));
  for (const key of ['databaseSecretId', 'adoptDatabase']) {
    if (!made || !(key in now.account) || key in then.account) continue;
    faults.push(fault(settings, `${settings.cloud}.${key}`, 'a database of its own', undefined, 'it'));
  }
  return faults;
}

/**
 * Whether an existing network still is the one that stores are in: its id, and every subnet of theirs. What services are in,
 * and the addresses that they leave from, may change.
 */
function holdsOn(was: unknown, is: unknown): boolean {
  const [then, now] = [was, is] as (ExistingNetwork | undefined)[];
  if (!then || !now) return false;
  return then.vpcId === now.vpcId && then.dataSubnetIds.every((id) => now.dataSubnetIds.includes(id));
}

/** Where a zone's part of the network is a thing of its own, that stores stand in: it cannot go while they do. */
const subnetsByZone: Record<CloudName, boolean> = { aws: true, gcp: false, digitalocean: false, kubernetes: false };

/** Zones may be added. One that is left out takes its subnets from under what is in them, and the cloud refuses half way. */
function zonesLeft(settings: Settings, here: StoresMemory): Fault[] {
  const { cloud, compute, phase } = settings;
  if (!subnetsByZone[cloud]) return [];
  const then = here.zones ?? zonesOn(cloud, here.compute ?? compute, ladder[here.phase].zones);
  const now = settings.zones ?? zonesOn(cloud, compute, ladder[higherPhase(phase, here.phase)].zones);
  const left = here.regions.flatMap((region) => {
    const kept = zonesOf(cloud, region, now);
    return zonesOf(cloud, region, then).filter((zone) => !kept.includes(zone));
  });
  if (left.length === 0) return [];
  return [
    {
      key: settings.accounts[cloud].zones === undefined ? 'zones' : `${cloud}.zones`,
      value: Array.isArray(now) ? now.join(', ') : String(now),
      problem: `leaves out ${left.join(', ')}, where stores have their subnets`,
      allowed: 'the zones that there are, and further ones',
      mend: `set it back to ${Array.isArray(then) ? then.join(', ') : then}; or, if nothing stands there, pulumi config set reached ${phase} for one update`,
    },
  ];
}

/** What stores stand on where nothing was said of it: the stack's own network, the cluster's default class. */
const whatOf: Record<string, string> = {
  network: 'the network',
  storageClass: 'the storage class',
};

function fault({ phase }: Settings, key: string, was: unknown, is: unknown, what: string): Fault {
  return {
    key,
    value: is === undefined ? undefined : typeof is === 'string' ? is : 'an object',
    problem: `would take ${what} from under stores that are there: the stack has ${wordsOf(was)}`,
    allowed: 'what it was when the stores were made',
    mend: `set it back; or, if the stores may go and their data with them, pulumi config set reached ${phase} for one update`,
  };
}

function wordsOf(was: unknown): string {
  return typeof was === 'string' ? was : JSON.stringify(was);
}

/** The stack remembers in JSON, with keys in an order of its own. */
function isSame(was: unknown, is: unknown): boolean {
  return is !== undefined && isDeepStrictEqual(was, JSON.parse(JSON.stringify(is)));
}
