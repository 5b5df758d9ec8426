import type { RoutePlan } from '../../../plan/types';
import { must, type Fault } from '../../faults';

/**
 * nginx's own lines for rules that DigitalOcean's balancer has no place for: a map for each kind of condition, one that
 * tells which rule is the first to match, and so where to send the client. Empty for the service itself.
 */
export function redirectMaps(rules: RoutePlan[]): string {
  if (rules.length === 0) return '';
  const conditions = rules.map((rule, at) => conditionMaps(rule, `rule_${at}`)).join('');
  const subject = rules.map((_, at) => `$rule_${at}`).join('');
  const targets = rules.map(({ redirectTo = '' }, at) => `    "~^${'0'.repeat(at)}1" "${redirectTo}";\n`).join('');
  return `${conditions}map "${subject}" $redirect_to {\n    default "";\n${targets}}\n`;
}

/** What each request is asked first; empty without rules. */
export function redirectLines(rules: RoutePlan[]): string[] {
  return rules.length === 0 ? [] : ['if ($redirect_to) { return 302 https://$redirect_to$request_uri; }'];
}

/** A rule matches when all kinds of its conditions do; each kind by any of its values. */
function conditionMaps({ paths, hosts, query }: RoutePlan, name: string): string {
  const kinds = [
    { source: '$uri', values: paths?.map((path) => `^${globOf(path)}$`) },
    { source: '$host', values: hosts?.map((host) => `^${globOf(host.toLowerCase())}$`) },
    { source: '$args', values: query?.map(({ key, value }) => `(^|&)${literal(key)}=${literal(value)}(&|$)`) },
  ].flatMap(({ source, values }, at) => (values ? [{ source, values, variable: `$${name}_${at}` }] : []));
  const maps = kinds.map(({ source, values, variable }) => {
    const lines = values.map((value) => `    "~${quoted(value)}" 1;\n`).join('');
    return `map ${source} ${variable} {\n    default 0;\n${lines}}\n`;
  });
  const all = kinds.map(({ variable }) => variable).join('');
  return `${maps.join('')}map "${all}" $${name} {\n    default 0;\n    "${'1'.repeat(kinds.length)}" 1;\n}\n`;
}

/** A pattern with `*` as a regular expression. */
function globOf(pattern: string): string {
  return pattern.split('*').map(literal).join('.*');
}

function literal(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
}

/** Inside nginx's double quotes. */
function quoted(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
}

/** Texts that would end nginx's quotes or lines are refused, and a rule without a condition. */
export function routeFaults({ paths, hosts, query, redirectTo = '' }: RoutePlan, at: number): Fault[] {
  const path = `routes[${at}]`;
  const texts = [...(paths ?? []), ...(hosts ?? []), ...(query ?? []).flatMap(({ key, value }) => [key, value])];
  return [
    must(texts.length > 0, path, 'has no condition'),
    ...texts.map((text) => must(/^[!-~]+$/.test(text), path, `"${text}" must be printable and without spaces`)),
    must(/^[a-z0-9.-]*$/i.test(redirectTo), `${path}.redirectTo`, `"${redirectTo}" must be the name of a host`),
  ];
}
