import type { ServiceNeeds } from '../../../systems/system';
import type { Draft } from '../draft';

/** Every service of the system has an image. */
export function checkImages(draft: Draft): void {
  for (const { name } of draft.system?.services ?? []) {
    if (draft.get('images')?.[name] !== undefined || draft.isFaulty('images', name)) continue;
    draft.find({ path: ['images', name], problem: 'is missing: every service needs an image' });
  }
}

/** The numbers of one service go together: fewest, most and first instances. */
export function checkSizes(draft: Draft): void {
  for (const service of draft.system?.services ?? []) checkSizesOf(draft, service);
}

function checkSizesOf(draft: Draft, { name, range }: ServiceNeeds): void {
  const path = (field: string): string[] => ['overrides', 'services', name, field];
  const own = draft.get('overrides')?.services[name];
  if (!own || draft.isFaulty(...path('minSize')) || draft.isFaulty(...path('maxSize'))) return;
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
