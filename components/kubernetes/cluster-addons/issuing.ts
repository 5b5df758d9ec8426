import type { Plan } from '../../../plan/types';
import type { Issuer } from './cert-manager';

/** The plan with the issuer that was made for it, where one was. What the user gave stays. */
export function withIssuer(plan: Plan, made: Issuer | undefined): Plan {
  if (!made) return plan;
  const { accounts } = plan;
  return { ...plan, accounts: { ...accounts, kubernetes: { ...accounts.kubernetes, certificateIssuer: made.name } } };
}
