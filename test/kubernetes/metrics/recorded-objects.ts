import { record, type RecordedResource } from '../../../cli/offline/recorder';
import type { Bag } from '../../../sandbox/model/values';

/** The objects that a program puts on a cluster, as the API server gets them: names are given where Pulumi gives them. */
export async function objectsOf(program: () => void): Promise<Bag[]> {
  const { resources } = await record(program);
  return resources.filter(({ type }) => type.startsWith('kubernetes:')).map(objectOf);
}

function objectOf({ name, inputs }: RecordedResource): Bag {
  const known = JSON.parse(
    JSON.stringify(inputs, (key, value: unknown) => {
      if (typeof value !== 'string') return value;
      // The name of another object, which has its logical name here.
      const [, other] = /^<unknown:(.+)\.metadata\.name>$/.exec(value) ?? [];
      if (other !== undefined) return other;
      return value === '<secret>' && key === 'stringData' ? { value: 'secret' } : value;
    }),
  ) as Bag;
  return { ...known, metadata: { name, ...(known.metadata as Bag) } };
}
