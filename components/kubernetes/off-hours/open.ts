import type * as pulumi from '@pulumi/pulumi';
import type { Plan } from '../../../plan/types';
import { nameOf } from '../../naming';
import { serviceAccountOf } from '../names';
import { OffHours } from './off-hours';

/** Services and workers rest when nobody works, where the plan says when that is. */
export function openOffHours(
  plan: Plan,
  { name, namespace }: { name: string; namespace: pulumi.Input<string> },
  options: pulumi.ComponentResourceOptions,
): OffHours | undefined {
  const { offHours: hours, services, workers, prefix, tags } = plan;
  if (!hours) return undefined;
  const identity = { name: nameOf('kubernetes', 'off-hours'), instance: prefix, tags };
  const deployments = [...services, ...workers].map((each) => serviceAccountOf(each.name));
  return new OffHours(`${name}-off-hours`, { identity, namespace, hours, deployments }, options);
}
