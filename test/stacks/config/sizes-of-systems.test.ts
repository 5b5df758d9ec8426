import { allSizes, type Sizes } from '../../../plan/sizes';
import type { CloudName, DocumentHost, RelationalHost } from '../../../plan/vocabulary';
import {
  cacheForms,
  machineForms,
  type NameForm,
  relationalForms,
  tierForms,
} from '../../../stacks/config/checks/forms-by-cloud';
import { systems } from '../../../systems';

type Named = [part: string, size: string, fits: boolean];

function judged(part: string, sizes: Sizes | undefined, form: NameForm | undefined): Named[] {
  return allSizes(sizes).map((size) => [part, size, form?.fits(size) ?? false]);
}

/** Every size that a system asks for by name, and whether a user who overrode it with the same name would be taken. */
function sizesOf(system: (typeof systems)[string]): Named[] {
  const machines = [...system.services, ...(system.workers ?? [])].flatMap(({ name, machines }) =>
    Object.entries(machines).flatMap(([cloud, sizes]) =>
      judged(`${name} on ${cloud}`, sizes, machineForms[cloud as CloudName]),
    ),
  );
  const nodes = [system.cache, system.broker].flatMap((store) =>
    Object.entries(store?.nodeTypes ?? {}).flatMap(([cloud, sizes]) =>
      judged(`cache node on ${cloud}`, sizes, cacheForms[cloud as CloudName]),
    ),
  );
  const classes = Object.entries(system.relationalDatabase?.classes ?? {}).flatMap(([host, sizes]) =>
    judged(`database of ${host}`, sizes, relationalForms[host as RelationalHost]),
  );
  const { tierByEnvironment = {}, maxTierByPhase = {} } = system.documentDatabase ?? {};
  const tiers = [tierByEnvironment, maxTierByPhase].flatMap((each) =>
    Object.entries(each).flatMap(([host, sizes]) =>
      judged(`documents of ${host}`, sizes, tierForms[host as DocumentHost]),
    ),
  );
  return [...machines, ...nodes, ...classes, ...tiers];
}

test.each(Object.entries(systems))('%s asks for no size that its cloud does not have', (_, system) => {
  const sizes = sizesOf(system!);
  expect(sizes.length).toBeGreaterThan(20);
  expect(sizes.filter(([, , fits]) => !fits)).toEqual([]);
});
