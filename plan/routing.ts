import type { RoutingPlan } from './types';

/** Puts the stack's own names in the place of `{domain}` and `{content}`. */
export function planRouting(
  routing: RoutingPlan | undefined,
  names: { domain: string; content: string },
): RoutingPlan | undefined {
  if (!routing) return undefined;
  const filled = (text: string): string => text.replace('{domain}', names.domain).replace('{content}', names.content);
  return {
    ...routing,
    rules: routing.rules.map((rule) => ({
      ...rule,
      hosts: rule.hosts?.map(filled),
      redirectTo: rule.redirectTo === undefined ? undefined : filled(rule.redirectTo),
    })),
  };
}
