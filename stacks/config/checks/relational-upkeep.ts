import { hostRules } from '../../../plan/relational/database';
import type { Draft } from '../draft';
import { removeCommand } from '../path';
import type { RelationalOverrides } from '../settings';
import { computeOf } from './place';
import type { Relational } from './relational';
import { relationalAbilities } from './relational-hosts';

/** Passwords, backups and insights, where the host has them to choose. */
export function checkUpkeep(draft: Draft, { host, own, refuse, path }: Relational): void {
  const { insights, backups } = relationalAbilities[host];
  const nothing = (field: keyof RelationalOverrides) => ({ allowed: 'nothing', mend: removeCommand(path(field)) });
  if (backups === 'fixed') {
    refuse(
      'backupRetentionDays',
      `is given, and ${host} keeps seven days, no more and no fewer`,
      nothing('backupRetentionDays'),
    );
  } else if (
    backups === 'with-object-store' &&
    !draft.get('kubernetes')?.objectStore &&
    !draft.isFaulty('kubernetes')
  ) {
    refuse(
      'backupRetentionDays',
      'is given, and there is no kubernetes.objectStore to keep backups in',
      nothing('backupRetentionDays'),
    );
  }
  if (insights === 'none') {
    refuse('insightsDays', `is given, and ${host} keeps none`, nothing('insightsDays'));
  } else if (insights === 'on-or-off' && own.insightsDays !== 0 && own.insightsDays !== 7) {
    refuse('insightsDays', `cannot be chosen on ${host}: they are there, or not`, { allowed: '0 or 7', nearest: '7' });
  }
  if (!hostRules[host].rotates) {
    const mend = `${removeCommand(path('rotationDays'))}, and count overrides.relational.passwordVersion up`;
    refuse('rotationDays', `is given, and nobody rotates the password of ${host}`, { allowed: 'nothing', mend });
  } else if (computeOf(draft) === 'kubernetes') {
    const mend = `${removeCommand(path('rotationDays'))}, and count overrides.relational.passwordVersion up`;
    refuse('rotationDays', 'is given, and pods keep the password that the last update gave them', {
      allowed: 'nothing',
      mend,
    });
  }
}
