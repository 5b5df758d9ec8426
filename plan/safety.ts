import type { SafetyPlan } from './types';
import type { Environment } from './vocabulary';

/** How hard it is to lose something, by environment. */
export function planSafety(environment: Environment): SafetyPlan {
  const prod = environment === 'prod';
  return {
    protectStores: prod,
    deletionProtection: prod,
    finalSnapshot: environment !== 'dev',
    // The longest that Secrets Manager keeps a deleted secret; in dev the name must be free again at once.
    secretRecoveryDays: prod ? 30 : environment === 'staging' ? 7 : 0,
  };
}

/** Days of logs and flow logs: long enough for an investigation in prod, short where nobody looks back. */
export const LOG_RETENTION_DAYS: Record<Environment, number> = { dev: 7, staging: 30, prod: 90 };
