import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { labelsAt } from '../../policies/labels';
import { taggable } from '../../policies/rules/tags';
import { rules } from '../../policies/rules';
import { resource } from './fixtures/fixture';

/** The declaration of a resource class in its SDK, by the type's token. */
function declaration(type: string): string {
  const [provider, module, name] = type.split(':') as [string, string, string];
  const path = provider === 'kubernetes' ? kubernetesPath(module, name) : module.replace(/^index\//, '');
  const file = join(__dirname, '../../node_modules/@pulumi', provider, `${path}.d.ts`);
  // Tokens write `iAMMember` where the file is `iammember`.
  const folder = dirname(file);
  const found = existsSync(folder) ? readdirSync(folder).map((each) => join(folder, each)) : [];
  return found.find((each) => each.toLowerCase() === file.toLowerCase()) ?? file;
}

/** `networking.k8s.io/v1` is the folder `networking/v1`. */
function kubernetesPath(module: string, name: string): string {
  // Kinds of operators have no class of their own.
  if (/^postgresql\.cnpg\.io\//.test(module)) return 'apiextensions/customResource';
  return `${module.replace('.k8s.io', '')}/${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}

/** The first property on the way to the labels, as the class takes it. */
const taken = (type: string) => labelsAt(resource(type, 'it', {})).split('.')[0] ?? '';

test.each(taggable)('%s takes tags, says its SDK', (type) => {
  const declared = readFileSync(declaration(type), 'utf8');
  expect(declared).toMatch(
    new RegExp(`^export interface \\w+Args \\{[\\s\\S]*^ {4}(readonly )?${taken(type)}\\??:`, 'm'),
  );
});

test('every type that a rule names exists in its SDK, or did in an earlier version of it', () => {
  // aws 7 folded these into the classes of the plain names; stacks of aws 6 may still have them.
  const earlier = ['aws:s3/bucketV2:BucketV2'];
  const types = new Set(rules.flatMap((rule) => rule.types).filter((type) => !earlier.includes(type)));
  expect([...types].filter((type) => !existsSync(declaration(type)))).toEqual([]);
});
