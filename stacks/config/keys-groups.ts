import { z } from 'zod';
import * as form from './forms';
import { note } from './note';
import { byPhase, bySystem, whole } from './whole';

/** One service, changed on purpose. */
export function service() {
  return note(
    z.strictObject({
      ...group('The policies want two where something serves traffic.'),
      cpuPercent: whole(
        20,
        90,
        "The group's average CPU that the autoscaler aims at, in percent; where the system has rules, what CPU has to pass for one more.",
        bySystem,
      ),
      memoryPercent: whole(
        20,
        90,
        "The group's average memory that the autoscaler aims at, in percent; where the system has rules, what memory has to pass for one more.",
        bySystem,
      ),
    }),
    { says: 'One service of the system.' },
  );
}

/** One group of workers, changed on purpose. */
export function worker() {
  return note(
    z.strictObject({
      ...group('The policies want two in prod.'),
      spot: note(z.boolean().optional(), {
        says: 'Whether they run on spare capacity, which costs a third and may be taken back within minutes: for jobs that may be begun again.',
        otherwise: bySystem,
      }),
    }),
    { says: 'One group of workers of the system.' },
  );
}

/** What services and workers have in common. */
function group(fewest: string) {
  return {
    minSize: whole(1, 100, `Fewest instances. ${fewest}`, bySystem),
    maxSize: whole(1, 100, 'Most instances; not below `minSize`.', bySystem),
    desiredCapacity: whole(
      1,
      100,
      'Instances that a new group starts with, from `minSize` to `maxSize`. The autoscaler owns it from then on.',
      byPhase,
    ),
    machine: note(form.sizeName.optional(), {
      says: "The cloud's machine type, where the system runs on instances. The policies know the ones of each phase.",
      allowed: 'a machine type of the cloud, such as t3.large on aws',
      example: 't3.large',
      otherwise: `${bySystem} for the phase`,
    }),
    pod: note(pod().optional(), {
      says: 'Size of one pod, where the system runs as pods: the vertical step there.',
      otherwise: bySystem,
    }),
    diskGb: whole(8, 1000, 'Root volume of an instance, in GiB.', bySystem),
    poolSize: whole(
      1,
      1000,
      'Database connections that one instance opens at the most. It is taken as it is: where all instances together would pass what the database accepts, the plan is refused with the sums.',
      `${bySystem}, made smaller where a document database accepts fewer`,
    ),
    environment: note(
      z
        .record(
          form.variableName,
          note(z.string().max(4096), { says: 'Its value.', allowed: 'text of at most 4,096 characters' }),
        )
        .optional(),
      {
        says: 'Further environment variables of the container, in plain text. A password or a key belongs into `secrets`.',
        allowed: 'an object of texts, named with capital letters, digits and _',
        otherwise: "the system's alone",
      },
    ),
  };
}

function pod() {
  const cpu = (says: string, example: string) =>
    note(form.cpuQuantity.optional(), {
      says,
      allowed: 'thousandths of a core (500m) or cores (2), in quotes',
      example,
      otherwise: bySystem,
    });
  const memory = (says: string, example: string) =>
    note(form.memoryQuantity.optional(), { says, allowed: 'MiB or GiB: 512Mi, 2Gi', example, otherwise: bySystem });
  return z.strictObject({
    cpuRequest: cpu('CPU that a pod is sure of.', '500m'),
    memoryRequest: memory('Memory that a pod is sure of.', '512Mi'),
    cpuLimit: cpu('CPU that a pod never passes; not below `cpuRequest`.', '1000m'),
    memoryLimit: memory('Memory above which a pod is stopped; not below `memoryRequest`.', '1Gi'),
  });
}
