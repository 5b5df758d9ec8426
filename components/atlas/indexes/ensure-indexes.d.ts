import type { IndexSpecification } from './specification';

/** Sends one database command and resolves to the reply; rejects where the server answers with an error. */
export type RunCommand = (command: Record<string, unknown>) => Promise<Record<string, unknown>>;

/** Resolves to 0, or to 1 where an index is in conflict or was refused; rejects where the server is out of reach. */
export function ensureIndexes(
  runCommand: RunCommand,
  wanted: IndexSpecification[],
  print: (line: string) => void,
): Promise<0 | 1>;

export function isMongoUrl(url: string): boolean;

export function withoutPassword(message: string, url: string): string;
