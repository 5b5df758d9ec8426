import type * as pulumi from '@pulumi/pulumi';
import type { Capacity, QueueScaling, WorkerPodPlan } from '../../../plan/types';
import { type Fault, must, wholeNumber } from '../../faults';
import type { Identity } from '../labels';
import { cooldownFault } from '../scaling';
import type { Authority } from '../surroundings';
import { pinnedImage, variableFaults } from '../workload/arguments';

export interface WorkerArgs {
  /** Its name on the cluster and the stack that it belongs to. **A change replaces everything.** */
  identity: Identity;
  /** Namespace that it is put in. A change replaces everything. */
  namespace: pulumi.Input<string>;
  /** Container image, pinned by a tag other than latest, or by digest. A change rolls the pods over, each after its job. */
  image: string;
  /** Secret that the image is pulled with. Default: a public registry. */
  pullSecretName?: pulumi.Input<string>;
  /** What the container runs. Empty: the image's own. It must be the process that gets the signal, not a shell around it. */
  command: string[];
  /** Fewest and most pods. Kubernetes starts at the fewest; `desired` is for scaling groups. */
  capacity: Capacity;
  /** Sizes of one pod, and the command that says whether it lives. */
  pod: WorkerPodPlan;
  /** Name of the queue that it takes jobs from. */
  queue: string;
  /** How many there are for what waits. */
  scaling: QueueScaling;
  /** Seconds that a running job may take before its pod is ended. */
  drainSeconds: number;
  /** Plain environment variables. */
  environment: Record<string, pulumi.Input<string>>;
  /** Environment variables that are filled from a Secret; a change of a value replaces the Secret and so the pods. */
  secrets: Record<string, pulumi.Input<string>>;
  /** Ports of stores and peers that it connects to. DNS and 443 are always let out. */
  ports: number[];
  /** Where the cloud's client libraries fetch credentials. Default: nowhere. */
  credentialEndpoints?: { cidr: string; port: number }[];
  /** Certificate authorities of stores. Default: none. */
  authorities?: Record<string, Authority>;
}

/** Seconds; a job of half a day is no job for a queue. */
const LONGEST_JOB = 43_200;

export function faultsOf(args: WorkerArgs): Fault[] {
  const { capacity, scaling } = args;
  return [
    pinnedImage('image', args.image),
    wholeNumber('capacity.min', capacity.min, 1, 1_000),
    wholeNumber('capacity.max', capacity.max, 1, 1_000),
    must(capacity.max >= capacity.min, 'capacity.max', `${capacity.max} is below the least, ${capacity.min}`),
    must(args.queue !== '', 'queue', 'name the queue that jobs are taken from'),
    cooldownFault('scaling.cooldownSeconds', scaling.cooldownSeconds),
    scaling.kind === 'target' ? wholeNumber('scaling.jobs', scaling.jobs, 1, 1_000_000_000) : undefined,
    scaling.kind === 'rules'
      ? must(scaling.out.length > 0, 'scaling.out', 'nothing would ever add a worker')
      : undefined,
    wholeNumber('drainSeconds', args.drainSeconds, 0, LONGEST_JOB),
    ...variableFaults(args),
    ...args.ports.map((port, at) => wholeNumber(`ports[${at}]`, port, 1, 65_535)),
  ];
}
