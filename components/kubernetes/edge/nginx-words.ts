/** A block of nginx's configuration, its lines indented. */
export function block(head: string, lines: string[]): string {
  const inner = lines.flatMap((line) => line.split('\n')).map((line) => `  ${line}`);
  return [`${head} {`, ...inner, '}'].join('\n');
}

/** Words of one line, without those that are not there. */
export function words(...all: (string | false | undefined)[]): string {
  return all.filter((word) => word).join(' ');
}

/** A variable whose value follows from another; keys that begin with `~` are patterns, in the order in which they are tried. */
export function map(source: string, name: string, otherwise: string, values: [key: string, value: string][]): string {
  return block(`map ${source} ${name}`, [
    `default ${otherwise};`,
    ...values.map(
      ([key, value]) => `"${key.replace(/["\\]/g, (found) => (found === '"' ? '\\"' : '\\\\'))}" ${value};`,
    ),
  ]);
}
