import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { systems } from '../../systems';
import { editorSchema } from './editor-schema';
import { reference } from './reference';

/** The files that are written from the schema, by path from the root. */
export const written: Record<string, string> = {
  'schema/stack.schema.json': `${JSON.stringify(editorSchema(systems), null, 2)}\n`,
  'docs/configuration.md': reference(systems),
};

const root = join(__dirname, '..', '..');

/** The files that are not what the schema says now. */
export function stale(): string[] {
  return Object.keys(written).filter((path) => readFileSync(join(root, path), 'utf8') !== written[path]);
}

if (require.main === module) {
  for (const [path, text] of Object.entries(written)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}
