import { Cloud } from '../model/cloud';
import { CloudError, problem, type Problem } from '../model/errors';
import { text } from '../model/reading';
import type { PackageConfig, ProviderPackage, ResourceType } from '../model/resource-type';
import { isEmpty, same, unwrap, wrap, type Bag, type Path } from '../model/values';
import type { StoredResource } from '../store/record';
import type { Store } from '../store/store';
import { checkName, autoname } from './autoname';
import { checkEnumerations, checkNameIsFree, checkReferences, checkRequired, type MissingReference } from './checks';
import { changedInputs, changesOf, type Change } from './diff';
import type { Answer, Operations, Subject } from './operations';
import { markUnknown, outputsOf, previewOutputs, project, withoutInternal } from './outputs';

export type { Answer, Subject } from './operations';

const DEFAULTED = '__defaults';

/**
 * The operations of one provider on the sandbox's cloud, on bags as they come off the wire. Everything that is about
 * one type of resource is in the registry; here is what all have in common.
 */
export class Provider implements Operations {
  private readonly types: Map<string, ResourceType>;

  constructor(
    readonly pkg: ProviderPackage,
    readonly store: Store,
    private readonly everyType: (token: string) => ResourceType | undefined,
  ) {
    this.types = new Map(pkg.types.map((type) => [type.token, type]));
  }

  checkConfig(wire: Bag): Problem[] {
    return this.pkg.checkConfig?.(configOf(wire), this.store.account) ?? [];
  }

  /** @throws Error for a type that is not in the registry */
  check(subject: Subject, oldWire: Bag, newWire: Bag, seed: Uint8Array): { inputs: Bag; problems: Problem[] } {
    const type = this.typeOf(subject.type);
    const olds = unwrap(oldWire).value;
    const { value: news, secrets } = unwrap(withoutInternal(newWire));
    const problems: Problem[] = [];
    const naming = type.naming;
    if (naming) {
      const mayGenerate = !type.required?.includes(naming.property);
      const given = [naming.property, 'namePrefix', 'bucketPrefix'].some((key) => !isEmpty(news[key]));
      const generated = mayGenerate && !given;
      if (generated) {
        const kept = defaultedOf(olds).includes(naming.property) ? text(olds, naming.property) : undefined;
        news[naming.property] = kept ?? autoname(naming, subject.name, seed);
        news[DEFAULTED] = [naming.property];
      }
      const name = text(news, naming.property);
      if (name !== undefined) problems.push(...checkName(naming, name, subject.name, generated));
    }
    const region = this.regionOf(type, news, subject.config);
    if (region === undefined) problems.push(problem('region', 'missing region configuration: set aws:region'));
    const cloud = this.cloud(region ?? '', subject.config);
    problems.push(
      ...checkRequired(type, news),
      ...checkEnumerations(type, news),
      // What has not changed was accepted before. A name may be that of a resource which this very update is to make,
      // known already at the preview; the cloud looks again when it is used.
      ...checkReferences(type, news, cloud, secrets).filter(
        (missing) => !this.maybeYetToCome(missing) && !same(olds[missing.path[0] ?? ''], news[missing.path[0] ?? '']),
      ),
      ...(type.check?.(news, cloud) ?? []),
    );
    return { inputs: wrap(news, secrets), problems };
  }

  diff(subject: Subject, oldWire: Bag, newWire: Bag): { changes: Change[]; deleteBeforeReplace: boolean } {
    const type = this.typeOf(subject.type);
    const [olds, news] = [unwrap(oldWire).value, unwrap(newWire).value];
    const first = type.deleteBeforeReplace ?? (this.pkg.namesAreUnique === true && keepsItsName(type, olds, news));
    return { changes: changesOf(type, olds, news), deleteBeforeReplace: first };
  }

  previewCreate(subject: Subject, wire: Bag): Answer {
    const type = this.typeOf(subject.type);
    const { value: inputs, secrets } = unwrap(withoutInternal(wire));
    const region = this.regionOf(type, inputs, subject.config) ?? '';
    return { id: '', outputs: wrap(previewOutputs(type, inputs, region), [...secrets, ...ownSecrets(type)]) };
  }

  create(subject: Subject, wire: Bag): Answer {
    const type = this.typeOf(subject.type);
    const { value, secrets } = unwrap(wire);
    const inputs = withoutInternal(value);
    const region = this.regionOf(type, inputs, subject.config) ?? '';
    const cloud = this.cloud(region, subject.config);
    refuse(checkReferences(type, inputs, cloud, secrets));
    checkNameIsFree(type, inputs, cloud);
    const made = type.create({ inputs, cloud });
    if (!this.pkg.stateless && this.store.get(type.token, region, made.id)) {
      throw new CloudError('AlreadyExists', `${subject.type} ${made.id} already exists`);
    }
    const record: StoredResource = {
      package: this.pkg.name,
      type: subject.type,
      id: made.id,
      region,
      urn: subject.urn,
      inputs,
      defaulted: defaultedOf(value),
      state: made.state,
      actual: made.actual ?? {},
      secrets: { inputs: [...secrets, ...ownSecrets(type)], state: ownSecrets(type) },
      createdAt: new Date().toISOString(),
    };
    if (!this.pkg.stateless) this.store.put(record);
    return this.answer(type, record, subject.config);
  }

  /** Undefined when there is no such resource any more. */
  read(subject: Subject, id: string, outputsWire: Bag, inputsWire: Bag): (Answer & { inputs: Bag }) | undefined {
    const type = this.typeOf(subject.type);
    if (this.pkg.stateless) return { id, outputs: outputsWire, inputs: inputsWire };
    const asked = unwrap(inputsWire);
    const importing = Object.keys(withoutInternal(asked.value)).length === 0;
    // Some types are imported by another name than their id, e.g. a database by its identifier.
    const record =
      this.find(type, subject, id, outputsWire) ?? (importing ? this.byName(type, subject, id) : undefined);
    if (!record) return undefined;
    const inputs: Bag = importing ? { ...record.inputs } : (project(withoutInternal(asked.value), record) as Bag);
    const defaulted = importing ? record.defaulted : defaultedOf(asked.value);
    if (defaulted.length > 0) inputs[DEFAULTED] = defaulted;
    const secrets = importing ? record.secrets.inputs : asked.secrets;
    return { ...this.answer(type, record, subject.config), inputs: wrap(inputs, secrets) };
  }

  previewUpdate(subject: Subject, outputsWire: Bag, oldWire: Bag, newWire: Bag): Bag {
    const type = this.typeOf(subject.type);
    const olds = unwrap(outputsWire);
    const news = unwrap(withoutInternal(newWire));
    const changes = changesOf(type, unwrap(oldWire).value, news.value);
    const changed = changedInputs(changes);
    const outputs = { ...olds.value };
    for (const key of changed) {
      if (news.value[key] === undefined) delete outputs[key];
      else outputs[key] = news.value[key];
    }
    if (changed.includes('tags') && 'tagsAll' in outputs) outputs.tagsAll = news.value.tags ?? {};
    const secrets = [...olds.secrets, ...news.secrets, ...ownSecrets(type)];
    return wrap(markUnknown(outputs, type.changing?.(changed) ?? []), dedupe(secrets));
  }

  update(subject: Subject, id: string, outputsWire: Bag, oldWire: Bag, newWire: Bag): Bag {
    const type = this.typeOf(subject.type);
    const news = unwrap(newWire);
    const olds = unwrap(oldWire);
    const wanted = withoutInternal(news.value);
    if (this.pkg.stateless) return { ...outputsWire, ...withoutInternal(newWire) };
    const record = this.find(type, subject, id, outputsWire);
    if (!record) throw new CloudError('NotFound', `${subject.type} ${id} does not exist`);
    // As the real providers do: only what the program changed is sent, what others changed in the cloud stays.
    const changed = changedInputs(changesOf(type, olds.value, wanted));
    const inputs: Bag = { ...record.inputs };
    for (const key of changed) {
      if (wanted[key] === undefined) delete inputs[key];
      else inputs[key] = wanted[key];
    }
    const cloud = this.cloud(record.region, subject.config);
    refuse(checkReferences(type, inputs, cloud, news.secrets).filter(({ path }) => changed.includes(path[0] ?? '')));
    const patch = type.update?.({ record, inputs, changed, cloud }) ?? {};
    const kept = record.secrets.inputs.filter(([key]) => !changed.includes(key ?? ''));
    const updated: StoredResource = {
      ...record,
      urn: subject.urn,
      inputs: patch.inputs ?? inputs,
      defaulted: defaultedOf(news.value),
      state: { ...record.state, ...patch.state },
      actual: { ...record.actual, ...patch.actual },
      secrets: { ...record.secrets, inputs: dedupe([...kept, ...news.secrets, ...ownSecrets(type)]) },
    };
    this.store.put(updated);
    return this.answer(type, updated, subject.config).outputs;
  }

  remove(subject: Subject, id: string, outputsWire: Bag): void {
    if (this.pkg.stateless) return;
    const type = this.typeOf(subject.type);
    const record = this.find(type, subject, id, outputsWire);
    if (!record) return;
    const cloud = this.cloud(record.region, subject.config);
    const holder = cloud.holders(record)[0];
    if (holder) {
      const sentence = `${id} has dependencies and cannot be deleted: ${holder.id} (${holder.type}) uses it`;
      throw new CloudError(type.inUse ?? 'DependencyViolation', sentence);
    }
    type.remove?.(record, cloud);
    this.store.remove(record);
  }

  invoke(config: PackageConfig, token: string, args: Bag): Bag {
    const run = this.pkg.functions?.[token];
    if (!run) throw new Error(`the sandbox does not know the function ${token}`);
    return run(unwrap(args).value, this.cloud(config.region ?? '', config));
  }

  /** @throws Error naming a type that is not in the registry */
  typeOf(token: string): ResourceType {
    const type = this.types.get(token);
    if (!type)
      throw new Error(`the sandbox does not know the resource type ${token}: add it to sandbox/${this.pkg.name}/`);
    return type;
  }

  /** A name that the program gives, unlike an id or an ARN, is known before the resource is made. */
  private maybeYetToCome({ value, to }: MissingReference): boolean {
    return !value.startsWith('arn:') && to.some((token) => this.types.get(token)?.naming !== undefined);
  }

  private answer(type: ResourceType, record: StoredResource, config: PackageConfig): Answer {
    const outputs = outputsOf(type, record, this.cloud(record.region, config));
    return { id: record.id, outputs: wrap(outputs, dedupe([...record.secrets.inputs, ...record.secrets.state])) };
  }

  private find(type: ResourceType, subject: Subject, id: string, outputsWire: Bag): StoredResource | undefined {
    // An import names the region behind the id, as in the provider's documentation: `vpc-0123@eu-west-1`.
    const [, bare = id, named] = /^(.*)@([a-z]{2}(?:-[a-z]+)+-\d)$/.exec(id) ?? [];
    const region = named ?? this.regionOf(type, unwrap(outputsWire).value, subject.config) ?? '';
    return this.store.get(type.token, region, bare);
  }

  private byName(type: ResourceType, { config }: Subject, name: string): StoredResource | undefined {
    return this.cloud(this.regionOf(type, {}, config) ?? '', config).find([type.token], name);
  }

  private regionOf(type: ResourceType, properties: Bag, config: PackageConfig): string | undefined {
    if (!this.pkg.regional || type.global) return '';
    return text(properties, 'region') ?? config.region;
  }

  private cloud(region: string, config: PackageConfig): Cloud {
    return new Cloud(this.store, region, this.everyType, config.values);
  }
}

/** The configuration of a provider; what is not text is written as JSON there. */
export function configOf(wire: Bag): PackageConfig {
  const values: Bag = {};
  for (const [key, value] of Object.entries(unwrap(wire).value)) values[key] = parsed(value as string);
  return { region: typeof values.region === 'string' && values.region !== '' ? values.region : undefined, values };
}

function parsed(value: Bag[string]): Bag[string] {
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as Bag[string];
  } catch {
    return value;
  }
}

function defaultedOf(inputs: Bag): string[] {
  const names = inputs[DEFAULTED];
  return Array.isArray(names) ? names.filter((name): name is string => typeof name === 'string') : [];
}

/** A name that the program gave, and that the replacement would have too. */
function keepsItsName({ naming }: ResourceType, olds: Bag, news: Bag): boolean {
  if (!naming || isEmpty(news[naming.property]) || defaultedOf(news).includes(naming.property)) return false;
  return same(olds[naming.property], news[naming.property]);
}

function ownSecrets(type: ResourceType): Path[] {
  return (type.secrets ?? []).map((path) => path.split('.'));
}

function dedupe(paths: Path[]): Path[] {
  return [...new Map(paths.map((path) => [path.join('\n'), path])).values()];
}

function refuse(problems: Problem[]): void {
  if (problems[0]) throw new CloudError('InvalidParameter', problems.map((found) => found.reason).join('; '));
}
