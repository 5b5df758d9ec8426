import type { Fault } from '../stacks/config/fault';
import type { Settings } from '../stacks/config/settings';
import type { System } from '../systems/system';
import { checkGround } from './check-ground';
import { checkRelationalGround } from './check-relational-ground';
import type { Memory, StoresMemory } from './memory';
import { planSafety } from './safety';
import { clouds, type CloudName } from './vocabulary';

/**
 * Stores on a cloud that the stack is not on any more: they are kept, or given up, but never by saying nothing. What a
 * stack has where is remembered by the stack and not by its configuration, so only here can it be told.
 * A fault holds the steps of a move.
 */
export function checkMove(system: System, settings: Settings, memory: Memory): Fault[] {
  const left = clouds.filter((cloud) => memory[cloud] && cloud !== settings.cloud);
  const unkept = left.filter((cloud) => !settings.keep.includes(cloud));
  const faults = unkept.flatMap((cloud) => {
    // Each of several takes the next place, so that one command does not undo the other.
    const place = settings.keep.length + unkept.indexOf(cloud);
    if (!settings.discardStores.includes(cloud)) return [leftBehind(settings, cloud, place)];
    const guarded = planSafety(settings.environment).protectStores && !memory[cloud]!.released;
    return guarded ? [stillGuarded(settings, cloud, place)] : [];
  });
  faults.push(...keptForNothing(settings, memory));
  const urls = left.filter((cloud) => settings.keep.includes(cloud) && memory[cloud]!.settings?.databaseUrl);
  if (urls.length > 0 && !settings.given.databaseUrl) faults.push(urlGone(urls));
  const here = memory[settings.cloud];
  faults.push(...elsewhere(system, settings, here), ...checkGround(system, settings, here));
  faults.push(...checkRelationalGround(system, settings, here));
  return faults;
}

/**
 * Whoever keeps stores believes them to be there. Where an update to a cloud was broken off, what it made is not noted yet,
 * and would be deleted though `keep` names it. A stack that remembers nothing has nothing to lose.
 */
function keptForNothing({ keep, cloud: own }: Settings, memory: Memory): Fault[] {
  if (Object.keys(memory).length === 0) return [];
  const others = clouds.filter((cloud) => memory[cloud] && cloud !== own);
  // From the end: taking one out of a list moves all that are behind it.
  return [...keep.entries()].reverse().flatMap(([at, cloud]) => {
    if (memory[cloud] || cloud === own) return [];
    return [
      {
        key: `keep[${at}]`,
        value: cloud,
        problem: 'names a cloud on which this stack has noted no stores: nothing would be kept there',
        allowed: others.join(', ') || 'nothing: this stack has no stores elsewhere',
        mend: `pulumi config rm --path 'keep[${at}]'; or, where an update to ${cloud} was broken off, finish that first: it notes what it has made when it is up`,
      },
    ];
  });
}

function leftBehind({ cloud, discardStores }: Settings, left: CloudName, place: number): Fault {
  const steps = [
    `${keepCommand(left, place)}, then pulumi up: ${cloud} comes up and services move; every store on ${left} stays, protected as it was.`,
    `Copy the data (docs/operations.md, "Moving to another cloud") and check it.`,
    `pulumi config set --path 'discardStores[${discardStores.length}]' ${left}, then pulumi up: lifts the protection of the old stores and deletes nothing.`,
    `${place === 0 ? 'pulumi config rm keep' : `pulumi config rm --path 'keep[${place}]'`}, then pulumi up: deletes the old stores. Then pulumi config rm discardStores.`,
  ];
  return {
    key: 'cloud',
    value: cloud,
    problem: `leaves behind stores that this stack has on ${left}: a change of cloud neither moves data nor deletes it`,
    allowed: `${left}, or another cloud with ${left} in keep or in discardStores`,
    mend: [
      'in these steps:',
      ...steps.map((step, at) => `   ${at + 1}) ${step}`),
      '   Where the data may be lost, as in dev, 3) alone does.',
    ].join('\n   '),
  };
}

function stillGuarded({ environment }: Settings, cloud: CloudName, place: number): Fault {
  return {
    key: 'discardStores',
    value: cloud,
    problem: `gives up stores that are still protected in ${environment}`,
    allowed: `${cloud}, once an update has lifted their protection`,
    mend: `${keepCommand(cloud, place)}, then pulumi up: it lifts the protection and deletes nothing; then take it out of keep again, and pulumi up`,
  };
}

/**
 * Stores are where they were brought up, or where they were left: another region in its place would be new and empty, and
 * the old stores gone. Regions that are missing are told of by the plan.
 */
function elsewhere(system: System, settings: Settings, here: StoresMemory | undefined): Fault[] {
  const names = settings.regions ?? system.regions[settings.cloud] ?? [];
  const moved = here?.regions.filter((name, at) => names[at] !== undefined && names[at] !== name) ?? [];
  if (!here || settings.reached || moved.length === 0) return [];
  return [
    {
      key: 'regions',
      value: names.join(', '),
      problem: `has others in the place of ${moved.join(', ')}, where this stack has stores on ${settings.cloud}`,
      allowed: `${here.regions.join(', ')}, in this order, and further ones after`,
      mend: `name them as they were; or, if their stores may go, pulumi config set reached ${settings.phase}`,
    },
  ];
}

function keepCommand(cloud: CloudName, place: number): string {
  return `pulumi config set --path 'keep[${place}]' ${cloud}`;
}

/** What is kept of a database that was there already is the secret with its URL, and that has to be said as long. */
function urlGone(kept: CloudName[]): Fault {
  return {
    key: 'databaseUrl',
    problem: `is missing, and a secret that is kept on ${kept.join(' and ')} holds it`,
    allowed: 'the URL as it was, for as long as that is kept',
    mend: 'pulumi config set --secret databaseUrl',
  };
}
