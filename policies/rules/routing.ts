import { expect, inspect, inspectEach, pass, unknown } from '../judge';
import type { ResourceRule } from '../rule';
import { at, flag, list, numeric, present, show, text, UNKNOWN } from '../values';

const common = { severity: 'mandatory', controls: [] as string[], scope: 'resource' } as const;
/** What a rule of an application balancer takes (its quotas: condition values per rule). */
const mostValues = 5;
/** Lists of values in each kind of condition. */
const lists = ['pathPattern', 'hostHeader', 'httpRequestMethod', 'sourceIp', 'httpHeader'];

export const ruleConditions: ResourceRule = {
  ...common,
  types: ['aws:lb/listenerRule:ListenerRule'],
  id: 'lb-rule-conditions',
  title: `A rule of a balancer has one to ${mostValues} values to match, and leads to HTTPS where it redirects`,
  why: 'Without any it takes every request from the service; more than five are refused when the update is half way.',
  mend: 'Split the rule in two, and set protocol HTTPS in its redirect.',
  check(resource) {
    const conditions = at(resource.props, 'conditions');
    if (conditions === UNKNOWN || list(conditions).includes(UNKNOWN)) return [unknown('conditions')];
    const values = list(conditions).flatMap((condition) => [
      ...lists.flatMap((kind) => list(at(condition, `${kind}.values`))),
      ...list(at(condition, 'queryStrings')),
    ]);
    return [
      expect(values.length >= 1 && values.length <= mostValues, `it has ${values.length} values`, 'conditions'),
      ...inspectEach(resource, 'actions', (action, path) => {
        const protocol = at(action, 'redirect.protocol');
        if (at(action, 'type') !== 'redirect') return pass;
        if (protocol === UNKNOWN) return unknown(`${path}.redirect.protocol`);
        return expect(protocol === 'HTTPS', `it redirects to ${show(protocol)}`, path);
      }),
    ];
  },
};

export const affinity: ResourceRule = {
  ...common,
  types: ['aws:lb/targetGroup:TargetGroup'],
  id: 'lb-affinity',
  title: 'Affinity is by a cookie that ends within a week',
  why: 'An application balancer has no other kind, and a cookie that outlives the instance leads nowhere.',
  mend: "Set stickiness: type 'lb_cookie' and cookieDuration from 1 to 604800 seconds (routing.affinitySeconds).",
  check: (resource) => [
    inspect(
      resource,
      ['stickiness.enabled', 'stickiness.type', 'stickiness.cookieDuration'],
      (enabled, type, duration) => {
        if (!present(type) || enabled === false || enabled === 'false') return undefined;
        if (!/^(lb|app)_cookie$/.test(text(type))) return `stickiness is by ${show(type)}`;
        const seconds = numeric(duration) ?? 86_400;
        return seconds >= 1 && seconds <= 604_800 ? undefined : `cookieDuration is ${show(duration)}`;
      },
    ),
    inspect(resource, ['stickiness.enabled', 'stickiness.type'], (enabled, type) =>
      flag(enabled) && !present(type) ? 'stickiness has no type' : undefined,
    ),
  ],
};

export const routingRules = [ruleConditions, affinity];
