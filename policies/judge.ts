import type { Resource } from './rule';
import { at, type Known, UNKNOWN, type Unknown, type Value } from './values';

/** One look at one value. A rule makes several; together they are its verdict on a resource. */
export type Judgement =
  | { state: 'pass' }
  /** `problem` says what is wrong with the value, e.g. `minSize is 1`. */
  | { state: 'fail'; problem: string }
  /** `path` is the property that only the cloud will know. */
  | { state: 'unknown'; path: string };

export const pass: Judgement = { state: 'pass' };
export const fail = (problem: string): Judgement => ({ state: 'fail', problem });
export const unknown = (path: string): Judgement => ({ state: 'unknown', path });

/** Fails with the problem unless the condition holds; a condition that is unknown is an unknown verdict. */
export function expect(condition: boolean | Unknown, problem: string, path: string): Judgement {
  if (condition === UNKNOWN) return unknown(path);
  return condition ? pass : fail(problem);
}

/**
 * Looks at properties of a resource. The test is only asked once all of them are known, and answers with the problem,
 * with nothing where there is none, or with UNKNOWN where what decides is still unknown inside a value.
 */
export function inspect(
  resource: Resource,
  paths: readonly string[],
  test: (...values: Known[]) => string | undefined | Unknown,
): Judgement {
  const values = paths.map((path) => at(resource.props, path));
  const first = paths[values.indexOf(UNKNOWN)];
  if (first !== undefined) return unknown(first);
  const answer = test(...(values as Known[]));
  if (answer === UNKNOWN) return unknown(paths.join(', '));
  return answer === undefined ? pass : fail(answer);
}

/** Looks at every element of a list; an unknown list or element is an unknown verdict. */
export function inspectEach(
  resource: Resource,
  path: string,
  test: (element: Known, at: string) => Judgement | Judgement[],
): Judgement[] {
  const value = at(resource.props, path);
  if (value === UNKNOWN) return [unknown(path)];
  const elements: Value[] = Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
  return elements.flatMap((element, index) => {
    const where = `${path}[${index}]`;
    return element === UNKNOWN ? [unknown(where)] : test(element, where);
  });
}

/** All looks as one: a certain failure outweighs what is unknown, and what is unknown outweighs a pass. */
export function combine(judgements: readonly Judgement[]): Judgement {
  const problems = judgements.flatMap((judgement) => (judgement.state === 'fail' ? [judgement.problem] : []));
  if (problems.length > 0) return fail([...new Set(problems)].join('; '));
  return judgements.find((judgement) => judgement.state === 'unknown') ?? pass;
}
