import { phases } from '../../../plan/vocabulary';
import type { Draft } from '../draft';

/** The content's host name is one of its own: the same name cannot lead to two places. */
export function checkDomains(draft: Draft): void {
  const [domain, content] = [draft.get('domain'), draft.get('contentDomain')];
  if (domain === undefined || domain !== content) return;
  const mend = 'pulumi config rm contentDomain, which makes it `static.` before `domain`';
  draft.find({ path: ['contentDomain'], problem: 'is the same as domain', mend });
}

/** Whether the system has content delivery at the stack's phase. Where the phase is wrong: whether it ever has. */
export function deliversContent(draft: Draft): boolean {
  const { contentDelivery, contentDeliveryFrom = 'small' } = draft.system ?? {};
  const phase = draft.get('phase') ?? 'enterprise';
  return contentDelivery !== undefined && phases.indexOf(phase) >= phases.indexOf(contentDeliveryFrom);
}
