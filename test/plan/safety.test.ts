import { LOG_RETENTION_DAYS, planSafety } from '../../plan/safety';
import { environments } from '../../plan/vocabulary';
import { planOf } from './given';

test.each([
  ['dev', { protectStores: false, deletionProtection: false, finalSnapshot: false, secretRecoveryDays: 0 }],
  ['staging', { protectStores: false, deletionProtection: false, finalSnapshot: true, secretRecoveryDays: 7 }],
  ['prod', { protectStores: true, deletionProtection: true, finalSnapshot: true, secretRecoveryDays: 30 }],
] as const)('in %s: %j', (environment, expected) => {
  expect(planSafety(environment)).toEqual(expected);
});

test('a secret’s recovery is what Secrets Manager takes: none, or 7 to 30 days', () => {
  for (const environment of environments) {
    const { secretRecoveryDays: days } = planSafety(environment);
    expect(days === 0 || (days >= 7 && days <= 30)).toBe(true);
  }
});

test('no phase is less safe than another', () => {
  for (const environment of environments) {
    const at = (phase: 'small' | 'large' | 'enterprise') => planOf({ phase, environment }).safety;
    expect(at('small')).toEqual(at('enterprise'));
    expect(at('large')).toEqual(at('enterprise'));
  }
});

test('logs are kept longer the more they matter, unless an override says otherwise', () => {
  expect(LOG_RETENTION_DAYS.dev).toBeLessThan(LOG_RETENTION_DAYS.staging);
  expect(LOG_RETENTION_DAYS.staging).toBeLessThan(LOG_RETENTION_DAYS.prod);
  const kept = (keys?: Record<string, unknown>) => {
    const { logs, network } = planOf({ phase: 'small', environment: 'staging', keys });
    return [logs.retentionDays, network.flowLogRetentionDays];
  };
  expect(kept()).toEqual([LOG_RETENTION_DAYS.staging, LOG_RETENTION_DAYS.staging]);
  expect(kept({ overrides: { logs: { retentionDays: 365 } } })).toEqual([365, 365]);
});
