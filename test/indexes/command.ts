import { Command } from 'commander';
import { indexesCommand } from '../../cli/commands/indexes';

// `ladder indexes` in a process of its own, without the rest of the command line.
void new Command('ladder').addCommand(indexesCommand()).parseAsync();
