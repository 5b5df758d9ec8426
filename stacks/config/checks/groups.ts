import type { ServiceNeeds, WorkerNeeds } from '../../../systems/system';
import type { Draft } from '../draft';
import type { Path } from '../path';
import type { ServiceOverrides, WorkerOverrides } from '../settings';

export const groupKinds = ['services', 'workers'] as const;

/** What instances are of: a service, or a group of workers, with what the configuration says of it. */
export interface Group {
  kind: (typeof groupKinds)[number];
  needs: ServiceNeeds | WorkerNeeds;
  own: ServiceOverrides & WorkerOverrides;
  path: Path;
}

/** Every group of the system. */
export function groupsOf(draft: Draft): Group[] {
  const { system } = draft;
  const all = { services: system?.services ?? [], workers: system?.workers ?? [] };
  return groupKinds.flatMap((kind) =>
    all[kind].map((needs) => ({
      kind,
      needs,
      own: draft.get('overrides')?.[kind][needs.name] ?? {},
      path: ['overrides', kind, needs.name],
    })),
  );
}
