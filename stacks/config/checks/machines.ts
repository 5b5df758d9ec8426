import type { Compute } from '../../../plan/vocabulary';
import type { Draft } from '../draft';
import { nearest } from '../nearest';
import { exampleOf, removeCommand } from '../path';
import { cacheForms, machineForms } from './forms-by-cloud';
import { computeOf, placeOf } from './place';

/** Machine types of instances have the cloud's form. */
export function checkMachines(draft: Draft): void {
  const place = placeOf(draft);
  const machines = place && machineForms[place.cloud];
  if (!machines) return;
  const usual = place.system.services.flatMap((service) => Object.values(service.machines[place.cloud] ?? {}));
  for (const [name, { machine }] of Object.entries(draft.get('overrides')?.services ?? {})) {
    const path = ['overrides', 'services', name, 'machine'];
    if (machine === undefined || draft.isFaulty(...path) || machines.fits(machine)) continue;
    const problem = `is not a machine type of ${place.cloud}`;
    const close = nearest(machine, usual);
    draft.find({ path, problem, allowed: machines.allowed, nearest: close, mend: exampleOf(path, close, usual) });
  }
}

/** So do the node types of a cache. */
export function checkCacheNode(draft: Draft): void {
  const place = placeOf(draft);
  const nodeType = draft.get('overrides')?.cache.nodeType;
  if (!place || nodeType === undefined) return;
  const { fits, allowed } = cacheForms[place.cloud];
  if (fits(nodeType)) return;
  const usual = Object.values(place.system.cache?.nodeTypes[place.cloud] ?? {});
  const path = ['overrides', 'cache', 'nodeType'];
  const problem = `is not a cache node type of ${place.cloud}`;
  const close = nearest(nodeType, usual);
  draft.find({ path, problem, allowed, nearest: close, mend: exampleOf(path, close, usual) });
}

/** Of a service, what has no meaning for the way that it runs, and what has it instead. */
const meaningless: Record<Compute, { field: 'machine' | 'pod'; runs: string; instead: string }> = {
  instances: { field: 'pod', runs: 'on instances, which have no pods', instead: 'machine' },
  kubernetes: { field: 'machine', runs: 'as pods, which have no machine of their own', instead: 'pod' },
};

/** Sizes that say something of pods where there are none, or of machines where there are pods. */
export function checkKindOfSizes(draft: Draft): void {
  const compute = computeOf(draft);
  const overrides = draft.get('overrides');
  if (!compute || !overrides) return;
  const { field, runs, instead } = meaningless[compute];
  for (const [name, service] of Object.entries(overrides.services)) {
    const path = ['overrides', 'services', name, field];
    if (service[field] === undefined || draft.isFaulty(...path)) continue;
    const problem = `is given, and services run ${runs}`;
    const better = `overrides.services.${name}.${instead}`;
    draft.find({ path, problem, allowed: 'nothing', mend: `${removeCommand(path)}, and size it with ${better}` });
  }
}
