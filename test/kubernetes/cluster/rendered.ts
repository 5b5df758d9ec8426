import { makeOfflinePlan, type PlanFlags } from '../../../cli/offline/make-plan';
import type { RecordedResource } from '../../../cli/offline/recorder';
import type { Bag } from '../../../sandbox/model/values';

/** An object as a plan would send it to the API server. */
export interface Rendered {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string };
  spec?: unknown;
  /** Of a Secret. */
  type?: string;
  stringData?: Record<string, string>;
}

/** Every object of plans' clusters, each once: what a cloud or Pulumi would fill in is filled in with words of the same form. */
export async function renderedObjects(plans: PlanFlags[]): Promise<Rendered[]> {
  const all = new Map<string, Rendered>();
  for (const flags of plans) {
    const { resources } = await makeOfflinePlan(flags);
    // A chart is no object: Helm makes objects of it.
    for (const resource of resources.filter(({ type }) => /^kubernetes:(?!helm\.sh)/.test(type))) {
      const object = rendered(resource);
      all.set(JSON.stringify(object), object);
    }
  }
  return [...all.values()];
}

interface PodOwner {
  template?: { metadata: Bag; spec: Bag & { volumes?: Bag[] } };
  /** Of a CronJob. */
  jobTemplate?: { spec: PodOwner };
  volumeClaimTemplates?: { metadata: { name: string } }[];
}

/** The pod that the controller of an object would make of it; none of what makes no pods itself. */
export function podsIn({ kind, metadata, spec }: Rendered): Rendered[] {
  if (!['Deployment', 'StatefulSet', 'Job', 'CronJob'].includes(kind)) return [];
  const owner = spec as PodOwner;
  const { template, volumeClaimTemplates = [] } = owner.jobTemplate?.spec ?? owner;
  if (!template) throw new Error(`${kind} ${metadata.name} has no template`);
  const claims = volumeClaimTemplates.map(({ metadata: { name } }) => ({
    name,
    persistentVolumeClaim: { claimName: `${name}-${metadata.name}-0` },
  }));
  const { name, namespace } = metadata;
  return [
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { ...template.metadata, name, namespace },
      spec: { ...template.spec, volumes: [...(template.spec.volumes ?? []), ...claims] },
    },
  ];
}

/** What a Secret of a type must have. */
const contents: Record<string, Record<string, string>> = {
  'kubernetes.io/basic-auth': { username: 'somebody', password: 'something' },
  'kubernetes.io/dockerconfigjson': { '.dockerconfigjson': '{"auths":{}}' },
};

function rendered({ name, inputs }: RecordedResource): Rendered {
  const object = known(inputs) as Partial<Rendered>;
  const whole = { ...object, metadata: { ...object.metadata, name: object.metadata?.name ?? name } } as Rendered;
  if (whole.kind !== 'Secret') return whole;
  return { ...whole, stringData: contents[whole.type ?? ''] ?? {} };
}

/** The name of an object that Pulumi names is its resource's here. */
function known(value: unknown): unknown {
  if (typeof value === 'string') {
    return value.replace(/<unknown:([^>]+?)\.(metadata\.name|[^>]*)>/g, (_, from: string, property: string) =>
      property === 'metadata.name' ? from : 'unknown',
    );
  }
  if (Array.isArray(value)) return value.map(known);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, known(inner)]));
}
