import { generateKeyPairSync } from 'node:crypto';
import { type OfflinePlan, makeOfflinePlan } from '../../../cli/offline/make-plan';
import type { Compute, Environment, PhaseName } from '../../../plan/vocabulary';
import type { RawConfig } from '../../../stacks/config/raw';

export interface PulseOptions {
  compute?: Compute;
  /** Entries of `gcp` in the configuration, besides those that every test has; undefined leaves one out. */
  account?: Record<string, string | undefined>;
  /** Whether private content is on the CDN. */
  signed?: boolean;
  reached?: PhaseName;
  /** Who is told. Default: as every test has it. */
  alertEmails?: string[];
}

/** Pulse on Google Cloud, with the user's own account as configuration would say it. */
export function pulseOnGoogle(
  phase: PhaseName,
  environment: Environment,
  { compute = 'instances', account = {}, signed = false, reached, alertEmails }: PulseOptions = {},
): Promise<OfflinePlan> {
  const gcp = {
    projectId: 'example-project-123',
    dnsZone: 'example-zone',
    billingAccountId: '012345-6789AB-CDEF01',
    ...account,
  };
  const config: RawConfig = { gcp: { text: JSON.stringify(gcp), secret: false } };
  if (alertEmails) config.alertEmails = { text: JSON.stringify(alertEmails), secret: false };
  if (signed) {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    config.contentPublicKey = { text: publicKey.export({ type: 'spki', format: 'pem' }).toString(), secret: false };
  }
  return makeOfflinePlan({ system: 'pulse', phase, cloud: 'gcp', environment, compute, reached, config });
}
