import type { Fault } from '../stacks/config/fault';
import type { Settings } from '../stacks/config/settings';
import { ladder } from '../stacks/phases';
import type { System } from '../systems/system';
import type { RelationalIdentity, StoresMemory } from './memory';
import { higherPhase } from './vocabulary';

/**
 * What a relational database cannot become: another engine or host would be another, empty database; an older version or
 * less storage is refused by every host, when half of an update is done. Told here, before anything is.
 */
export function checkRelationalGround(system: System, settings: Settings, here: StoresMemory | undefined): Fault[] {
  const then = here?.relational;
  const needs = system.relationalDatabase;
  if (!then || !needs || settings.reached || settings.given.databaseUrl) return [];
  const { cloud, overrides } = settings;
  const phase = ladder[higherPhase(settings.phase, here.phase)].name;
  const now = {
    host: needs.hosts[cloud],
    engine: needs.engine,
    engineVersion: overrides.relational.engineVersion ?? needs.engineVersion,
    storageGb: overrides.relational.storageGb ?? needs.storage[phase].initialGb,
  };
  if (now.host !== then.host || now.engine !== then.engine) return [another(settings, then, now)];
  const faults: Fault[] = [];
  const names = {
    databaseName: overrides.relational.databaseName ?? needs.name,
    user: overrides.relational.user ?? needs.user,
  };
  for (const field of ['databaseName', 'user'] as const) {
    const was = then[field];
    if (was !== undefined && was !== names[field]) faults.push(renamed(field, names[field], was));
  }
  if (Number(now.engineVersion) < Number(then.engineVersion)) {
    faults.push(less('engineVersion', now.engineVersion, then.engineVersion, 'there is no way down from a version'));
  }
  if (now.storageGb < then.storageGb) {
    faults.push(less('storageGb', String(now.storageGb), String(then.storageGb), 'storage never shrinks'));
  }
  return faults;
}

function another({ phase }: Settings, then: RelationalIdentity, now: { host?: string; engine: string }): Fault {
  return {
    key: 'system',
    problem: `has its tables in ${now.engine} on ${now.host ?? 'no host'} now, and this stack has them in ${then.engine} on ${then.host}: a new, empty database would take its place`,
    allowed: `${then.engine} on ${then.host}`,
    mend: `set the system's file back; or, if the data may go, pulumi config set reached ${phase} for one update`,
  };
}

function less(field: 'engineVersion' | 'storageGb', is: string, was: string, why: string): Fault {
  const path = `overrides.relational.${field}`;
  const typed = field === 'engineVersion' ? ' --type string' : '';
  return {
    key: path,
    value: is,
    problem: `is below what the database has: ${why}`,
    allowed: `${was} or more`,
    nearest: was,
    mend: `pulumi config set --path ${path} ${was}${typed}`,
  };
}

function renamed(field: 'databaseName' | 'user', is: string, was: string): Fault {
  const path = `overrides.relational.${field}`;
  return {
    key: path,
    value: is,
    problem: `would make another, empty one: the database has ${was}`,
    allowed: was,
    nearest: was,
    mend: `pulumi config set --path ${path} ${was}`,
  };
}
