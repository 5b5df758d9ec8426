import type { ServiceNeeds } from '../../../systems/system';
import type { Draft } from '../draft';
import { nearest } from '../nearest';
import { carriesSecret, soundsSecret } from '../shown';
import type { Finding } from '../translate';
import { placeOf } from './place';

/** Every service of the system has an image. */
export function checkImages(draft: Draft): void {
  for (const { name } of draft.system?.services ?? []) {
    if (draft.get('images')?.[name] !== undefined || draft.isFaulty('images', name)) continue;
    draft.find({ path: ['images', name], problem: 'is missing: every service needs an image' });
  }
}

/** The numbers of one service go together: fewest, most and first instances. */
export function checkSizes(draft: Draft): void {
  for (const service of draft.system?.services ?? []) checkSizesOf(draft, service);
}

function checkSizesOf(draft: Draft, { name, range }: ServiceNeeds): void {
  const path = (field: string): string[] => ['overrides', 'services', name, field];
  const own = draft.get('overrides')?.services[name];
  if (!own || draft.isFaulty(...path('minSize')) || draft.isFaulty(...path('maxSize'))) return;
  const { minSize: min = range.min, maxSize: max = range.max, desiredCapacity: desired } = own;
  const told = (value: number): string => (draft.secretKeys.has('overrides') ? '' : `, which is ${value}`);
  if (max < min) {
    // The side that was given is the one to mend; of two, the most.
    const [field, other] = own.maxSize === undefined ? ['minSize', 'maxSize'] : ['maxSize', 'minSize'];
    const relation = field === 'maxSize' ? 'below' : 'above';
    const bound = field === 'maxSize' ? min : max;
    const problem = `is ${relation} ${other}${told(bound)}${ownWords(own, other)}`;
    draft.find({ path: path(field), problem, nearest: String(bound) });
    return;
  }
  if (desired === undefined || draft.isFaulty(...path('desiredCapacity')) || (desired >= min && desired <= max)) return;
  const [relation, other, bound] = desired < min ? ['below', 'minSize', min] : ['above', 'maxSize', max];
  const problem = `is ${relation} ${other}${told(bound as number)}${ownWords(own, other as string)}`;
  draft.find({ path: path('desiredCapacity'), problem, nearest: String(bound) });
}

function ownWords(own: object, field: string): string {
  return field in own ? '' : ' by the system';
}

/** AWS machine and node types: a family, a point, a size. */
const AWS_SIZE = /\.(?:nano|micro|small|medium|large|xlarge|\d{1,3}xlarge|metal(?:-\d{1,3}xl)?)$/;

/** Machine and cache node types have the cloud's form. */
export function checkMachines(draft: Draft): void {
  const place = placeOf(draft);
  const overrides = draft.get('overrides');
  if (place?.cloud !== 'aws' || !overrides) return;
  for (const [name, { machine }] of Object.entries(overrides.services)) {
    const path = ['overrides', 'services', name, 'machine'];
    const usual = place.system.services.flatMap((service) => Object.values(service.machines.aws ?? {}));
    if (machine === undefined || (/^[a-z0-9-]+\.[a-z0-9-]+$/.test(machine) && AWS_SIZE.test(machine))) continue;
    draft.find({ path, problem: 'is not a machine type of aws', nearest: nearest(machine, usual) });
  }
  const { nodeType } = overrides.cache;
  if (nodeType === undefined || (/^cache\.[a-z0-9]+\.[a-z0-9]+$/.test(nodeType) && AWS_SIZE.test(nodeType))) return;
  const usual = Object.values(place.system.cache?.nodeTypes.aws ?? {});
  const path = ['overrides', 'cache', 'nodeType'];
  draft.find({ path, problem: 'is not a cache node type of aws', nearest: nearest(nodeType, usual) });
}

/** Plain environment variables carry no secrets, and no variable is set twice. */
export function checkEnvironment(draft: Draft): void {
  const secrets = Object.keys(draft.get('secrets') ?? {});
  for (const [service, { environment = {} }] of Object.entries(draft.get('overrides')?.services ?? {})) {
    const connections = Object.values(draft.system?.services.find(({ name }) => name === service)?.connections ?? {});
    for (const [name, value] of Object.entries(environment)) {
      const path = ['overrides', 'services', service, 'environment', name];
      const found = plainFault(draft, name, value) ?? takenFault(name, secrets, connections);
      if (found) draft.find({ path, ...found });
    }
  }
  const connections = (draft.system?.services ?? []).flatMap((service) => Object.values(service.connections));
  for (const name of secrets) {
    const found = takenFault(name, [], connections);
    if (found) draft.find({ path: ['secrets', name], ...found });
  }
}

function plainFault(draft: Draft, name: string, value: string): Omit<Finding, 'path'> | undefined {
  const sealed = draft.secretKeys.has('overrides');
  if (value === '' || !(sealed || soundsSecret(name) || carriesSecret(value))) return undefined;
  return {
    problem: sealed
      ? 'is a secret, and environment variables of a service are written in plain text'
      : 'looks like a secret in plain text',
    allowed: 'plain values; a password, a token or a key belongs into `secrets`',
    mend: `pulumi config set --secret --path secrets.${name}, and take it out of environment`,
    fromNames: true,
  };
}

function takenFault(name: string, secrets: readonly string[], connections: readonly (string | undefined)[]) {
  const by = secrets.includes(name)
    ? 'by `secrets`'
    : connections.includes(name)
      ? "by the store's connection"
      : undefined;
  if (!by) return undefined;
  return {
    problem: `is already set ${by}`,
    allowed: 'a variable that nothing else sets',
    mend: 'take it out, or give it another name',
    fromNames: true,
  };
}
