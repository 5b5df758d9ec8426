import type { Fault } from './fault';
import { pathText, removeCommand, valueAt, type Path } from './path';

/** What the elements of each list are and will be: commands that mend several of one list go together. */
export class Lists {
  private readonly taken = new Map<string, string[]>();

  /**
   * @param given the configuration as it is
   * @param wrong the places that are wrong
   */
  constructor(
    private readonly given: unknown,
    private readonly wrong: readonly Path[],
  ) {}

  /** The list that a place is an element of; undefined where it is none. */
  listOf(path: Path): Path | undefined {
    const list = path.slice(0, -1);
    return typeof path.at(-1) === 'number' && Array.isArray(valueAt(this.given, list)) ? list : undefined;
  }

  /** The first of the values that the list of a place has not got yet, which it has from then on. */
  free(path: Path, values: readonly (string | undefined)[]): string | undefined {
    const taken = this.takenBy(this.listOf(path) ?? path);
    const found = values.find((value) => value !== undefined && !taken.includes(value));
    if (found !== undefined) taken.push(found);
    return found;
  }

  private takenBy(list: Path): string[] {
    const key = JSON.stringify(list);
    const wrong = new Set(this.wrong.map((path) => JSON.stringify(path)));
    const elements = (valueAt(this.given, list) ?? []) as readonly unknown[];
    const right = elements.filter((_, at) => !wrong.has(JSON.stringify([...list, at]))).map(String);
    const taken = this.taken.get(key) ?? right;
    this.taken.set(key, taken);
    return taken;
  }

  /**
   * Faults in an order in which their commands can be run one after the other: what takes an element out of a list moves all
   * that are behind it, so that comes after what sets one, and from the end.
   */
  inOrder(all: readonly { path: Path; fault: Fault }[]): Fault[] {
    const ordered = [...all];
    const nameOf = (path: Path): string => pathText(this.listOf(path) ?? []);
    for (const list of new Set(all.map(({ path }) => nameOf(path)))) {
      if (list === '') continue;
      const places = ordered.flatMap(({ path }, at) => (nameOf(path) === list ? [at] : []));
      const removes = ({ path, fault }: (typeof all)[number]): boolean => fault.mend.startsWith(removeCommand(path));
      const inside = places.map((at) => ordered[at]!);
      const gone = inside.filter(removes).sort((a, b) => Number(b.path.at(-1)) - Number(a.path.at(-1)));
      const sorted = [...inside.filter((one) => !removes(one)), ...gone];
      places.forEach((at, place) => (ordered[at] = sorted[place]!));
    }
    return ordered.map(({ fault }) => fault);
  }
}
