import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Resource, Rule } from './rule';

/** One rule waived for some resources, for a reason that the next reader can judge. */
export interface Exemption {
  /** Id of the rule. */
  rule: string;
  /** Name of the resource; `*` stands for any run of characters. */
  resource: string;
  /** Why the rule does not hold there: a sentence, 15 characters at least. */
  reason: string;
  /** The last day on which it holds, as YYYY-MM-DD. Undefined: it stays. */
  until?: string;
}

/** The reviewed list of this repository. */
export const exemptionsFile = join(__dirname, 'exemptions.json');

export function readExemptions(file: string, rules: readonly Rule[], today = new Date()): Exemption[] {
  return checkExemptions(JSON.parse(readFileSync(file, 'utf8')), rules, today);
}

/**
 * Checks a list of exemptions as it stands in the file.
 *
 * @throws Error with every fault in one message: an unknown rule, a missing or empty reason, a day that is past or no
 * day. A waiver that nobody renews must not keep a rule off.
 */
export function checkExemptions(found: unknown, rules: readonly Rule[], today = new Date()): Exemption[] {
  if (!Array.isArray(found)) throw new Error('exemptions: a list is expected');
  const ids = new Set(rules.map((rule) => rule.id));
  const faults = found.flatMap((entry: unknown, index) =>
    faultsOf(entry, ids, today).map((fault) => `  [${index}] ${fault}`),
  );
  if (faults.length > 0) throw new Error(`exemptions that cannot stand:\n${faults.join('\n')}`);
  return found as Exemption[];
}

function faultsOf(entry: unknown, ids: ReadonlySet<string>, today: Date): string[] {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return ['is no object'];
  const { rule, resource, reason, until, ...rest } = entry as Record<string, unknown>;
  const faults = Object.keys(rest).map((key) => `has an unknown key "${key}"`);
  if (typeof rule !== 'string' || !ids.has(rule)) faults.push(`names no rule: ${JSON.stringify(rule)}`);
  if (typeof resource !== 'string' || resource === '') faults.push('names no resource');
  if (typeof reason !== 'string' || reason.trim().length < 15) faults.push('has no written reason');
  if (until !== undefined) {
    if (typeof until !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(until) || Number.isNaN(Date.parse(until))) {
      faults.push(`ends on no day: ${JSON.stringify(until)} (YYYY-MM-DD)`);
    } else if (until < today.toISOString().slice(0, 10)) {
      faults.push(`ended on ${until}`);
    }
  }
  return faults;
}

/** The exemption that waives a rule for a resource, if there is one. */
export function exemptionFor(exemptions: readonly Exemption[], rule: Rule, resource: Resource): Exemption | undefined {
  return exemptions.find((each) => each.rule === rule.id && matches(each.resource, resource.name));
}

function matches(pattern: string, name: string): boolean {
  const literal = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${literal.join('.*')}$`).test(name);
}
