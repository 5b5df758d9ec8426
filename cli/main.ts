import { Command, CommanderError } from 'commander';
import { ConfigurationError } from '../stacks/config/fault';
import { checkCommand } from './commands/check';
import { indexesCommand } from './commands/indexes';
import { k6Command } from './commands/k6';
import { planCommand } from './commands/plan';
import { sandboxCommand } from './commands/sandbox';
import { makeOfflinePlan } from './offline/make-plan';
import { StackFileError } from './offline/stack-file';

/** Wrong use and wrong configuration end with 2, a broken rule with 1. */
const WRONG_USE = 2;

/** What the system says of a file or a folder that cannot be used: told with its path, and no stack trace. */
const wrongPaths: ReadonlySet<string | undefined> = new Set(['ENOENT', 'EISDIR', 'ENOTDIR', 'EACCES', 'EPERM']);

const ladder = new Command('ladder')
  .description('plans and checks of Stackladder that need no engine, and the sandbox that stands in for the clouds')
  .exitOverride()
  .addCommand(planCommand())
  .addCommand(checkCommand(makeOfflinePlan))
  .addCommand(indexesCommand())
  .addCommand(k6Command())
  .addCommand(sandboxCommand());
for (const command of ladder.commands) command.exitOverride();

ladder.parseAsync().catch((error: unknown) => {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : WRONG_USE;
    return;
  }
  const known =
    error instanceof ConfigurationError ||
    error instanceof StackFileError ||
    wrongPaths.has((error as NodeJS.ErrnoException).code);
  process.stderr.write(`${known ? (error as Error).message : ((error as Error).stack ?? String(error))}\n`);
  process.exitCode = known ? WRONG_USE : 1;
});
