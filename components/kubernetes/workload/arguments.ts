import type * as pulumi from '@pulumi/pulumi';
import type { Capacity, HealthCheckPlan, PodPlan, ScalingRules } from '../../../plan/types';
import { type Fault, must, wholeNumber } from '../../faults';
import type { Identity } from '../labels';
import { cooldownFault } from '../scaling';
import type { Authority } from '../surroundings';

export interface WorkloadArgs {
  /** Its name on the cluster and the stack that it belongs to. **A change replaces everything.** */
  identity: Identity;
  /** Namespace that it is put in. A change replaces everything. */
  namespace: pulumi.Input<string>;
  /** Container image, pinned by a tag other than latest, or by digest. A change rolls the pods over. */
  image: string;
  /** Secret that the image is pulled with. Default: a public registry. */
  pullSecretName?: pulumi.Input<string>;
  /** TCP port that the container listens on, e.g. 8081. */
  port: number;
  /** Fewest and most pods. Kubernetes starts at the fewest; `desired` is for scaling groups. */
  capacity: Capacity;
  /** Sizes and probes of one pod. */
  pod: PodPlan;
  /** Path that both probes ask, and how often a failure counts. */
  healthCheck: HealthCheckPlan;
  /** Percent of the requests that the autoscaler aims at. */
  scaling: { cpuPercent: number; memoryPercent: number };
  /**
   * Rules instead of `scaling`: their conditions are measured elsewhere, and `scaling_signal` of external.metrics.k8s.io says
   * what they come to. Default: the averages of `scaling`.
   */
  scalingRules?: ScalingRules;
  /** Seconds that a leaving pod has for its open requests. */
  drainSeconds: number;
  /** Plain environment variables. */
  environment: Record<string, pulumi.Input<string>>;
  /** Environment variables that are filled from a Secret; a change of a value replaces the Secret and so the pods. */
  secrets: Record<string, pulumi.Input<string>>;
  /** Name of the edge whose pods may connect. */
  edgeName: string;
  /** Whether Prometheus may connect. */
  monitored: boolean;
  /** Labels of what measures it for its autoscaler, and so may connect. Default: nobody. */
  measuredBy?: Record<string, string>;
  /** Ports of stores and peers that the service connects to. DNS and 443 are always let out. */
  ports: number[];
  /** Where the cloud's client libraries fetch credentials. Default: nowhere. */
  credentialEndpoints?: { cidr: string; port: number }[];
  /** Certificate authorities of stores inside the cluster. Default: none. */
  authorities?: Record<string, Authority>;
}

/** A reference that names one image for good: a tag other than latest, or a digest. */
export function pinnedImage(path: string, image: string): Fault {
  return must(
    /^[^\s'"]+(:(?!latest$)[\w][\w.-]*|@sha256:[0-9a-f]{64})$/.test(image),
    path,
    `"${image}" must be pinned by a tag other than latest, or by digest`,
  );
}

export function faultsOf(args: WorkloadArgs): Fault[] {
  const { capacity, scaling, scalingRules: rules } = args;
  return [
    pinnedImage('image', args.image),
    wholeNumber('port', args.port, 1024, 65_535),
    wholeNumber('capacity.min', capacity.min, 1, 1_000),
    wholeNumber('capacity.max', capacity.max, 1, 1_000),
    must(capacity.max >= capacity.min, 'capacity.max', `${capacity.max} is below the least, ${capacity.min}`),
    wholeNumber('scaling.cpuPercent', scaling.cpuPercent, 1, 100),
    wholeNumber('scaling.memoryPercent', scaling.memoryPercent, 1, 100),
    wholeNumber('drainSeconds', args.drainSeconds, 0, 3_600),
    must(args.healthCheck.path.startsWith('/'), 'healthCheck.path', `"${args.healthCheck.path}" must begin with /`),
    ...(rules
      ? [
          must(rules.out.length > 0, 'scalingRules.out', 'nothing would ever add a pod'),
          cooldownFault('scalingRules.cooldownSeconds', rules.cooldownSeconds),
        ]
      : []),
    ...variableFaults(args),
    ...args.ports.map((port, at) => wholeNumber(`ports[${at}]`, port, 1, 65_535)),
  ];
}

/** Faults of variables: each has a name that a shell takes, and one source. */
export function variableFaults({ environment, secrets }: Pick<WorkloadArgs, 'environment' | 'secrets'>): Fault[] {
  const names = [...Object.keys(environment), ...Object.keys(secrets)];
  return [
    ...Object.keys(secrets)
      .filter((name) => name in environment)
      .map((name) => `secrets.${name}: stands in environment too`),
    ...names
      .filter((name) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
      .map((name) => `environment.${name}: is no name of an environment variable`),
  ];
}
