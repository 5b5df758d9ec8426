import type { Plan } from '../plan/types';
import type { CloudName } from '../plan/vocabulary';
import { aws } from './aws';
import { digitalocean } from './digitalocean';
import { gcp } from './gcp';
import { kubernetes } from './kubernetes';
import type { Cloud } from './platform';

/** The one place that picks a cloud. A new cloud is a folder of its own and a line here. */
const clouds: Record<CloudName, Cloud> = { aws, gcp, digitalocean, kubernetes };

export function cloudOf(plan: Plan): Cloud {
  return clouds[plan.cloud];
}
