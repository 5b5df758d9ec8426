import type { Finding, Resource } from './rule';
import type { Judgement } from './judge';
import { at, list, UNKNOWN, type Unknown, type Value } from './values';

/** All resources of a stack, and how they hang together. */
export interface Stack {
  resources: readonly Resource[];
  ofType(...types: string[]): Resource[];
}

export function stackOf(resources: readonly Resource[]): Stack {
  return {
    resources,
    ofType: (...types) => resources.filter((resource) => types.includes(resource.type)),
  };
}

/** Properties by which other resources name a resource. */
const identities = ['id', 'arn', 'name', 'bucket', 'bucketRegionalDomainName', 'bucketDomainName', 'keyId'];

/**
 * Whether a property of one resource names another. The engine remembers which resources a value came from, so this is
 * known in a preview too; a value written by hand is compared with what the other resource is called.
 */
export function refersTo(from: Resource, property: string, to: Resource): boolean | Unknown {
  const sources = from.references[property] ?? [];
  if (sources.includes(to.urn)) return true;
  const values = flatten(from.props[property]);
  const names = identities.map((identity) => at(to.props, identity)).filter((name) => typeof name === 'string');
  if (values.some((value) => typeof value === 'string' && names.includes(value))) return true;
  // An unknown value whose source is known came from somewhere else.
  return values.includes(UNKNOWN) && sources.length === 0 ? UNKNOWN : false;
}

/** The first of the candidates that refers to the resource; UNKNOWN where none does for certain but one might. */
export function referrer(
  candidates: readonly Resource[],
  property: string,
  to: Resource,
): Resource | Unknown | undefined {
  let unsure = false;
  for (const candidate of candidates) {
    const answer = refersTo(candidate, property, to);
    if (answer === true) return candidate;
    if (answer === UNKNOWN) unsure = true;
  }
  return unsure ? UNKNOWN : undefined;
}

/** Whether any candidate refers to the resource. */
export function referredBy(candidates: readonly Resource[], property: string, to: Resource): boolean | Unknown {
  const found = referrer(candidates, property, to);
  return found === UNKNOWN ? UNKNOWN : found !== undefined;
}

/** One finding for each resource of the types. */
export function findEach(stack: Stack, types: readonly string[], look: (resource: Resource) => Judgement[]): Finding[] {
  return stack.ofType(...types).map((resource) => ({ resource, judgements: look(resource) }));
}

/** True if any is; unknown if one might be. */
export function either(...answers: (boolean | Unknown)[]): boolean | Unknown {
  if (answers.includes(true)) return true;
  return answers.includes(UNKNOWN) ? UNKNOWN : false;
}

function flatten(value: Value): Value[] {
  return list(value).flatMap((element) => {
    if (Array.isArray(element)) return flatten(element);
    if (typeof element === 'object' && element !== null) return Object.values(element).flatMap(flatten);
    return [element];
  });
}
