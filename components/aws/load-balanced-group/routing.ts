import * as aws from '@pulumi/aws';
import type { RoutePlan, RoutingPlan } from '../../../plan/types';
import { type Fault, must, noTwice, wholeNumber } from '../../faults';
import { nameOf } from '../../naming';
import type { GroupContext } from './arguments';

/** An application balancer's limits (its guide, "Quotas"): values of all conditions of a rule, rules of a listener. */
const MOST_VALUES = 5;
const MOST_RULES = 100;
/** Between two priorities, for a rule that somebody puts in between by hand in a hurry. */
const PRIORITY_STEP = 10;

type Rule = Omit<RoutePlan, 'name'>;

/** How requests are spread over the instances, and which of a client's go to the same one. */
export function spreading(routing: RoutingPlan | undefined): Partial<aws.lb.TargetGroupArgs> {
  const algorithm = routing?.algorithm ?? 'least-outstanding-requests';
  return {
    loadBalancingAlgorithmType: algorithm.replaceAll('-', '_'),
    ...(routing?.affinitySeconds !== undefined && {
      stickiness: { enabled: true, type: 'lb_cookie', cookieDuration: routing.affinitySeconds },
    }),
  };
}

/** The rules in their order, in front of what the listener does by itself. */
export function createRoutes(
  { name, region, tags, parent }: GroupContext,
  routing: RoutingPlan | undefined,
  listener: aws.lb.Listener,
  targetGroup: aws.lb.TargetGroup,
): void {
  routing?.rules.forEach((route, at) => {
    new aws.lb.ListenerRule(
      nameOf('aws:lb/listener', name, route.name),
      {
        region,
        listenerArn: listener.arn,
        priority: (at + 1) * PRIORITY_STEP,
        conditions: conditionsOf(route),
        actions: [
          route.redirectTo === undefined
            ? { type: 'forward', targetGroupArn: targetGroup.arn }
            : { type: 'redirect', redirect: { ...redirect, host: route.redirectTo } },
        ],
        tags,
      },
      { parent },
    );
  });
}

/** To the same path and query; `#{…}` are the balancer's own words. */
const redirect = { protocol: 'HTTPS', port: '443', path: '/#{path}', query: '#{query}', statusCode: 'HTTP_302' };

function conditionsOf({ paths, hosts, query }: Rule): aws.types.input.lb.ListenerRuleCondition[] {
  return [
    ...(paths?.length ? [{ pathPattern: { values: paths } }] : []),
    ...(hosts?.length ? [{ hostHeader: { values: hosts } }] : []),
    ...(query?.length ? [{ queryStrings: query }] : []),
  ];
}

export function routingFaults(routing: RoutingPlan | undefined): Fault[] {
  if (!routing) return [];
  const { affinitySeconds, rules } = routing;
  return [
    affinitySeconds === undefined ? undefined : wholeNumber('routing.affinitySeconds', affinitySeconds, 1, 604_800),
    must(rules.length <= MOST_RULES, 'routing.rules', `${rules.length} rules; a listener has ${MOST_RULES} at most`),
    ...noTwice(
      'routing.rules',
      rules.map((rule) => rule.name),
    ),
    ...rules.flatMap((rule, at) => ruleFaults(`routing.rules[${at}]`, rule)),
  ];
}

function ruleFaults(path: string, { paths = [], hosts = [], query = [] }: Rule): Fault[] {
  const values = paths.length + hosts.length + query.length;
  return [
    must(
      values >= 1 && values <= MOST_VALUES,
      path,
      `${values} paths, hosts and parameters; a rule takes from 1 to ${MOST_VALUES}`,
    ),
    ...paths.map((pattern) =>
      must(/^\/[!-~]{0,127}$/.test(pattern), `${path}.paths`, `"${pattern}" must begin with /`),
    ),
    ...hosts.map((host) =>
      must(/^[a-z0-9*?.-]{1,128}$/i.test(host), `${path}.hosts`, `"${host}" must be the name of a host`),
    ),
  ];
}
