import type { PlanFlags } from '../../cli/offline/make-plan';
import type { RecordedResource } from '../../cli/offline/recorder';
import type { Compute } from '../../plan/vocabulary';
import { concerns, unlike } from '../guides/row';
import { guideRows } from '../guides/rows';
import { unlikeTheGuide as unlikePulse } from './guide';

/** Every number of its guide that a plan does not have, one sentence each. */
export function unlikeTheGuide(flags: PlanFlags & { compute: Compute }, resources: RecordedResource[]): string[] {
  if (flags.system === 'pulse') return unlikePulse(flags, resources);
  const rows = guideRows[flags.system];
  if (!rows) return [`there is no table of the guide of ${flags.system}`];
  return rows.filter((row) => concerns(row, flags)).flatMap((row) => unlike(row, resources));
}
