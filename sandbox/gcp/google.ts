import type { Cloud } from '../model/cloud';
import { CloudError, problem } from '../model/errors';
import { flag, text } from '../model/reading';
import type { Made, ResourceType } from '../model/resource-type';
import { isBag, type Bag } from '../model/values';
import { needApi } from './apis';
import { IN_USE } from './parts';
import { fill, placeOf, type Place } from './place';

export const COMPUTE = 'https://www.googleapis.com/compute/v1/';

/** A type of Google's, said by what is its own; the rest is as every type has it. */
export interface GoogleType extends Omit<ResourceType, 'create' | 'computed'> {
  /** Its id, e.g. `projects/{project}/global/networks/{name}`. Parts come from the inputs and the provider. */
  id: string;
  /** What stands before the id in its self link, where it has one. */
  links?: string;
  /** Has labels: the provider adds its own, and shows both. */
  labels?: boolean;
  /** Names of further outputs that Google makes up. */
  computed?: string[];
  /** Refuses by throwing; gives the further outputs. */
  make?(making: { inputs: Bag; cloud: Cloud; id: string; place: Place }): Partial<Made> | void;
  /** The flag that keeps it from being deleted, and its value when the program says nothing. */
  protection?: { flag: string; byDefault: boolean };
}

const labelOutputs = ['effectiveLabels', 'pulumiLabels'];

export function google(own: GoogleType): ResourceType {
  const { id: template, links, labels, computed = [], make, protection, ...type } = own;
  const placed = ['project', 'region', 'zone'].filter((key) => template.includes(`{${key}}`));
  return {
    inUse: IN_USE,
    ...type,
    keeps: [...(type.keeps ?? []), ...placed.filter((key) => !type.required?.includes(key))],
    secrets: [...(type.secrets ?? []), ...(labels ? labelOutputs : [])],
    computed: [
      ...computed,
      ...(links === undefined ? [] : ['selfLink']),
      ...(labels ? labelOutputs : []),
      ...placed.filter((key) => !type.required?.includes(key)),
    ],
    check: (inputs, cloud) => {
      const place = placeOf(inputs, cloud);
      const missing = placed.filter((key) => !isGiven(inputs, key) && place[key as keyof Place] === '');
      const found = type.check?.(inputs, cloud) ?? [];
      return [...missing.map((key) => problem(key, `${key}: required field is not set`)), ...found];
    },
    create: ({ inputs, cloud }) => {
      const place = placeOf(inputs, cloud);
      needApi(own.token, place.project, cloud);
      const defaults = typeof type.defaults === 'function' ? type.defaults(inputs) : type.defaults;
      const id = fill(template, { ...defaults, ...inputs }, place);
      const made = make?.({ inputs, cloud, id, place }) ?? {};
      const link: Record<string, string> = links === undefined ? {} : { selfLink: `${links}${made.id ?? id}` };
      const where: Bag = Object.fromEntries(placed.map((key) => [key, place[key as keyof Place]]));
      const aliases = [...Object.values(link), ...aliasesOf(made.actual)];
      return {
        id: made.id ?? id,
        state: { ...without(where, inputs), ...link, ...made.state },
        actual: { ...made.actual, alsoKnownAs: aliases },
      };
    },
    update: (updating) => {
      const patch = type.update?.(updating) ?? {};
      // What was left to the cloud and is the program's from now on: the output shows it.
      const taken = updating.changed.filter((key) => key in updating.record.state && isGiven(updating.inputs, key));
      const shown = Object.fromEntries(taken.map((key) => [key, updating.inputs[key] ?? null]));
      return { ...patch, state: { ...shown, ...patch.state } };
    },
    view: (record, cloud) => ({
      ...(labels ? labelsOf(record.inputs, cloud) : {}),
      ...type.view?.(record, cloud),
    }),
    remove: (record, cloud) => {
      if (text(record.inputs, 'deletionPolicy') === 'PREVENT') {
        throw new CloudError('PREVENT', `cannot destroy ${record.id} without setting deletion_policy to DELETE`);
      }
      if (protection && (flag(record.inputs, protection.flag) ?? protection.byDefault)) {
        const sentence = `cannot destroy ${record.id} without setting ${protection.flag}=false and running \`pulumi up\``;
        throw new CloudError('DELETION_PROTECTION', sentence);
      }
      type.remove?.(record, cloud);
    },
  };
}

const isGiven = (inputs: Bag, key: string): boolean => inputs[key] !== undefined && inputs[key] !== null;

/** An output that repeats an input shows the input as it was given. */
const without = (outputs: Bag, inputs: Bag): Bag =>
  Object.fromEntries(Object.entries(outputs).filter(([key]) => !isGiven(inputs, key)));

const aliasesOf = (actual: Bag | undefined): string[] => {
  const aliases = actual?.alsoKnownAs;
  return Array.isArray(aliases) ? aliases.filter((alias): alias is string => typeof alias === 'string') : [];
};

/** The program's labels, and with them the mark that the provider puts on everything it makes. */
function labelsOf(inputs: Bag, cloud: Cloud): Bag {
  const given = [cloud.settings.defaultLabels, inputs.labels].filter(isBag);
  const pulumiLabels: Bag = Object.assign({}, ...given) as Bag;
  return { pulumiLabels, effectiveLabels: { ...pulumiLabels, 'goog-pulumi-provisioned': 'true' } };
}
