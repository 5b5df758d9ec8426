import type { Draft } from '../draft';
import { removeCommand } from '../path';
import type { Relational } from './relational';
import { relationalAbilities } from './relational-hosts';

/** Storage within what the host has, with room to grow where it has a ceiling. */
export function checkStorage(draft: Draft, { needs, host, own, refuse, path }: Relational): void {
  const { storage, ceiling, storageGrows } = relationalAbilities[host];
  const nothing = (field: 'storageGb' | 'maxStorageGb') => ({ allowed: 'nothing', mend: removeCommand(path(field)) });
  if (!storage) refuse('storageGb', `is given, and ${storageGrows}`, nothing('storageGb'));
  if (ceiling === undefined) refuse('maxStorageGb', `is given, and ${storageGrows}`, nothing('maxStorageGb'));
  if (!storage) return;
  const allowed = `a whole number from ${storage.least} to ${storage.most} on ${host}`;
  for (const field of ['storageGb', 'maxStorageGb'] as const) {
    const value = own[field] ?? storage.least;
    if (value < storage.least) {
      refuse(field, `is below ${storage.least}, the least on ${host}`, { allowed, nearest: String(storage.least) });
    } else if (value > storage.most) {
      refuse(field, `is above ${storage.most}, the most on ${host}`, { allowed, nearest: String(storage.most) });
    }
  }
  const phase = draft.get('phase');
  const { storageGb = phase && needs.storage[phase].initialGb, maxStorageGb } = own;
  if (ceiling === undefined || storageGb === undefined) return;
  const most = Math.floor(storage.most / ceiling);
  if (storageGb > most && storageGb <= storage.most) {
    const problem = `leaves storage no room to grow below ${storage.most}, the most on ${host}`;
    refuse('storageGb', problem, { allowed: `a whole number from ${storage.least} to ${most}`, nearest: String(most) });
  }
  if (maxStorageGb === undefined) return;
  const least = Math.ceil(storageGb * ceiling);
  if (maxStorageGb >= least) return;
  const told = draft.secretKeys.has('overrides') ? '' : `: ${storageGb} need a ceiling of ${least} at the least`;
  refuse('maxStorageGb', `leaves storage no room to grow${told}`, { nearest: String(least) });
}
