import { isBag, isUnknown, type Path, type Value } from './values';

/**
 * Reads what sits at a dotted path, e.g. `vpcConfig.subnetIds` or `specs.0.size`. Undefined where the path leads
 * nowhere, and where a part of the way is not known yet.
 */
export function at(value: Value | undefined, path: string): Value | undefined {
  return atPath(value, path.split('.'));
}

function atPath(value: Value | undefined, path: Path): Value | undefined {
  let current = value;
  for (const part of path) {
    if (Array.isArray(current)) current = current[Number(part)];
    else if (isBag(current)) current = current[part];
    else return undefined;
  }
  return isUnknown(current) ? undefined : current;
}

export function text(value: Value | undefined, path: string): string | undefined {
  const found = at(value, path);
  return typeof found === 'string' ? found : typeof found === 'number' ? String(found) : undefined;
}

export function number(value: Value | undefined, path: string): number | undefined {
  const found = at(value, path);
  if (typeof found === 'number') return found;
  if (typeof found === 'string' && found.trim() !== '' && Number.isFinite(Number(found))) return Number(found);
  return undefined;
}

/** The truth of a flag; undefined where it is not set or not known. */
export function flag(value: Value | undefined, path: string): boolean | undefined {
  const found = at(value, path);
  if (typeof found === 'boolean') return found;
  return found === 'true' ? true : found === 'false' ? false : undefined;
}

export function list(value: Value | undefined, path: string): Value[] {
  const found = at(value, path);
  return Array.isArray(found) ? found : [];
}

/** The texts of a list; what is not known yet is left out. */
export function texts(value: Value | undefined, path: string): string[] {
  return list(value, path).filter((item): item is string => typeof item === 'string' && !isUnknown(item));
}

/** Every value that a pattern leads to; `*` stands for each item of a list. With the path that led there. */
export function matches(value: Value | undefined, pattern: string): { path: Path; value: Value }[] {
  let found: { path: Path; value: Value }[] = value === undefined ? [] : [{ path: [], value }];
  for (const part of pattern.split('.')) {
    found = found.flatMap(({ path, value: current }) => {
      if (part === '*') {
        if (!Array.isArray(current)) return [];
        return current.map((item, index) => ({ path: [...path, String(index)], value: item }));
      }
      const next = isBag(current) ? current[part] : undefined;
      return next === undefined || next === null ? [] : [{ path: [...path, part], value: next }];
    });
  }
  return found;
}
