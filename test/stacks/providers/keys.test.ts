import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { packageNames, providerKeys, type Kind, type PackageName } from '../../../stacks/providers/keys';

/** The arguments of a package's provider with the kind of each, read from what the package itself declares. */
function declared(name: PackageName): Record<string, Kind> {
  const file = require.resolve(`@pulumi/${name}/provider.d.ts`);
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  const args = source.statements.find(
    (each): each is ts.InterfaceDeclaration => ts.isInterfaceDeclaration(each) && each.name.text === 'ProviderArgs',
  );
  const members = args!.members.filter(ts.isPropertySignature);
  return Object.fromEntries(members.map((each) => [each.name.getText(source), kindOf(each.type!.getText(source))]));
}

function kindOf(type: string): Kind {
  const inner = type.replace(/^pulumi\.Input<(.*) \| undefined>$/s, '$1');
  if (inner === 'number') return 'number';
  if (inner === 'boolean') return 'flag';
  return inner.includes('inputs.') || inner.includes('[]') || inner.startsWith('{') ? 'structure' : 'text';
}

test.each(packageNames)('every argument of the provider of %s has its place and its kind', (name) => {
  const { passed, decided, secret, more } = providerKeys[name];
  const own = declared(name);
  expect(Object.keys(own).length).toBeGreaterThan(5);
  const matched = Object.keys(own).filter((key) => more?.test(key));
  expect(matched.filter((key) => own[key] !== 'text')).toEqual([]);
  const named = { ...passed, ...Object.fromEntries(Object.keys(decided).map((key) => [key, own[key]])) };
  expect(named).toEqual(Object.fromEntries(Object.entries(own).filter(([key]) => !matched.includes(key))));
  expect(secret.filter((path) => !(path.split('.')[0]! in passed))).toEqual([]);
});
