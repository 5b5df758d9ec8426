import type { Draft } from '../draft';

/** The content's host name is one of its own: the same name cannot lead to two places. */
export function checkDomains(draft: Draft): void {
  const [domain, content] = [draft.get('domain'), draft.get('contentDomain')];
  if (domain === undefined || domain !== content) return;
  const mend = 'pulumi config rm contentDomain, which makes it `static.` before `domain`';
  draft.find({ path: ['contentDomain'], problem: 'is the same as domain', mend });
}
