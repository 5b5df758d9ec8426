import { matches } from '../model/reading';
import { canonical, isBag, isEmpty, isUnknown, same, type Bag, type Path, type Value } from '../model/values';
import type { ResourceType } from '../model/resource-type';

export interface Change {
  path: Path;
  kind: 'add' | 'delete' | 'update';
  replaces: boolean;
}

/** What Diff has to know of a type. */
export type Differing = Pick<ResourceType, 'keeps' | 'lets' | 'replaceOn' | 'replaceWhen' | 'sets'>;

/** What changed between two sets of inputs, property by property, and which of it needs a new resource. */
export function changesOf(type: Differing, olds: Bag, news: Bag): Change[] {
  const changes: Omit<Change, 'replaces'>[] = [];
  const letBe = new Set(type.lets?.(olds, news));
  const walk = (path: Path, a: Value | undefined, b: Value | undefined): void => {
    if (path.length === 1 && (isInternal(path[0]) || letBe.has(path[0] ?? ''))) return;
    if (path.length === 1 && isEmpty(b) && type.keeps?.includes(path[0] ?? '')) return;
    if (isUnknown(b)) return void changes.push({ path, kind: isEmpty(a) ? 'add' : 'update' });
    if (same(a, b)) return;
    if (isEmpty(a)) return void changes.push({ path, kind: 'add' });
    if (isEmpty(b)) return void changes.push({ path, kind: 'delete' });
    if (Array.isArray(a) && Array.isArray(b)) return lists(path, a, b);
    if (isBag(a) && isBag(b)) {
      for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) walk([...path, key], a[key], b[key]);
      return;
    }
    changes.push({ path, kind: 'update' });
  };
  const lists = (path: Path, a: Value[], b: Value[]): void => {
    if (type.sets?.some((set) => covers(set.split('.'), path))) {
      if (sorted(a) !== sorted(b)) changes.push({ path, kind: 'update' });
      return;
    }
    for (let index = 0; index < Math.max(a.length, b.length); index++) {
      walk([...path, String(index)], a[index], b[index]);
    }
  };
  walk([], olds, news);
  const replacing = [...type.replaceOn, ...(type.replaceWhen?.(olds, news) ?? [])].map((path) => path.split('.'));
  return changes.map((change) => ({
    ...change,
    replaces: replacing.some((pattern) => touches(pattern, change.path, olds, news)),
  }));
}

/** Names of the inputs that changed, at the top. */
export function changedInputs(changes: Change[]): string[] {
  return [...new Set(changes.map((change) => change.path[0]).filter((key): key is string => key !== undefined))];
}

/** What the provider keeps for itself among the inputs. */
export function isInternal(key: string | undefined): boolean {
  return key === undefined || key.startsWith('__');
}

/** As the engine writes a path, e.g. `defaultActions[0].type`. */
export function printPath(path: Path): string {
  return path.reduce((text, part) => {
    if (/^\d+$/.test(part)) return `${text}[${part}]`;
    if (!/^[A-Za-z_]\w*$/.test(part)) return `${text}[${JSON.stringify(part)}]`;
    return text === '' ? part : `${text}.${part}`;
  }, '');
}

function sorted(values: Value[]): string {
  return values.map(canonical).sort().join('\n');
}

function covers(pattern: Path, path: Path): boolean {
  return pattern.length === path.length && pattern.every((part, index) => part === '*' || part === path[index]);
}

/** A change at or below what replaces, or one above it that brings or takes it. */
function touches(pattern: Path, path: Path, olds: Bag, news: Bag): boolean {
  const length = Math.min(pattern.length, path.length);
  if (!pattern.slice(0, length).every((part, index) => part === '*' || part === path[index])) return false;
  if (pattern.length <= path.length) return true;
  const inside = pattern.join('.');
  return canonical(matches(olds, inside).map(pathless)) !== canonical(matches(news, inside).map(pathless));
}

const pathless = (found: { value: Value }): Value => found.value;
