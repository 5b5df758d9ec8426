import type { WorkConnections } from '../../../plan/types';
import type { CloudName } from '../../../plan/vocabulary';
import { fitsOnALine } from '../../../plan/variable-value';
import type { Draft } from '../draft';
import { valueAt, type Path } from '../path';
import { carriesSecret, soundsSecret } from '../shown';
import type { Finding } from '../translate';
import { groupsOf } from './groups';
import { computeOf, placeOf } from './place';
import { isDatabaseUrl, platformVariables, systemVariables } from './taken-variables';

/** Plain environment variables carry no secrets, and no variable is set twice. */
export function checkEnvironment(draft: Draft): void {
  const secrets = Object.keys(draft.get('secrets') ?? {});
  const groups = groupsOf(draft);
  const place = placeOf(draft);
  const platform = place ? platformVariables(place.system, place.cloud, storesObjects(draft, place.cloud)) : [];
  for (const { needs, own, path: at } of groups) {
    const others: Takers = { 'by `secrets`': secrets, [connection]: variablesOf(needs), [stack]: platform };
    for (const [name, value] of Object.entries(own.environment ?? {})) {
      const found = plainFault(draft, name, value) ?? lineFault(draft, value) ?? takenFault(name, others);
      if (found) draft.find({ path: [...at, 'environment', name], ...found });
    }
  }
  const others: Takers = {
    [connection]: groups.flatMap(({ needs }) => variablesOf(needs)),
    [stack]: platform,
    'by the system': groups.flatMap(({ needs }) => systemVariables(needs)),
  };
  for (const name of secrets) {
    const found = takenFault(name, others) ?? (place && isDatabaseUrl(place.system, name) ? ownSecret : undefined);
    if (found) draft.find({ path: ['secrets', name], ...found });
  }
}

/** Where the store for objects is named, on what has none of its own. */
const storeNamed: Partial<Record<CloudName, Path>> = { kubernetes: ['kubernetes', 'objectStore'] };

function storesObjects(draft: Draft, cloud: CloudName): boolean {
  const path = storeNamed[cloud];
  return path === undefined || valueAt(draft.given, path) !== undefined;
}

/** Variables by who sets them. */
type Takers = Record<string, readonly (string | undefined)[]>;

const connection = "by the store's connection";
const stack = 'by the stack, which says with it where things are';

const ownSecret = {
  problem: "is what the stack calls its own secret with the database's URL",
  allowed: 'a name that nothing else has',
  mend: 'give it another name',
  fromNames: true,
};

function variablesOf({ connections }: { connections: WorkConnections }): (string | undefined)[] {
  return Object.values(connections);
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

/** Machines read their variables from a file with a line for each. */
function lineFault(draft: Draft, value: string): Omit<Finding, 'path'> | undefined {
  if (computeOf(draft) !== 'instances' || fitsOnALine(value)) return undefined;
  return {
    problem: 'has a line break or a control character, which no variable of an instance can have',
    allowed: 'one line of text; more lines fit into base64',
    mend: 'give it in one line',
    fromNames: true,
  };
}

function takenFault(name: string, others: Takers): Omit<Finding, 'path'> | undefined {
  const by = Object.keys(others).find((taker) => others[taker]!.includes(name));
  if (!by) return undefined;
  return {
    problem: `is already set ${by}`,
    allowed: 'a variable that nothing else sets',
    mend: 'take it out, or give it another name',
    fromNames: true,
  };
}
