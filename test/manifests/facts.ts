import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What a provider says of one input. */
interface InputFacts {
  type: string;
  enumUpstream?: unknown[];
  conflictsWith?: string[];
}

export interface ProviderFacts {
  resources: Record<string, { inputs: Record<string, InputFacts>; requiredInputs: string[] }>;
  types: Record<string, { props: Record<string, InputFacts>; required: string[] }>;
  enums: Record<string, unknown[]>;
}

/** Where tables of the providers' own facts may lie: named by the environment, or beside the checkout. */
const folder = process.env.LADDER_PROVIDER_FACTS ?? resolve(__dirname, '../../../shared/data/provider-facts');

/** The facts of one package, or undefined where they are not at hand. */
export function factsOf(name: string): ProviderFacts | undefined {
  const file = join(folder, `${name}.json`);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as ProviderFacts) : undefined;
}

/** Everything that is wrong with one resource's inputs by the facts of its package, one sentence each. */
export function faultsOf(type: string, inputs: Record<string, unknown>, facts: ProviderFacts): string[] {
  const resource = facts.resources[type];
  if (!resource) return [`${type} is not a resource of the package`];
  const given = new Set(Object.keys(inputs).filter((key) => inputs[key] !== undefined && inputs[key] !== null));
  const missing = resource.requiredInputs.filter((key) => !given.has(key)).map((key) => `${key} is required`);
  const conflicts = [...given].flatMap((key) =>
    (resource.inputs[key]?.conflictsWith ?? [])
      .filter((other) => given.has(other))
      .map((other) => `${key} conflicts with ${other}`),
  );
  return [...missing, ...conflicts, ...walkObject(inputs, resource.inputs, facts, '')];
}

function walkObject(
  value: Record<string, unknown>,
  known: Record<string, InputFacts>,
  facts: ProviderFacts,
  path: string,
): string[] {
  return Object.entries(value).flatMap(([key, inner]) => {
    const fact = known[key];
    const where = path === '' ? key : `${path}.${key}`;
    if (!fact) return [`${where} is not an input`];
    return walk(inner, fact.type, fact.enumUpstream, facts, where);
  });
}

function walk(
  value: unknown,
  type: string,
  allowed: unknown[] | undefined,
  facts: ProviderFacts,
  path: string,
): string[] {
  // What only the cloud knows, and what must not be seen, has no form to check.
  if (typeof value === 'string' && /^<(unknown|secret)/.test(value)) return [];
  const items = /^array<(.*)>$/.exec(type)?.[1];
  if (items !== undefined) {
    if (!Array.isArray(value)) return [`${path} must be a list`];
    return value.flatMap((item, at) => walk(item, items, allowed, facts, `${path}[${at}]`));
  }
  const entries = /^map<(.*)>$/.exec(type)?.[1];
  if (entries !== undefined) {
    if (typeof value !== 'object' || value === null) return [`${path} must be an object`];
    return Object.entries(value).flatMap(([key, inner]) => walk(inner, entries, undefined, facts, `${path}.${key}`));
  }
  const shape = facts.types[type];
  if (shape) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${path} must be an object`];
    const missing = shape.required.filter((key) => !(key in value)).map((key) => `${path}.${key} is required`);
    return [...missing, ...walkObject(value as Record<string, unknown>, shape.props, facts, path)];
  }
  const choices = allowed ?? facts.enums[type];
  if (choices && !choices.includes(value))
    return [`${path} is ${JSON.stringify(value)}, not one of ${choices.join(', ')}`];
  if (['string', 'number', 'boolean'].includes(type) && typeof value !== type) return [`${path} must be a ${type}`];
  return [];
}
