import { workloadsOf, type Tenants } from '../../../plan/nodes/workloads';
import { cpuMillis, memoryMib } from '../../../plan/nodes/quantities';
import type { Plan } from '../../../plan/types';
import { bringUp, everywhere, planOf } from './pulse';

interface Container {
  resources?: { requests?: { cpu?: string; memory?: string } };
}

/** What one pod of a template asks for: its containers together. */
function asked(containers: Container[]): { cpuMillis: number; memoryMib: number } {
  const requests = containers.map(({ resources }) => resources?.requests ?? {});
  return {
    cpuMillis: requests.reduce((sum, { cpu = '0m' }) => sum + cpuMillis(cpu), 0),
    memoryMib: requests.reduce((sum, { memory = '0Mi' }) => sum + memoryMib(memory), 0),
  };
}

const tenantsOf = ({ services, cache, documentDatabase }: Plan): Tenants => ({ services, cache, documentDatabase });

/** The plan has to have room for what the manifests ask for: they are written in two places and compared here. */
test.each(everywhere)('%s %s: the plan has room for every pod that is made', async (phase, environment) => {
  const plan = planOf(phase, environment);
  const recording = await bringUp(plan);
  const planned = Object.fromEntries(workloadsOf(tenantsOf(plan), 'most').map((one) => [one.name, one]));
  const specs = recording.resources.flatMap(({ type, inputs }) => {
    if (!/^kubernetes:apps\/v1:(Deployment|StatefulSet)$/.test(type)) return [];
    const { metadata, spec } = inputs as {
      metadata: { name: string };
      spec: { replicas?: number; template: { spec: { containers: Container[] } } };
    };
    return [{ name: metadata.name, replicas: spec.replicas, ...asked(spec.template.spec.containers) }];
  });
  expect(specs.length).toBeGreaterThanOrEqual(3);
  for (const { name, replicas, ...pod } of specs) {
    const room = planned[name];
    if (!room) throw new Error(`${name} is not planned for: ${Object.keys(planned).join()}`);
    // Exactly: on one node fewer than these need, something must wait.
    expect([name, pod.cpuMillis, pod.memoryMib]).toEqual([name, room.cpuMillis, room.memoryMib]);
    if (replicas !== undefined) expect([name, replicas <= room.count]).toEqual([name, true]);
  }
});
