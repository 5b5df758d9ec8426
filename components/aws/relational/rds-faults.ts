import { type Fault, must, wholeNumber } from '../../faults';
import { type RelationalArgs, relationalFaults } from './arguments';

/** GiB of a gp3 volume for PostgreSQL and MySQL (RDS: storage limits). */
const LEAST_STORAGE = 20;
const MOST_STORAGE = 65_536;
/** Storage autoscaling wants at least 26 % above what is allocated. */
const ROOM_PERCENT = 126;

export function rdsFaults(args: RelationalArgs): Fault[] {
  const { storage, replicas } = args;
  return [
    ...relationalFaults(args),
    wholeNumber('storage.initialGb', storage.initialGb, LEAST_STORAGE, MOST_STORAGE),
    wholeNumber('storage.maxGb', storage.maxGb, LEAST_STORAGE, MOST_STORAGE),
    must(
      storage.maxGb * 100 >= storage.initialGb * ROOM_PERCENT,
      'storage.maxGb',
      `${storage.maxGb} must be at least ${ROOM_PERCENT} % of storage.initialGb (${storage.initialGb})`,
    ),
    must(replicas.min === replicas.max, 'replicas.max', 'RDS does not scale replicas by itself; Aurora does'),
  ];
}
