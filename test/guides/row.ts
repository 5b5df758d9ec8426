import type { PlanFlags } from '../../cli/offline/make-plan';
import type { RecordedResource } from '../../cli/offline/recorder';
import type { CloudName, Compute, Environment, PhaseName } from '../../plan/vocabulary';

/** Combinations that a row is about; what is not named may be anything. */
export interface On {
  phase?: PhaseName[];
  environment?: Environment[];
  cloud?: CloudName[];
  compute?: Compute[];
}

/** One cell or configuration value of a guide, and where a plan has it. */
export interface Row {
  /** The guide's own words, with the heading that they stand under. */
  line: string;
  on: On;
  /** Type of the resource that has it, and which of that type by its name; every one that matches must have it. */
  type: string;
  named?: RegExp;
  /** Dotted path into the resource's inputs. */
  path: string;
  /** The value, or a text that must be part of it. */
  is: unknown;
}

/** Part of a text, or of something that is written as one: user data, a policy, a configuration file. */
export class Containing {
  constructor(readonly part: string) {}
}

export const containing = (part: string): Containing => new Containing(part);

/** Whether a row is about a combination. */
export function concerns({ on }: Row, flags: PlanFlags & { compute: Compute }): boolean {
  const among = <T>(list: T[] | undefined, value: T): boolean => list === undefined || list.includes(value);
  return (
    among(on.phase, flags.phase as PhaseName) &&
    among(on.environment, flags.environment as Environment) &&
    among(on.cloud, flags.cloud as CloudName) &&
    among(on.compute, flags.compute)
  );
}

/** What a plan has in the place of a row's value, one sentence each; empty where it is right. */
export function unlike({ line, type, named, path, is }: Row, resources: RecordedResource[]): string[] {
  const found = resources.filter((one) => one.type === type && (named?.test(one.name) ?? true));
  if (found.length === 0) return [`${line}: there is no ${type} ${named ?? ''}`];
  return found.flatMap((resource) => {
    const value = valueAt(resource.inputs, path);
    if (is instanceof Containing) {
      const text = legible(value);
      return text.includes(is.part) ? [] : [`${line}: ${resource.name}, ${path} does not contain ${is.part}`];
    }
    const same = JSON.stringify(value) === JSON.stringify(is);
    return same ? [] : [`${line}: ${resource.name}, ${path} is ${JSON.stringify(value)}, not ${JSON.stringify(is)}`];
  });
}

export function valueAt(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((inner, part) => (inner as Record<string, unknown> | undefined)?.[part], value);
}

/** Text as it is, what was encoded for a machine decoded, and everything else as JSON. */
function legible(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value) ?? '';
  const decoded = /^[A-Za-z0-9+/=\n]{40,}$/.test(value) ? Buffer.from(value, 'base64').toString() : '';
  return `${value}\n${decoded}`;
}
