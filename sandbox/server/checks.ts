import type { Cloud } from '../model/cloud';
import { CloudError, problem, type Problem } from '../model/errors';
import { matches, text } from '../model/reading';
import type { ResourceType } from '../model/resource-type';
import { isEmpty, isUnknown, type Bag, type Path } from '../model/values';

export function checkRequired(type: ResourceType, inputs: Bag): Problem[] {
  return (type.required ?? [])
    .filter((key) => inputs[key] === undefined || inputs[key] === null)
    .map((key) =>
      problem(key, `Missing required argument: the argument "${key}" is required, but no definition was found`),
    );
}

export function checkEnumerations(type: ResourceType, inputs: Bag): Problem[] {
  return Object.entries(type.enumerations ?? {}).flatMap(([path, allowed]) =>
    matches(inputs, path)
      .filter(({ value }) => !isUnknown(value) && !isEmpty(value) && !allowed.map(String).includes(String(value)))
      .map((found) =>
        problem(
          found.path.join('.'),
          `expected ${path} to be one of [${allowed.join(', ')}], got ${String(found.value)}`,
        ),
      ),
  );
}

export interface MissingReference extends Problem {
  path: Path;
  value: string;
  /** Types that it may refer to. */
  to: readonly string[];
}

/** References to what does not exist. A value that is secret is not printed. */
export function checkReferences(type: ResourceType, inputs: Bag, cloud: Cloud, secrets: Path[]): MissingReference[] {
  const outside = new Set(cloud.store.existing());
  return (type.references ?? []).flatMap((reference) =>
    matches(inputs, reference.path).flatMap(({ path, value }) => {
      if (typeof value !== 'string' || value === '' || isUnknown(value)) return [];
      if (outside.has(value) || reference.except?.test(value)) return [];
      if (cloud.find(reference.to, value, reference.anyRegion)) return [];
      const secret = secrets.some((one) => one.join('.') === path.join('.'));
      const kinds = reference.to.map((token) => token.split(':')[2]).join(' or ');
      const where = cloud.region === '' || reference.anyRegion ? '' : ` in ${cloud.region}`;
      const what = secret ? '[secret]' : `'${value}'`;
      const reason = `${reference.error ?? 'NotFound'}: the ${kinds} ${what} does not exist${where}`;
      return [{ ...problem(path.join('.'), reason), path, value, to: reference.to }];
    }),
  );
}

/** @throws CloudError where a name that must be unique is taken, or still reserved by what was deleted */
export function checkNameIsFree(type: ResourceType, inputs: Bag, cloud: Cloud): void {
  const taken = type.naming?.taken;
  const name = type.naming && text(inputs, type.naming.property);
  if (!taken || name === undefined || !type.naming) return;
  const { property } = type.naming;
  const clash = cloud
    .all(type.token)
    .some(
      (record) =>
        text(record.inputs, property) === name &&
        (taken.scope === 'everywhere' || record.region === cloud.region) &&
        (taken.within === undefined || text(record.inputs, taken.within) === text(inputs, taken.within)),
    );
  if (clash) throw new CloudError(taken.code, taken.sentence(name));
}
