import type { Draft } from '../draft';
import { setCommand } from '../path';

/** In prod somebody is told. */
export function checkAlertEmails(draft: Draft): void {
  if (draft.get('environment') !== 'prod' || draft.isFaulty('alertEmails')) return;
  if (draft.get('alertEmails')?.length !== 0) return;
  const mend = `for example: ${setCommand(['alertEmails', 0], 'ops@example.com')}`;
  draft.find({ path: ['alertEmails'], problem: 'is empty, and in prod somebody must be told', mend });
}

/** Secrets are encrypted where they are written. */
export function checkSecrets(draft: Draft): void {
  if (draft.secretKeys.has('secrets')) return;
  for (const name of Object.keys(draft.get('secrets') ?? {})) {
    draft.find({
      path: ['secrets', name],
      problem: 'is in plain text',
      allowed: 'an encrypted value',
      fromNames: true,
      mend: `pulumi config set --secret --path secrets.${name}, with a new value: the old one has been in plain text`,
    });
  }
}
