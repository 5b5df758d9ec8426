import type { CloudName } from '../../../plan/vocabulary';
import type { Draft } from '../draft';
import { singleSecretNames } from '../keys-secrets';
import { setCommand } from '../path';

/** Addresses that one alert tells (Cloud Monitoring: "Notification channels per alerting policy"). */
const mostTold: Partial<Record<CloudName, number>> = { gcp: 16 };

/** In prod somebody is told, and nowhere more than can be. */
export function checkAlertEmails(draft: Draft): void {
  const cloud = draft.get('cloud');
  const most = cloud && mostTold[cloud];
  const count = draft.get('alertEmails')?.length ?? 0;
  if (most !== undefined && count > most && !draft.isFaulty('alertEmails')) {
    const problem = `are ${count}, and an alert of ${cloud} tells ${most} at the most`;
    const mend = `name ${most} or fewer; one of them can be a group's address`;
    draft.find({ path: ['alertEmails'], problem, allowed: `a list of at most ${most}`, mend });
  }
  if (draft.get('environment') !== 'prod' || draft.isFaulty('alertEmails')) return;
  if (draft.get('alertEmails')?.length !== 0) return;
  const mend = `for example: ${setCommand(['alertEmails', 0], 'ops@example.com')}`;
  draft.find({ path: ['alertEmails'], problem: 'is empty, and in prod somebody must be told', mend });
}

/** Secrets are encrypted where they are written. */
export function checkSecrets(draft: Draft): void {
  const told = { problem: 'is in plain text', allowed: 'an encrypted value', fromNames: true };
  const renew = 'with a new value: the old one has been in plain text';
  for (const name of draft.secretKeys.has('secrets') ? [] : Object.keys(draft.get('secrets') ?? {})) {
    const mend = `pulumi config set --secret --path secrets.${name}, ${renew}`;
    draft.find({ path: ['secrets', name], ...told, mend });
  }
  for (const key of singleSecretNames) {
    if (draft.secretKeys.has(key) || draft.get(key) === undefined || draft.isFaulty(key)) continue;
    draft.find({ path: [key], ...told, mend: `pulumi config set --secret ${key}, ${renew}` });
  }
}
