import { list, text } from '../model/reading';
import type { Bag } from '../model/values';
import type { Kind } from './kind';
import { annotation } from './naming';

export const REPLACE_UNREADY = 'pulumi.com/replaceUnready';

/**
 * Whether a Job that asks for it by annotation is there and has not completed: the provider replaces it then. Only what is
 * in the cluster now can say so, hence `read`.
 */
export async function isUnready(kind: Kind, news: Bag, read: () => Promise<Bag | undefined>): Promise<boolean> {
  if (kind.group !== 'batch' || kind.kind !== 'Job' || annotation(news, REPLACE_UNREADY) !== 'true') return false;
  const live = await read();
  if (!live) return false;
  const conditions = list(live, 'status.conditions');
  return !conditions.some((each) => text(each, 'type') === 'Complete' && text(each, 'status') === 'True');
}
