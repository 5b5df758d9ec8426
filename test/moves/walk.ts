import fc from 'fast-check';
import { makeOfflinePlan, type PlanFlags } from '../../cli/offline/make-plan';
import type { RecordedResource } from '../../cli/offline/recorder';
import type { Memory } from '../../plan/memory';
import type { CloudName } from '../../plan/vocabulary';
import { ConfigurationError, type Fault } from '../../stacks/config/fault';
import { planStack } from '../../stacks/plan-stack';
import { systems } from '../../systems';
import { anyEdit, edited } from './edits';
import { secretKeys } from './keys';
import { lossesBetween } from './losses';
import { commandsIn, rawOf, run, type Keys } from './shell';

/** A stack between two updates: its file, what it remembers, and what there is. */
export interface Stood {
  keys: Keys;
  memory: Memory;
  resources: readonly RecordedResource[];
}

/** What a walk has found wrong, and how much it has seen. */
export interface Found {
  problems: string[];
  accepted: number;
  refused: number;
  moved: number;
}

/**
 * Changes a stack's file by chance, as somebody would, and looks at each update that is taken: no store is lost without the
 * word that gives it up, what was taken is taken again, and what is refused says how to mend it, which then mends it.
 */
export async function walk(start: Keys, steps: number, seed: number): Promise<Found> {
  const found: Found = { problems: [], accepted: 0, refused: 0, moved: 0 };
  const tell = (problem: string, keys: Keys): void => {
    found.problems.push(`${problem}, at ${JSON.stringify(keys)}, seed ${seed}`);
  };
  let stood = await update({ keys: start, memory: {}, resources: [] }, start);
  for (const [at, edit] of fc.sample(anyEdit, { numRuns: steps, seed }).entries()) {
    const wanted = keeping(edited(stood.keys, edit), stood);
    // Somebody reads the message every other time, and takes the change back otherwise.
    const keys = at % 2 === 0 ? wanted : mended(wanted, stood.memory);
    const faults = faultsOf(keys, stood.memory);
    for (const problem of unmended(keys, stood.memory, faults)) tell(problem, keys);
    if (faults.length > 0) {
      found.refused += 1;
      continue;
    }
    const next = await update(stood, keys);
    found.accepted += 1;
    if (next.keys.cloud !== stood.keys.cloud) found.moved += 1;
    for (const loss of lostIn(stood, next)) tell(loss, keys);
    for (const { key, problem } of faultsOf(keys, next.memory))
      tell(`taken, and then refused: ${key} ${problem}`, keys);
    stood = next;
  }
  return found;
}

/** A move as its steps have it: the stores of clouds that are left are kept. */
function keeping(keys: Keys, { keys: before, memory }: Stood): Keys {
  if (keys.cloud === before.cloud) return keys;
  return { ...keys, keep: Object.keys(memory).filter((cloud) => cloud !== keys.cloud) };
}

export async function update({ memory }: Stood, keys: Keys): Promise<Stood> {
  const flags: Partial<PlanFlags> = { config: rawOf(keys, secretKeys), memory, placeholders: false };
  const { resources, outputs } = await makeOfflinePlan(flags as PlanFlags);
  return { keys, memory: throughOutputs(outputs.stores as Memory), resources };
}

/** Losses of an update, but those that the file gives up by its own word. */
export function lostIn(before: Stood, after: Stood): string[] {
  const { reached, environment, discardStores = [] } = after.keys;
  if (reached !== undefined) return [];
  const left = Object.keys(before.memory) as CloudName[];
  const givenUp = left.filter(
    (cloud) =>
      !after.memory[cloud] &&
      (discardStores as string[]).includes(cloud) &&
      (environment !== 'prod' || before.memory[cloud]?.released === true),
  );
  // Atlas and passwords go with the cloud that they are of.
  const goes = (type: string): boolean =>
    givenUp.some((cloud) => type.startsWith(`${cloud}:`)) ||
    (givenUp.length > 0 && /^(?:mongodbatlas|random):/.test(type));
  return lossesBetween(before.resources, after.resources).filter((loss) => !goes(loss));
}

function faultsOf(keys: Keys, memory: Memory): readonly Fault[] {
  try {
    planStack({ raw: rawOf(keys, secretKeys), systems, memoryOf: () => memory });
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.faults;
    throw error;
  }
}

const answer = (keys: Keys): string => `${keys.system === 'pulse' ? 'mongodb' : 'postgres'}://u:p@db.example.com/x`;

/** The commands of a mend, where it has some that are whole. */
function commandsOf({ mend }: Fault): string[][] {
  const commands = commandsIn(mend);
  return /<\w+>/.test(commands.flat().join(' ')) ? [] : commands;
}

function mended(keys: Keys, memory: Memory): Keys {
  return faultsOf(keys, memory)
    .flatMap(commandsOf)
    .reduce((now, words) => run(now, words, answer(keys)), keys);
}

/** Faults without words, and those whose commands leave them as they are. */
function unmended(keys: Keys, memory: Memory, faults: readonly Fault[]): string[] {
  return faults.flatMap((fault) => {
    const { key, value, problem, allowed, mend } = fault;
    if ([key, problem, allowed, mend].some((text) => text === '')) return [`a fault without words: ${key} ${problem}`];
    const commands = commandsOf(fault);
    if (commands.length === 0) return [];
    const after = commands.reduce((now, words) => run(now, words, answer(keys)), keys);
    const still = faultsOf(after, memory).some(
      (one) => one.key === key && one.problem === problem && one.value === value,
    );
    return still ? [`${key} ${problem}, also after ${mend}`] : [];
  });
}

/** As a stack's outputs come back: JSON, its words in an order of its own. */
function throughOutputs<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  ) as T;
}
