import { z } from 'zod';
import type { System } from '../../systems/system';
import { decode } from './decode';
import type { Fault } from './fault';
import { configurationSchema, type Configuration } from './keys';
import { singleSecrets } from './keys-secrets';
import { HIDDEN } from './hidden';
import { Lists } from './lists';
import { mendOf } from './mend';
import { bare, noteOf } from './note';
import { overlap, pathText, removeCommand, valueAt, without, type Path } from './path';
import type { RawConfig } from './raw';
import { repaired } from './repair';
import { scopeOf } from './scope';
import { SEALED } from './sealed';
import { OBJECT, shown } from './shown';
import { translate, unknownKey, type Finding } from './translate';
import { usualAt } from './usual';
import { allowedAt, namesOf, schemaAt } from './walk';

/** A value that only the engine can read, of which all of the plan depends. */
const encrypted = {
  problem: "is encrypted, and without the stack's key it cannot be read here",
  mend: "write it in plain text in the stack's file: what is to be secret goes into `secrets`",
  fromNames: true,
};

/** Of secrets the names are needed, and each value is encrypted for itself. */
const encryptedWhole = {
  ...encrypted,
  mend: 'take it out, and set each by its name: pulumi config set --secret --path secrets.NAME',
};

/** Whether a schema is of a list without repeats, or may be of one. */
function holdsEachOnce(schema: z.ZodType): boolean {
  if (schema instanceof z.ZodUnion) return (schema.options as z.ZodType[]).some(holdsEachOnce);
  return schema.meta()?.uniqueItems === true;
}

export type Systems = Readonly<Record<string, System>>;

/**
 * A configuration that is being checked: what is right of it, and what is wrong so far. A key with a fault inside
 * keeps its other parts, so that the checks across keys find the rest in the same run.
 */
export class Draft {
  readonly system?: System;
  /** The decoded values, right or wrong. */
  readonly given: Record<string, unknown> = {};
  readonly secretKeys: ReadonlySet<string>;
  readonly schema: ReturnType<typeof configurationSchema>;
  private readonly values: Record<string, unknown> = {};
  private readonly findings: Finding[] = [];
  /** Keys that a typo was meant for: they are not missing. */
  private readonly meant: Path[] = [];

  constructor(raw: RawConfig, systems: Systems) {
    const name = raw.system?.text ?? '';
    this.system = Object.hasOwn(systems, name) ? systems[name] : undefined;
    this.schema = configurationSchema(scopeOf(systems, this.system));
    this.secretKeys = new Set(Object.keys(raw).filter((key) => raw[key]!.secret));
    this.decodeAll(raw);
    this.parseAll();
  }

  /** The checked value of a key, defaults filled in; undefined where it is absent or wrong. */
  get<K extends keyof Configuration>(key: K): Configuration[K] | undefined {
    return this.values[key] as Configuration[K] | undefined;
  }

  /** Whether something at, in or around a place is wrong, so that a check there would only repeat it. */
  isFaulty(...path: Path): boolean {
    return [...this.findings.map((finding) => finding.path), ...this.meant].some((other) => overlap(other, path));
  }

  find(finding: Finding): void {
    this.findings.push(finding);
  }

  /** One fault of a whole place instead of those inside, which would be mended in vain. */
  findInstead(finding: Finding): void {
    const inside = this.findings.filter(({ path }) => overlap(path, finding.path));
    if (inside.some(({ path }) => path.length < finding.path.length)) return;
    for (const one of inside) this.findings.splice(this.findings.indexOf(one), 1);
    this.findings.push(finding);
  }

  /** Another way to mend what was found at a place, where that takes more than was known then. */
  amend(path: Path, change: Partial<Pick<Finding, 'mend' | 'nearest' | 'usual'>>): void {
    const at = this.findings.findIndex((finding) => pathText(finding.path) === pathText(path));
    if (at >= 0) this.findings[at] = { ...this.findings[at]!, ...change };
  }

  /** The faults in the order of the schema's keys, unknown keys first. */
  faults(): Fault[] {
    const order = Object.keys(this.schema.shape);
    const place = ({ path }: Finding): number => order.indexOf(String(path[0]));
    const sorted = [...this.findings].sort((a, b) => place(a) - place(b));
    const lists = new Lists(
      this.given,
      sorted.map(({ path }) => path),
    );
    return lists.inOrder(sorted.map((finding) => ({ path: finding.path, fault: this.faultOf(finding, lists) })));
  }

  private decodeAll(raw: RawConfig): void {
    for (const [key, { text }] of Object.entries(raw)) {
      const schema = schemaAt(this.schema, [key]);
      // Not by assignment: a key named __proto__ would set the prototype.
      Object.defineProperty(this.given, key, {
        value: schema ? decode(text, schema) : text,
        enumerable: true,
      });
      if (!schema) this.refuse(unknownKey([key], this.schema));
    }
  }

  private parseAll(): void {
    for (const [key, schema] of Object.entries(this.schema.shape) as [string, z.ZodType][]) {
      if (this.isFaulty(key)) continue;
      if (this.isSealed(key)) {
        this.values[key] = SEALED;
        continue;
      }
      if (this.secretKeys.has(key) && this.given[key] === JSON.stringify(SEALED)) {
        this.refuse({ path: [key], ...(noteOf(schema)?.secret ? encryptedWhole : encrypted) });
        continue;
      }
      // An object that must be there and is missing is missing its parts, each of which is named.
      const parts = namesOf(schema) && !schema.safeParse(undefined).success ? {} : undefined;
      const value = Object.hasOwn(this.given, key) ? this.given[key] : parts;
      const result = schema.safeParse(value);
      if (result.success) {
        this.values[key] = result.data;
        continue;
      }
      const issues = result.error.issues.map((issue) => ({ ...issue, path: [key, ...issue.path] }));
      const found = translate(issues, this.schema, this.given);
      for (const finding of found) this.refuse(finding);
      this.findRepeats([key], value);
      // What is right of it: all but the wrong places, or, where one of them is missing, all but what that is missing in.
      const rests = [Number.POSITIVE_INFINITY, 2].map((depth) =>
        without(
          value,
          found.map(({ path }) => path.slice(1, depth)),
        ),
      );
      for (const rest of rests) {
        const again = schema.safeParse(rest);
        if (rest === undefined || !again.success) continue;
        this.values[key] = again.data;
        break;
      }
    }
  }

  /** What is in a list twice, also where something else in it is wrong: the schema looks no further then. */
  private findRepeats(path: Path, value: unknown): void {
    if (typeof value !== 'object' || value === null) return;
    const schema = schemaAt(this.schema, path);
    if (!Array.isArray(value)) {
      for (const [name, inner] of Object.entries(value)) this.findRepeats([...path, name], inner);
    } else if (schema && holdsEachOnce(bare(schema))) {
      value.forEach((item, at) => {
        const here = [...path, at];
        if (value.indexOf(item) >= at || this.isFaulty(...here)) return;
        this.refuse({ path: here, problem: 'is in the list twice', mend: removeCommand(here) });
      });
    }
  }

  /** A single secret whose value is not known here has no form to check: that it is there is all. */
  private isSealed(key: string): boolean {
    return Object.hasOwn(singleSecrets, key) && this.secretKeys.has(key) && this.given[key] === JSON.stringify(SEALED);
  }

  private refuse(finding: Finding): void {
    this.findings.push(finding);
    const names = namesOf(schemaAt(this.schema, finding.path.slice(0, -1)) ?? this.schema);
    const { nearest } = finding;
    if (!finding.unknown || nearest === undefined || !names?.includes(nearest)) return;
    const meant = [...finding.path.slice(0, -1), nearest];
    if (valueAt(this.given, meant) === undefined) this.meant.push(meant);
  }

  private faultOf(finding: Finding, lists: Lists): Fault {
    const schema = schemaAt(this.schema, finding.path);
    const sealed = this.secretKeys.has(String(finding.path[0]));
    const secret = sealed || (schema !== undefined && noteOf(schema)?.secret === true);
    const path = sealed ? this.withoutSecretNames(finding.path) : finding.path;
    const value = valueAt(this.given, finding.path);
    const display = secret && value !== undefined ? HIDDEN : shown(finding.path, value);
    const hidden = secret || display === HIDDEN || display === OBJECT;
    // Whatever comes from a hidden value stays out of the message, also what the value is near to.
    const named = finding.fromNames === true && pathText(path) === pathText(finding.path);
    const tellable = named || !(sealed || display === HIDDEN);
    const repair = schema && finding.usual === undefined ? repaired(value, schema) : undefined;
    const near = hidden || !schema ? undefined : (finding.nearest ?? repair);
    const own = finding.usual ?? usualAt(this.known(), path);
    const examples = [...own, ...(own.length > 0 || finding.usual ? [] : [schema && noteOf(schema)?.example])].filter(
      (one) => one !== undefined,
    );
    // Of a list every element is another one, so what is there already mends nothing.
    const inList = finding.mend === undefined && lists.listOf(path) !== undefined;
    const example = inList ? lists.free(path, [near, ...examples]) : examples[0];
    const better = inList && example !== near ? undefined : near;
    const wrong = { secret, better, example, value: hidden ? undefined : value, stands: value !== undefined };
    const isSpare = inList && !secret && example === undefined && (finding.usual ?? examples[0]) !== undefined;
    const mend = schema && !isSpare ? mendOf(path, schema, wrong) : removeCommand(path);
    return {
      key: pathText(path),
      value: display,
      problem: finding.problem,
      allowed: finding.allowed ?? (schema ? allowedAt(schema) : 'nothing'),
      nearest: tellable ? (inList ? better : (finding.nearest ?? better)) : undefined,
      mend: (tellable ? finding.mend : undefined) ?? mend,
    };
  }

  private known() {
    return { system: this.system, cloud: this.get('cloud'), environment: this.get('environment') };
  }

  /**
   * Names inside a secret object may be secret too. Not those that the schema gives, nor those of environment
   * variables, which a stack's file and the plan show in any case.
   */
  private withoutSecretNames(path: Path): Path {
    return path.map((part, at) => {
      if (at === 0 || typeof part === 'number') return part;
      if (path[at - 1] === 'secrets' || path[at - 1] === 'environment') return part;
      const names = namesOf(schemaAt(this.schema, path.slice(0, at)) ?? this.schema) ?? [];
      return names.includes(part) ? part : HIDDEN;
    });
  }
}
