import { ConfigurationError, type Fault } from '../stacks/config/fault';
import type { Settings } from '../stacks/config/settings';
import type { Memory } from './memory';
import { planSafety } from './safety';
import { clouds, type CloudName } from './vocabulary';

/**
 * Stores on a cloud that the stack is not on any more: they are kept, or given up, but never by saying nothing. What a
 * stack has where is remembered by the stack and not by its configuration, so only here can it be told.
 *
 * @throws ConfigurationError with the steps of a move
 */
export function checkMove(settings: Settings, memory: Memory): void {
  const faults = clouds.flatMap((cloud) => {
    const stores = memory[cloud];
    if (!stores || cloud === settings.cloud || settings.keep.includes(cloud)) return [];
    if (!settings.discardStores.includes(cloud)) return [leftBehind(settings.cloud, cloud)];
    const guarded = planSafety(settings.environment).protectStores && !stores.released;
    return guarded ? [stillGuarded(cloud, settings)] : [];
  });
  if (faults.length > 0) throw new ConfigurationError(faults);
}

function leftBehind(cloud: CloudName, left: CloudName): Fault {
  const steps = [
    `pulumi config set --path 'keep[0]' ${left}, then pulumi up: ${cloud} comes up and services move; every store on ${left} stays, protected as it was.`,
    `Copy the data (docs/operations.md, "Moving to another cloud") and check it.`,
    `pulumi config set --path 'discardStores[0]' ${left}, then pulumi up: lifts the protection of the old stores and deletes nothing.`,
    `pulumi config rm keep, then pulumi up: deletes the old stores. Then pulumi config rm discardStores.`,
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

function stillGuarded(cloud: CloudName, { environment }: Settings): Fault {
  return {
    key: 'discardStores',
    value: cloud,
    problem: `gives up stores that are still protected in ${environment}`,
    allowed: `${cloud}, once an update has lifted their protection`,
    mend: `pulumi config set --path 'keep[0]' ${cloud}, then pulumi up: it lifts the protection and deletes nothing; then pulumi config rm keep, and pulumi up`,
  };
}
