import { fail, type Judgement, pass, unknown } from '../judge';
import type { Resource } from '../rule';
import { at, type Known, list, UNKNOWN, type Unknown, type Value } from '../values';
import { podPath } from './objects';

/** A container of a pod, with its place for messages. */
export interface Container {
  value: Value;
  /** `container api`; `init container copy`. */
  says: string;
  path: string;
}

/** The containers of a workload's pods; UNKNOWN where their list is. */
export function containersOf(workload: Resource, options: { init: boolean }): Container[] | Unknown {
  const kinds = options.init ? ['containers', 'initContainers'] : ['containers'];
  const found: Container[] = [];
  for (const kind of kinds) {
    const path = `${podPath(workload)}spec.${kind}`;
    const value = at(workload.props, path);
    if (value === UNKNOWN) return UNKNOWN;
    const word = kind === 'containers' ? 'container' : 'init container';
    list(value).forEach((container, index) => {
      const name = at(container, 'name');
      found.push({
        value: container,
        says: `${word} ${typeof name === 'string' ? name : index}`,
        path: `${path}[${index}]`,
      });
    });
  }
  return found;
}

/** Looks at each container of a workload. One without any pods to judge passes. */
export function eachContainer(
  workload: Resource,
  options: { init: boolean },
  look: (container: Container) => Judgement[],
): Judgement[] {
  const containers = containersOf(workload, options);
  if (containers === UNKNOWN) return [unknown(`${podPath(workload)}spec.containers`)];
  return [
    pass,
    ...containers.flatMap((container) => (container.value === UNKNOWN ? [unknown(container.path)] : look(container))),
  ];
}

/** Looks at one value of a container; the test answers with the problem, or nothing. */
export function inContainer(container: Container, path: string, test: (value: Known) => string | undefined): Judgement {
  const value = at(container.value, path);
  if (value === UNKNOWN) return unknown(`${container.path}.${path}`);
  const problem = test(value);
  return problem === undefined ? pass : fail(`${container.says}: ${problem}`);
}

/**
 * Looks at a value of the security context that the pod may set for all its containers, and a container for itself.
 */
export function inSecurityContext(
  workload: Resource,
  container: Container,
  path: string,
  test: (value: Known) => string | undefined,
): Judgement {
  const own = at(container.value, `securityContext.${path}`);
  const shared = at(workload.props, `${podPath(workload)}spec.securityContext.${path}`);
  const value = own === undefined || own === null ? shared : own;
  if (value === UNKNOWN) return unknown(`${container.path}.securityContext.${path}`);
  const problem = test(value);
  return problem === undefined ? pass : fail(`${container.says}: ${problem}`);
}
