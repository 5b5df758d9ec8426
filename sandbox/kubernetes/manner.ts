import { problem, type Problem } from '../model/errors';
import { text } from '../model/reading';
import { isBag, UNKNOWN, type Bag } from '../model/values';
import { checkObject } from './checks';
import { RELEASE, type Kind } from './kind';
import { autoname, withName, type Place } from './naming';
import { replacing, type Mutable } from './replacement';

/** Where a kind has its name and what follows from it: objects of the API under `metadata`, charts at the top. */
export interface Manner {
  /** Puts in the name and the namespace that the program left out. */
  placed(object: Bag, olds: Bag, logicalName: string, seed: Uint8Array, namespace: string | undefined): Bag;
  placeOf(object: Bag): Place;
  replaceOn(kind: Kind, news: Bag, mutable: Mutable): string[];
  check(kind: Kind, object: Bag): Problem[];
  /** What is not known before it is made, though its parent is. */
  preview(kind: Kind, object: Bag): Bag;
}

const objects: Manner = {
  placed(object, olds, logicalName, seed, namespace) {
    const named = withName(object, olds, logicalName, seed);
    const { metadata } = named;
    if (namespace === undefined || !isBag(metadata) || !isBlank(metadata.namespace)) return named;
    return { ...named, metadata: { ...metadata, namespace } };
  },
  placeOf: (object) => ({
    namespace: text(object, 'metadata.namespace') ?? '',
    name: text(object, 'metadata.name') ?? '',
  }),
  replaceOn: replacing,
  check: checkObject,
  preview(kind, object) {
    const isService = kind.group === '' && kind.kind === 'Service';
    if (!isService || !isBag(object.spec) || object.spec.clusterIP !== undefined) return object;
    return { ...object, spec: { ...object.spec, clusterIP: UNKNOWN } };
  },
};

/** Charts that Helm installs. What is in one is not known here: the sandbox notes that it is installed. */
const releases: Manner = {
  placed(object, olds, logicalName, seed, namespace) {
    const name = isBlank(object.name) ? (text(olds, 'name') ?? autoname(logicalName, seed)) : (object.name ?? '');
    return {
      ...object,
      name,
      namespace: isBlank(object.namespace) ? (namespace ?? 'default') : (object.namespace ?? ''),
    };
  },
  placeOf: (object) => ({ namespace: text(object, 'namespace') ?? '', name: text(object, 'name') ?? '' }),
  replaceOn: () => ['name', 'namespace'],
  check(_kind, object) {
    const problems = isBlank(object.chart) ? [problem('chart', 'Required value')] : [];
    const name = text(object, 'name');
    if (name !== undefined && (name.length > 53 || !/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(name))) {
      problems.push(
        problem('name', `invalid release name "${name}": at most 53 lowercase letters, digits, "-" and "."`),
      );
    }
    return problems;
  },
  preview: (_kind, object) => object,
};

export function mannerOf(kind: Kind): Manner {
  return kind.token === RELEASE ? releases : objects;
}

function isBlank(value: Bag[string] | undefined): boolean {
  return value === undefined || value === null || value === '';
}
