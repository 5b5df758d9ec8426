import { rangeAt } from '../../../plan/capacity';
import type { PhaseName } from '../../../plan/vocabulary';
import type { Draft } from '../draft';
import { imagesOf } from '../scope';
import { groupsOf, type Group } from './groups';

/** Everything that the system runs has an image. */
export function checkImages(draft: Draft): void {
  const { system } = draft;
  if (!system) return;
  for (const name of imagesOf(system)) {
    if (draft.get('images')?.[name] !== undefined || draft.isFaulty('images', name)) continue;
    const service = system.services.some((each) => each.name === name);
    const who = service ? 'every service needs an image' : 'its workers run an image of their own';
    draft.find({ path: ['images', name], problem: `is missing: ${who}` });
  }
}

/** The numbers of one group go together: fewest, most and first instances. */
export function checkSizes(draft: Draft): void {
  for (const group of groupsOf(draft)) checkSizesOf(draft, group, draft.get('phase'));
}

function checkSizesOf(draft: Draft, { needs, own, path: at }: Group, phase: PhaseName | undefined): void {
  const path = (field: string) => [...at, field];
  if (draft.isFaulty(...path('minSize')) || draft.isFaulty(...path('maxSize'))) return;
  // A range by phase is not known where the phase is wrong.
  if (phase === undefined && 'small' in needs.range) return;
  const range = rangeAt(needs.range, phase ?? 'small');
  const { minSize: min = range.min, maxSize: max = range.max, desiredCapacity: desired } = own;
  const told = (value: number): string => (draft.secretKeys.has('overrides') ? '' : `, which is ${value}`);
  if (max < min) {
    // The side that was given is the one to mend; of two, the most.
    const [field, other] = own.maxSize === undefined ? ['minSize', 'maxSize'] : ['maxSize', 'minSize'];
    const relation = field === 'maxSize' ? 'below' : 'above';
    const bound = field === 'maxSize' ? min : max;
    const problem = `is ${relation} ${other}${told(bound)}${ownWords(own, other)}`;
    draft.find({ path: path(field), problem, nearest: String(bound) });
    return;
  }
  if (desired === undefined || draft.isFaulty(...path('desiredCapacity')) || (desired >= min && desired <= max)) return;
  const [relation, other, bound] = desired < min ? ['below', 'minSize', min] : ['above', 'maxSize', max];
  const problem = `is ${relation} ${other}${told(bound as number)}${ownWords(own, other as string)}`;
  draft.find({ path: path('desiredCapacity'), problem, nearest: String(bound) });
}

function ownWords(own: object, field: string): string {
  return field in own ? '' : ' by the system';
}
