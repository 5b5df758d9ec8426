import { z } from 'zod';
import type { System } from '../../systems/system';
import { schemaOf } from './editor-schema';
import { bare, noteOf } from './note';
import { allowedAt, rowsOf, type KeyRow } from './walk';

const opening = `# Configuration

Every key of a stack, in the namespace \`stackladder\`. This page is written from the schema by \`npm run schema\`, as is
\`schema/stack.schema.json\`, which completes and checks a stack's file in an editor that reads its first line:

    # yaml-language-server: $schema=schema/stack.schema.json

The whole configuration is checked before anything is created, and one message tells every fault: the key, its value,
what it may be, the nearest valid value, and how to mend it.

    pulumi config set phase medium
    pulumi config set --path images.api ghcr.io/example/pulse-api:1.4.2
    pulumi config set --path 'regions[0]' us-east-1
    pulumi config set --secret --path secrets.STRIPE_KEY

The last one asks for the value and keeps it encrypted. A secret is never written in plain text: not in a stack's file,
not in the state, the outputs, an instance's user data or a log. \`secrets\` must be encrypted, and a password in an
ordinary environment variable is refused.

What you have on a cloud stands in its own section (\`aws\`, \`gcp\`, \`digitalocean\`, \`kubernetes\`), and one file may hold
them all: what is required is asked for where the stack runs, so the one line \`cloud\` moves it. Its regions and zones
may stand in the section too.

The clouds' providers have configuration of their own, and get it: \`aws:profile\`, \`gcp:impersonateServiceAccount\`,
\`digitalocean:token\` and the like, with other faults in the same message. What the stack decides, such as regions, they
may only repeat.

Numbers inside a list or an object are written without quotes, and ids that are all digits with them.
`;

/** The reference of keys, as Markdown. */
export function reference(systems: Readonly<Record<string, System>>): string {
  const rows = rowsOf(schemaOf(systems)).map(tableRow);
  const table = [['Key', 'Type', 'Default', 'Allowed', 'What it is'], Array<string>(5).fill('---'), ...rows];
  return `${opening}\n${table.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`;
}

function tableRow({ path, schema }: KeyRow): string[] {
  const note = noteOf(schema);
  // What stands under a free name is there because somebody named it: it has no default.
  const fallback = path.at(-1)!.startsWith('<') ? '' : defaultOf(schema);
  const prose = [typeOf(schema), fallback, allowedAt(schema), note?.says ?? ''];
  return [`\`${path.join('.')}\``, ...prose.map((cell) => cell.replace(/</g, '&lt;').replace(/\|/g, '\\|'))];
}

function typeOf(schema: z.ZodType): string {
  const inner = bare(schema);
  if (inner instanceof z.ZodArray) return 'list';
  if (inner instanceof z.ZodObject || inner instanceof z.ZodRecord) return 'object';
  if (inner instanceof z.ZodUnion) return (inner.options as z.ZodType[]).map(typeOf).join(' or ');
  if (inner instanceof z.ZodNumber) return 'number';
  if (inner instanceof z.ZodLiteral) return 'number';
  if (inner instanceof z.ZodBoolean) return 'true or false';
  return noteOf(schema)?.secret ? 'secret' : 'text';
}

function defaultOf(schema: z.ZodType): string {
  const said = noteOf(schema)?.otherwise;
  if (said) return said;
  const result = schema.safeParse(undefined);
  if (!result.success) return '**required**';
  const value: unknown = result.data;
  if (value === undefined) return 'none';
  return typeof value === 'object' ? 'none' : `\`${String(value)}\``;
}
