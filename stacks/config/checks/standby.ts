import { sizeOf } from '../../../plan/sizes';
import type { Draft } from '../draft';
import { removeCommand } from '../path';
import { placeOf } from './place';

/** Memory of a database at DigitalOcean, GiB, in its size's name. */
const GIB = /-(\d+)gb$/;

/** DigitalOcean has standbys from 2 GiB on ("Add standby nodes"). */
const LEAST_FOR_STANDBY = 2;

/** On DigitalOcean: a copy that takes over, where the size is too small for one. */
export function checkStandby(draft: Draft): void {
  const place = placeOf(draft);
  const overrides = draft.get('overrides');
  const [phase, environment] = [draft.get('phase'), draft.get('environment')];
  if (!place || !overrides || !phase || !environment) return;
  const { broker, relationalDatabase } = place.system;
  const size = (own: string | undefined, usual: Parameters<typeof sizeOf>[0] | undefined): string | undefined =>
    own ?? (usual && sizeOf(usual, phase, environment));
  const wanted = [
    {
      path: ['overrides', 'relational', 'standby'],
      wanted: overrides.relational.standby === true,
      size: size(overrides.relational.instanceClass, relationalDatabase?.classes.digitalocean),
    },
    {
      path: ['overrides', 'broker', 'replicas'],
      wanted: overrides.broker.replicas === 1,
      size: size(overrides.broker.nodeType, broker?.nodeTypes.digitalocean),
    },
  ];
  for (const { path, wanted: is, size: name } of wanted) {
    const gib = Number(GIB.exec(name ?? '')?.[1] ?? LEAST_FOR_STANDBY);
    if (!is || gib >= LEAST_FOR_STANDBY || draft.isFaulty(...path)) continue;
    const told = draft.secretKeys.has('overrides') ? 'the size' : name;
    const problem = `asks for a copy that takes over, and ${told} is too small for one`;
    const mend = `${removeCommand(path)}, or give a size of ${LEAST_FOR_STANDBY} GB or more`;
    draft.find({ path, problem, allowed: 'a size of 2 GB or more', mend });
  }
}
