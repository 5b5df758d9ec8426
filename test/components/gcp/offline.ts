import { type OfflinePlan, makeOfflinePlan } from '../../../cli/offline/make-plan';
import type { RawConfig } from '../../../stacks/config/raw';
import type { Compute, Environment, PhaseName } from '../../../plan/vocabulary';

/** Pulse on Google Cloud, with the user's own account as configuration would say it. */
export function pulseOnGoogle(
  phase: PhaseName,
  environment: Environment,
  { compute = 'instances', account = {} }: { compute?: Compute; account?: Record<string, unknown> } = {},
): Promise<OfflinePlan> {
  const config: RawConfig = {
    gcp: {
      text: JSON.stringify({
        projectId: 'example-project-123',
        dnsZone: 'example-zone',
        billingAccountId: '012345-6789AB-CDEF01',
        ...account,
      }),
      secret: false,
    },
  };
  return makeOfflinePlan({ system: 'pulse', phase, cloud: 'gcp', environment, compute, config });
}
