import type { Plan } from '../plan/types';
import type { CloudName } from '../plan/vocabulary';
import { aws } from './aws';
import { digitalocean } from './digitalocean';
import { kubernetes } from './kubernetes';
import type { Cloud } from './platform';

/** The one place that picks a cloud. A new cloud is a folder of its own and a line here. */
const clouds: Partial<Record<CloudName, Cloud>> = { aws, digitalocean, kubernetes };

export function cloudOf(plan: Plan): Cloud {
  const cloud = clouds[plan.cloud];
  if (!cloud) throw new Error(`${plan.cloud} is not built yet; there are: ${Object.keys(clouds).join(', ')}`);
  return cloud;
}
