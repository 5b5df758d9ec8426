import { CloudError, problem, type Problem } from '../model/errors';
import { hex } from '../model/ids';
import { list, matches, text } from '../model/reading';
import type { ResourceType } from '../model/resource-type';
import { type Bag, isEmpty } from '../model/values';
import { checkZone, flare, now } from './parts';

/** Rules of a phase on the free plan (Cloudflare: availability of cache rules and of the others). */
const most: Record<string, number> = { http_request_cache_settings: 10, http_ratelimit: 1 };
const actions: Record<string, string> = {
  http_request_cache_settings: 'set_cache_settings',
  http_config_settings: 'set_config',
};

/** The rules of one phase of a zone: there is one list of them in each. */
export const ruleset: ResourceType = {
  token: flare('Ruleset'),
  required: ['kind', 'name', 'phase'],
  enumerations: {
    kind: ['custom', 'managed', 'root', 'zone'],
    phase: [
      ...['http_config_settings', 'http_custom_errors', 'http_ratelimit', 'http_request_cache_settings'],
      ...['http_request_dynamic_redirect', 'http_request_firewall_custom', 'http_request_firewall_managed'],
      ...['http_request_late_transform', 'http_request_origin', 'http_request_transform'],
      ...['http_response_compression', 'http_response_headers_transform'],
    ],
  },
  replaceOn: ['accountId', 'kind', 'phase', 'zoneId'],
  computed: ['lastUpdated', 'version'],
  defaults: { description: '' },
  check: (inputs) => [
    ...(isEmpty(inputs.zoneId) === isEmpty(inputs.accountId)
      ? [problem('zoneId', 'exactly one of zone_id and account_id must be given')]
      : []),
    ...checkZone(inputs),
    ...checkRules(inputs),
  ],
  create: ({ inputs, cloud }) => {
    const taken = cloud
      .all(flare('Ruleset'))
      .some(({ inputs: other }) =>
        ['zoneId', 'accountId', 'kind', 'phase'].every((key) => text(other, key) === text(inputs, key)),
      );
    if (taken) {
      throw new CloudError(
        '20217',
        'A similar configuration with rules already exists and overwriting will have unintended consequences.',
      );
    }
    return { id: hex(32), state: { lastUpdated: now(), version: '1' } };
  },
  update: ({ record }) => ({
    state: { lastUpdated: now(), version: String(Number(text(record.state, 'version') ?? 1) + 1) },
  }),
  changing: () => ['lastUpdated', 'version'],
};

function checkRules(inputs: Bag): Problem[] {
  const phase = text(inputs, 'phase') ?? '';
  const rules = list(inputs, 'rules').length;
  const [limit, action] = [most[phase], actions[phase]];
  const expressions = matches(inputs, 'rules.*.expression').map(({ value }) => String(value));
  const acts = matches(inputs, 'rules.*.action').map(({ value }) => String(value));
  return [
    ...(limit !== undefined && rules > limit
      ? [problem('rules', `exceeded maximum number of rules in the phase ${phase}: ${rules} out of ${limit}`)]
      : []),
    ...acts
      .filter((act) => action !== undefined && act !== action)
      .map((act) => problem('rules', `20120: action '${act}' is not allowed in the phase ${phase}`)),
    ...expressions
      .filter((text) => !isWellFormed(text))
      .map((text) => problem('rules', `20127: '${text}' is not a valid value for expression`)),
  ];
}

/** Quotes and parentheses close, and no pattern has two stars in a row. */
function isWellFormed(expression: string): boolean {
  const bare = expression.replace(/"(?:[^"\\]|\\.)*"/g, '""');
  if (bare.replaceAll('""', '').includes('"') || /"[^"]*\*\*[^"]*"/.test(expression)) return false;
  let open = 0;
  for (const character of bare) {
    if (character === '(') open++;
    if (character === ')' && --open < 0) return false;
  }
  return open === 0 && bare.trim() !== '';
}
