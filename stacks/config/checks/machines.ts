import { allSizes } from '../../../plan/sizes';
import type { CloudName, Compute } from '../../../plan/vocabulary';
import type { Draft } from '../draft';
import { nearest } from '../nearest';
import { exampleOf, removeCommand, valueAt, type Path } from '../path';
import { cacheForms, machineForms, type NameForm } from './forms-by-cloud';
import { groupsOf } from './groups';
import { computeOf, placeOf } from './place';

/** Machine types of instances have the cloud's form. */
export function checkMachines(draft: Draft): void {
  const place = placeOf(draft);
  const machines = place && machineForms[place.cloud];
  if (!machines) return;
  const groups = groupsOf(draft);
  const usual = groups.flatMap(({ needs }) => allSizes(needs.machines[place.cloud]));
  for (const { own, path } of groups) {
    checkName(draft, [...path, 'machine'], own.machine, machines, usual, `a machine type of ${place.cloud}`);
  }
}

/** So do the node types of a cache, and of a broker, which is one by itself. */
export function checkNodeTypes(draft: Draft): void {
  const place = placeOf(draft);
  const overrides = draft.get('overrides');
  if (!place || !overrides) return;
  const { system, cloud } = place;
  for (const store of ['cache', 'broker'] as const) {
    // What a system has not got is told as a whole.
    if (!system[store]) continue;
    const path = ['overrides', store, 'nodeType'];
    const usual = allSizes(system[store].nodeTypes[cloud]);
    checkName(draft, path, overrides[store].nodeType, cacheForms[cloud], usual, `a cache node type of ${cloud}`);
  }
}

/** A name that has another form on each cloud. */
export function checkName(
  draft: Draft,
  path: Path,
  name: string | undefined,
  { fits, allowed }: NameForm,
  usual: string[],
  what: string,
): void {
  if (name === undefined || draft.isFaulty(...path) || fits(name)) return;
  const close = nearest(name, usual);
  draft.find({ path, problem: `is not ${what}`, allowed, nearest: close, mend: exampleOf(path, close, usual) });
}

/** Of a group, what has no meaning for the way that it runs, and what has it instead. */
const meaningless: Record<Compute, { field: 'machine' | 'pod'; runs: string; instead: string }> = {
  instances: { field: 'pod', runs: 'on instances, which have no pods', instead: 'machine' },
  kubernetes: { field: 'machine', runs: 'as pods, which have no machine of their own', instead: 'pod' },
};

/** Sizes that say something of pods where there are none, or of machines where there are pods. */
export function checkKindOfSizes(draft: Draft): void {
  const compute = computeOf(draft);
  if (!compute) return;
  const { field, runs, instead } = meaningless[compute];
  for (const { kind, needs, path: at } of groupsOf(draft)) {
    const path = [...at, field];
    if (valueAt(draft.given, path) === undefined) continue;
    const problem = `is given, and ${kind} run ${runs}`;
    const better = `overrides.${kind}.${needs.name}.${instead}`;
    draft.findInstead({
      path,
      problem,
      allowed: 'nothing',
      mend: `${removeCommand(path)}, and size it with ${better}`,
    });
  }
}

/** Clouds that sell no spare capacity. */
const withoutSpot: Partial<Record<CloudName, string>> = {
  digitalocean: 'DigitalOcean sells no spare capacity',
  kubernetes: 'nobody here knows which nodes of a plain cluster are spare capacity',
};

/** Workers on spare capacity, where there is none. */
export function checkSpot(draft: Draft): void {
  const cloud = placeOf(draft)?.cloud;
  const why = cloud && withoutSpot[cloud];
  if (!why) return;
  for (const { own, path: at } of groupsOf(draft)) {
    const path = [...at, 'spot'];
    if (own.spot !== true || draft.isFaulty(...path)) continue;
    draft.find({ path, problem: `is true, and ${why}`, allowed: 'false', mend: removeCommand(path) });
  }
}

/** GiB that a disk has at the least, where that is more than an image needs (Compute Engine: "Disk types"). */
const leastDisk: Partial<Record<CloudName, number>> = { gcp: 10 };

/** A root volume of the size that the cloud has. */
export function checkDisks(draft: Draft): void {
  const cloud = placeOf(draft)?.cloud;
  const least = cloud && leastDisk[cloud];
  if (least === undefined) return;
  for (const { own, path: at } of groupsOf(draft)) {
    const path = [...at, 'diskGb'];
    if (own.diskGb === undefined || own.diskGb >= least || draft.isFaulty(...path)) continue;
    draft.find({ path, problem: `is below ${least}, the least on ${cloud}`, nearest: String(least) });
  }
}
