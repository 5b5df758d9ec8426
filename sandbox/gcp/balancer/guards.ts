import { problem, type Problem } from '../../model/errors';
import { list, matches, number, text } from '../../model/reading';
import type { Bag } from '../../model/values';
import { COMPUTE, google } from '../google';
import { gcp, label } from '../parts';
import { numericId } from '../network/network';

export const sslPolicy = google({
  token: gcp('compute', 'SSLPolicy'),
  id: 'projects/{project}/global/sslPolicies/{name}',
  links: COMPUTE,
  naming: label(),
  enumerations: {
    minTlsVersion: ['TLS_1_0', 'TLS_1_1', 'TLS_1_2', 'TLS_1_3'],
    profile: ['COMPATIBLE', 'MODERN', 'RESTRICTED', 'CUSTOM', 'FIPS_202205'],
  },
  replaceOn: ['description', 'name', 'project'],
  sets: ['customFeatures'],
  computed: ['creationTimestamp', 'enabledFeatures', 'fingerprint'],
  defaults: { minTlsVersion: 'TLS_1_0', profile: 'COMPATIBLE' },
  check: (inputs) => {
    const profile = text(inputs, 'profile') ?? 'COMPATIBLE';
    const problems: Problem[] = [];
    if ((profile === 'CUSTOM') !== list(inputs, 'customFeatures').length > 0 && inputs.profile !== undefined) {
      problems.push(problem('customFeatures', 'custom features are given with the profile CUSTOM, and with no other'));
    }
    if (text(inputs, 'minTlsVersion') === 'TLS_1_3' && profile !== 'RESTRICTED') {
      problems.push(problem('minTlsVersion', 'invalid: TLS 1.3 as the least version needs the profile RESTRICTED'));
    }
    return problems;
  },
  make: () => ({
    state: {
      creationTimestamp: new Date().toISOString(),
      enabledFeatures: ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256'],
      fingerprint: '',
    },
  }),
});

export const managedSslCertificate = google({
  token: gcp('compute', 'ManagedSslCertificate'),
  id: 'projects/{project}/global/sslCertificates/{name}',
  links: COMPUTE,
  naming: label(),
  enumerations: { type: ['MANAGED'] },
  replaceOn: ['description', 'managed', 'name', 'project', 'type'],
  computed: ['certificateId', 'creationTimestamp', 'expireTime', 'subjectAlternativeNames'],
  defaults: { type: 'MANAGED' },
  check: (inputs) => {
    const problems: Problem[] = [];
    if (list(inputs, 'managed.domains').length > 100) {
      problems.push(problem('managed', 'invalid: a managed certificate has at most 100 domains'));
    }
    const wild = matches(inputs, 'managed.domains.*').find(({ value }) => String(value).startsWith('*.'));
    if (wild) problems.push(problem('managed', 'invalid: a managed certificate of a balancer has no wildcards'));
    return problems;
  },
  make: ({ inputs }) => ({
    state: {
      certificateId: Number(numericId().slice(0, 12)),
      creationTimestamp: new Date().toISOString(),
      expireTime: '',
      subjectAlternativeNames: list(inputs, 'managed.domains'),
    },
  }),
});

/** What a rule may say of how often a client may come, by Cloud Armor's list. */
const intervals = [10, 30, 60, 120, 180, 240, 270, 300, 600, 900, 1200, 1800, 2700, 3600];
const LAST_PRIORITY = 2147483647;
/** Ranges of one rule, and characters of what is said about it (Cloud Armor: quotas and limits). */
const RANGES = 10;
const DESCRIPTION = 64;

export const securityPolicy = google({
  token: gcp('compute', 'SecurityPolicy'),
  id: 'projects/{project}/global/securityPolicies/{name}',
  links: COMPUTE,
  labels: true,
  naming: label(),
  enumerations: {
    type: ['CLOUD_ARMOR', 'CLOUD_ARMOR_EDGE', 'CLOUD_ARMOR_INTERNAL_SERVICE'],
    'rules.*.match.versionedExpr': ['SRC_IPS_V1'],
    'rules.*.rateLimitOptions.conformAction': ['allow'],
    'rules.*.rateLimitOptions.enforceOnKey': [
      'ALL',
      'IP',
      'HTTP_HEADER',
      'XFF_IP',
      'HTTP_COOKIE',
      'HTTP_PATH',
      'SNI',
      'REGION_CODE',
      'TLS_JA3_FINGERPRINT',
      'TLS_JA4_FINGERPRINT',
      'USER_IP',
    ],
  },
  replaceOn: ['name', 'project', 'type'],
  sets: ['rules'],
  keeps: ['advancedOptionsConfig', 'rules', 'type'],
  computed: ['fingerprint', 'labelFingerprint', 'type'],
  check: checkSecurityPolicy,
  make: ({ inputs }) => ({
    state: { fingerprint: '', labelFingerprint: '', ...(inputs.type === undefined ? { type: 'CLOUD_ARMOR' } : {}) },
  }),
});

function checkSecurityPolicy(inputs: Bag): Problem[] {
  const rules = matches(inputs, 'rules.*');
  if (rules.length === 0) return [];
  const problems: Problem[] = [];
  const priorities = rules.map(({ value }) => number(value, 'priority'));
  if (!priorities.includes(LAST_PRIORITY)) {
    problems.push(problem('rules', `invalid: a policy has a default rule of priority ${LAST_PRIORITY}`));
  }
  if (new Set(priorities).size < priorities.length) {
    problems.push(problem('rules', 'invalid: Cannot have rules with the same priorities.'));
  }
  for (const { path, value } of rules) {
    const action = text(value, 'action') ?? '';
    const limits = ['throttle', 'rate_based_ban'].includes(action);
    const where = path.join('.');
    const refuse = (reason: string) => problems.push(problem(where, `invalid: ${reason}`));
    if (list(value, 'match.config.srcIpRanges').length > RANGES)
      refuse(`a rule has ${RANGES} source IP ranges at most`);
    if ((text(value, 'description') ?? '').length > DESCRIPTION) refuse(`a description has ${DESCRIPTION} characters`);
    if (!limits && !/^(allow|deny\((403|404|502)\)|redirect|fairshare)$/.test(action)) refuse(`${action} is no action`);
    const options = (value as Bag).rateLimitOptions;
    if (limits !== (options !== undefined && options !== null)) {
      refuse(`rateLimitOptions are given with throttle and rate_based_ban, and with no other action`);
    }
    if (!limits || options === undefined) continue;
    const exceed = text(options, 'exceedAction') ?? '';
    if (!/^(deny\((403|404|429|502)\)|redirect)$/.test(exceed))
      refuse(`${exceed} is no action for what exceeds the limit`);
    const interval = number(options, 'rateLimitThreshold.intervalSec');
    if (interval !== undefined && !intervals.includes(interval)) {
      refuse(`an interval has ${intervals.join(', ')} seconds, got ${interval}`);
    }
    const banned = (options as Bag).banDurationSec !== undefined;
    if (banned !== (action === 'rate_based_ban')) refuse('banDurationSec is given with rate_based_ban alone');
  }
  return problems;
}
