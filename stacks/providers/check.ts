import type { Plan } from '../../plan/types';
import type { Fault } from '../config/fault';
import { HIDDEN } from '../config/hidden';
import { nearest } from '../config/nearest';
import { removeCommand } from '../config/path';
import { SEALED } from '../config/sealed';
import { carriesSecret, shown } from '../config/shown';
import { packageNames, providerKeys, type Kind, type PackageName } from './keys';
import type { RawProviders } from './raw';
import { valueOf } from './settings';

interface Given {
  name: PackageName;
  key: string;
  text: string;
  secret: boolean;
}

/**
 * What is wrong with the providers' own configuration. A key that the stack decides may stand there where it says the same, or
 * is of a cloud that the stack is not on: an organisation's configuration often has `aws:region`.
 *
 * @param plans the stack's plan and those of the clouds it keeps; none where faults elsewhere let no plan be made
 */
export function providerFaults(raw: RawProviders, plans: readonly Plan[]): Fault[] {
  return packageNames.flatMap((name) =>
    Object.entries(raw[name] ?? {}).flatMap(([key, value]) => faultOf({ name, key, ...value }, plans) ?? []),
  );
}

function faultOf(given: Given, plans: readonly Plan[]): Fault | undefined {
  const { name, key } = given;
  const { passed, decided, more } = providerKeys[name];
  if (Object.hasOwn(decided, key)) return decidedFault(given, plans);
  const kind = Object.hasOwn(passed, key) ? passed[key] : more?.test(key) ? 'text' : undefined;
  if (kind === undefined) return unknownFault(given);
  return plainFault(given) ?? formFault(given, kind) ?? clusterFault(given, plans);
}

/** What the plans say where the provider's key would; undefined where nothing is known of it. */
function saidBy(plans: readonly Plan[], name: PackageName, key: string): string | undefined {
  const plan = plans.find(({ cloud }) => cloud === name);
  if (key === 'region') return plan?.regions[0]?.name;
  return key === 'project' || key === 'billingProject' ? plan?.accounts.gcp.projectId : undefined;
}

function isMadeWith({ cloud, compute }: Plan, name: PackageName): boolean {
  return name === 'kubernetes' ? compute === 'kubernetes' : cloud === name;
}

function decidedFault(given: Given, plans: readonly Plan[]): Fault | undefined {
  const { name, key, text } = given;
  // Where nothing is made with the package nothing of it is used: an organisation's configuration may speak of every cloud.
  if (!plans.some((plan) => isMadeWith(plan, name))) return undefined;
  const instead = providerKeys[name].decided[key];
  const said = saidBy(plans, name, key);
  if (said === text) return undefined;
  return {
    ...told(given),
    problem: said === undefined ? 'is decided by the stack' : `is not what the stack says: ${said}`,
    allowed: said === undefined ? 'nothing' : `${said}, or nothing`,
    mend: `${remove(given)}${instead === undefined ? '' : `; it is said by ${instead}`}`,
  };
}

function unknownFault(given: Given): Fault {
  const { passed, decided } = providerKeys[given.name];
  const all = [...Object.keys(passed), ...Object.keys(decided)];
  const near = nearest(given.key, all);
  return {
    ...told(given),
    problem: `is not a key of the provider of ${given.name}`,
    allowed: all.map((key) => `${given.name}:${key}`).join(', '),
    mend: remove(given),
    nearest: near === undefined ? undefined : `${given.name}:${near}`,
  };
}

/** A secret in plain text: by its name, or by what it says. A path of a file with credentials is none. */
function plainFault(given: Given): Fault | undefined {
  const { name, text, secret } = given;
  const named = providerKeys[name].secret.find((path) => holdsSecret(given, path));
  if (secret || !(named !== undefined || carriesSecret(text))) return undefined;
  const place = named?.includes('.') ? `--path '${name}:${named}'` : `${name}:${given.key}`;
  return {
    ...told(given),
    problem: 'is a secret in plain text',
    allowed: 'an encrypted value',
    mend: `pulumi config set --secret ${place}`,
  };
}

function holdsSecret({ key, text }: Given, path: string): boolean {
  const [whole, part] = path.split('.');
  if (whole !== key) return false;
  if (part !== undefined) return Object.hasOwn(Object(valueOf(text, 'structure')) as object, part);
  return key !== 'credentials' || text.trim().startsWith('{');
}

const forms: Record<Kind, string> = {
  text: 'text',
  number: 'a number',
  flag: 'true or false',
  structure: 'a list or an object',
};

function formFault(given: Given, kind: Kind): Fault | undefined {
  const { name, key, text } = given;
  // An encrypted value that is not opened: offline.
  if (text === SEALED || valueOf(text, kind) !== undefined) return undefined;
  const path = kind === 'structure' ? `--path '${name}:${key}...'` : `${name}:${key}`;
  return {
    ...told(given),
    problem: `is not ${forms[kind]}`,
    allowed: forms[kind],
    mend: `pulumi config set ${path} VALUE`,
  };
}

/** An identity that a managed cluster would not be opened with: found out only when half of the stack is up. */
function clusterFault(given: Given, plans: readonly Plan[]): Fault | undefined {
  const { name, key } = given;
  const { unseenByClusters: unseen } = providerKeys[name];
  const clustered = plans.some(({ cloud, compute }) => cloud === name && compute === 'kubernetes');
  if (!unseen?.keys.includes(key) || !clustered) return undefined;
  return {
    ...told(given),
    problem: `is not seen by ${unseen.command}, which opens the cluster of this stack`,
    allowed: 'nothing where services run on a cluster',
    mend: `${remove(given)}; ${unseen.instead}`,
  };
}

const told = ({ name, key, text, secret }: Given) => ({
  key: `${name}:${key}`,
  value: secret ? HIDDEN : shown([key], text),
});

const remove = ({ name, key }: Given): string => removeCommand([`${name}:${key}`]);
