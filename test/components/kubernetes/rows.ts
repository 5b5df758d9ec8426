import { record, type Recording } from '../../../cli/offline/recorder';
import { makePlan } from '../../../plan/make';
import type { Plan } from '../../../plan/types';
import type { Environment, PhaseName } from '../../../plan/vocabulary';
import { placeholderConfig } from '../../../stacks/config/placeholders';
import { parseSettings } from '../../settings';
import { bringUp } from '../../../stacks/program';
import { systems } from '../../../systems';
import { secrets } from './pulse';

/** The systems that keep their data in rows. */
export const rowSystems = ['mercenary', 'sv-sdk'] as const;
export type RowSystem = (typeof rowSystems)[number];

export interface RowExtras {
  monitoring?: boolean;
  objectStore?: boolean;
  databaseUrl?: boolean;
  databasePort?: number;
  overrides?: object;
}

/** Mercenary or SV-SDK on a plain cluster. */
export function planOf(system: RowSystem, phase: PhaseName, environment: Environment, extras: RowExtras = {}): Plan {
  const config = placeholderConfig({ system, cloud: 'kubernetes', phase, environment });
  const section = {
    certificateIssuer: 'letsencrypt',
    trustedProxies: ['10.0.0.0/8'],
    ...(extras.monitoring && { monitoring: true }),
    ...(extras.objectStore && {
      objectStore: { endpoint: 'https://s3.example.com:9000', region: 'eu-central-1', bucketPrefix: system },
    }),
  };
  config.kubernetes = { text: JSON.stringify(section), secret: false };
  if (extras.overrides) config.overrides = { text: JSON.stringify(extras.overrides), secret: false };
  if (extras.databaseUrl)
    config.databaseUrl = { text: `postgres://u:p@h:${extras.databasePort ?? 5432}/d`, secret: true };
  if (extras.databasePort) config.databasePort = { text: String(extras.databasePort), secret: false };
  const plan = makePlan(systems[system]!, parseSettings(config, systems));
  return { ...plan, secretNames: extras.objectStore ? ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] : [] };
}

/** The whole stack, offline. */
export function bringUpRows(plan: Plan): Promise<Recording> {
  return record(() => bringUp({ plan, kept: [], memory: {} }, secrets));
}
