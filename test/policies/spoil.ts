import type { RecordedResource } from '../../cli/offline/recorder';

type Inputs = Record<string, unknown>;
/** Makes one thing of a sound plan wrong. */
export type Spoil = (resources: RecordedResource[]) => RecordedResource[];

/** Takes away every resource whose type ends so. */
export const without =
  (type: string): Spoil =>
  (resources) =>
    resources.filter((resource) => !resource.type.endsWith(type));

/** Sets a value at a dotted path of every resource whose type ends so; undefined takes it away. */
export const set =
  (type: string, path: string, value: unknown, name = ''): Spoil =>
  (resources) =>
    resources.map((resource) =>
      resource.type.endsWith(type) && resource.name.endsWith(name)
        ? { ...resource, inputs: put(resource.inputs, path.split('.'), value) }
        : resource,
    );

function put(holder: unknown, [step, ...rest]: string[], value: unknown): Inputs {
  const inner = (holder ?? {}) as Inputs;
  if (step === undefined) return inner;
  const next = rest.length > 0 ? put(inner[step], rest, value) : value;
  if (Array.isArray(holder)) return holder.map((each: unknown, at) => (String(at) === step ? next : each)) as never;
  return { ...inner, [step]: next };
}

export const unprotect =
  (type: string): Spoil =>
  (resources) =>
    resources.map((resource) => (resource.type.endsWith(type) ? { ...resource, protect: false } : resource));

/** Takes away every resource that is meant. */
export const less =
  (meant: (resource: RecordedResource) => boolean): Spoil =>
  (resources) =>
    resources.filter((resource) => !meant(resource));
