import { problem, type Problem } from '../../model/errors';
import { at, list, text } from '../../model/reading';
import { isBag, isUnknown, type Bag } from '../../model/values';
import { checkWord } from './workloads';

const MOST_BYTES = 1024 * 1024;
const secretTypes: Record<string, readonly string[]> = {
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/basic-auth': [],
};

/** Contents are not printed: they are secret. */
export function checkSecret(object: Bag): Problem[] {
  if (isUnknown(object.data) || isUnknown(object.stringData)) return [];
  const data = { ...(isBag(object.data) ? object.data : {}), ...(isBag(object.stringData) ? object.stringData : {}) };
  const required = secretTypes[text(object, 'type') ?? ''] ?? [];
  const encoded = isBag(object.data) ? Object.entries(object.data) : [];
  return [
    ...required.filter((key) => data[key] === undefined).map((key) => problem(`data[${key}]`, 'Required value')),
    ...encoded
      .filter(([, value]) => typeof value === 'string' && !isUnknown(value) && !isBase64(value))
      .map(([key]) => problem(`data[${key}]`, 'illegal base64 data')),
    ...checkContents(data, 'data'),
  ];
}

export function checkConfigMap(object: Bag): Problem[] {
  return isBag(object.data) ? checkContents(object.data, 'data') : [];
}

function checkContents(data: Bag, path: string): Problem[] {
  const wrong = Object.keys(data).filter((key) => !/^[-._a-zA-Z0-9]{1,253}$/.test(key) || key === '.' || key === '..');
  const size = Object.values(data).reduce<number>(
    (sum, value) => sum + (typeof value === 'string' ? value.length : 0),
    0,
  );
  const problems = wrong.map((key) =>
    problem(path, `Invalid value: "${key}": a valid key is of letters, digits, "-", "_" and "."`),
  );
  if (size > MOST_BYTES) problems.push(problem(path, `Too long: must have at most ${MOST_BYTES} bytes`));
  return problems;
}

const isBase64 = (value: string): boolean => /^[A-Za-z0-9+/]*={0,2}$/.test(value) && value.length % 4 === 0;

const accessModes = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];

export function checkClaim(object: Bag): Problem[] {
  const spec = object.spec;
  if (!isBag(spec)) return [];
  const modes = list(spec, 'accessModes').map(String);
  const problems = modes
    .filter((mode) => !accessModes.includes(mode))
    .map((mode) =>
      problem('spec.accessModes', `Unsupported value: "${mode}": supported values: ${accessModes.join(', ')}`),
    );
  if (spec.accessModes === undefined) problems.push(problem('spec.accessModes', 'Required value'));
  const asked = at(spec, 'resources.requests');
  const isMissing = isBag(asked) ? asked.storage === undefined : spec.resources === undefined;
  if (isMissing) problems.push(problem('spec.resources.requests.storage', 'Required value'));
  return problems;
}

export function checkStorageClass(object: Bag): Problem[] {
  return [
    ...(object.provisioner === undefined ? [problem('provisioner', 'Required value')] : []),
    ...checkWord(object, 'volumeBindingMode', ['Immediate', 'WaitForFirstConsumer']),
    ...checkWord(object, 'reclaimPolicy', ['Delete', 'Retain']),
  ];
}
