import { hostRules } from '../../../plan/relational/database';
import { sizeOf } from '../../../plan/sizes';
import type { Draft } from '../draft';
import { removeCommand } from '../path';
import type { Relational } from './relational';
import { relationalAbilities } from './relational-hosts';

/** Readers that follow the load, where the host has that, and no fewer at the most than at the least. */
export function checkReplicas(draft: Draft, database: Relational): void {
  const { host, own, refuse, path } = database;
  const { replicas, maxReplicas, instanceClass = usualClass(draft, database) } = own;
  const { readers } = relationalAbilities[host];
  if ((replicas ?? 0) > readers) {
    const allowed = `a whole number from 0 to ${readers} on ${host}`;
    refuse('replicas', `is above ${readers}, the most on ${host}`, { allowed, nearest: String(readers) });
  }
  if (maxReplicas === undefined) return;
  const none = {
    allowed: 'nothing',
    mend: `${removeCommand(path('maxReplicas'))}, and set how many there are with replicas`,
  };
  if (!hostRules[host].scalesReaders) {
    refuse('maxReplicas', `is given, and the number of readers does not follow the load on ${host}`, none);
  } else if (!(relationalAbilities[host].scaledClass?.test(instanceClass ?? '') ?? true)) {
    refuse('maxReplicas', 'is given, and only db-perf-optimized machines have readers that follow the load', none);
  } else if (replicas !== undefined && maxReplicas < replicas) {
    refuse('maxReplicas', 'is below replicas', { nearest: String(replicas) });
  }
}

/** The class that the system has for the stack. */
function usualClass(draft: Draft, { needs, host }: Relational): string | undefined {
  const classes = needs.classes[host];
  const [phase, environment] = [draft.get('phase'), draft.get('environment')];
  return classes && phase && environment && sizeOf(classes, phase, environment);
}
