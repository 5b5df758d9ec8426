import { allSizes } from '../../plan/sizes';
import type { CloudName } from '../../plan/vocabulary';
import type { System } from '../../systems/system';
import type { Path } from './path';

/** The stack whose configuration is checked, as far as it is known. */
interface Known {
  system?: System;
  cloud?: CloudName;
  environment?: 'dev' | 'staging' | 'prod';
}

/** What a system has at a place of the configuration by itself: another cloud's example would be wrong there. */
export function usualAt({ system, cloud, environment }: Known, path: Path): readonly string[] {
  if (!system) return [];
  const [first, second, third, fourth] = path;
  if (first === 'regions') return (cloud && system.regions[cloud]) ?? [];
  if (second === 'regions') return system.regions[first as CloudName] ?? [];
  if (first !== 'overrides' || !cloud) return [];
  switch (`${String(second)}.${String(fourth ?? third)}`) {
    case 'services.machine':
    case 'workers.machine': {
      const groups = second === 'services' ? system.services : (system.workers ?? []);
      return allSizes(groups.find(({ name }) => name === third)?.machines[cloud]);
    }
    case 'cache.nodeType':
      return allSizes(system.cache?.nodeTypes[cloud]);
    case 'broker.nodeType':
      return allSizes(system.broker?.nodeTypes[cloud]);
    case 'cluster.machine':
      return allSizes(system.clusterNodes[cloud]);
    case 'relational.instanceClass': {
      const host = system.relationalDatabase?.hosts[cloud];
      return host ? allSizes(system.relationalDatabase?.classes[host]) : [];
    }
    case 'database.tier': {
      const host = system.documentDatabase?.hosts[cloud];
      const tiers = host && system.documentDatabase?.tierByEnvironment[host];
      return tiers ? [tiers[environment ?? 'prod']] : [];
    }
    default:
      return [];
  }
}
