import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { taggable } from '../../policies/rules/tags';
import { rules } from '../../policies/rules';

/** The declaration of a resource class in its SDK, by the type's token. */
function declaration(type: string): string {
  const [provider, module] = type.split(':') as [string, string];
  const path = module.replace(/^index\//, '');
  return join(__dirname, '../../node_modules/@pulumi', provider, `${path}.d.ts`);
}

test.each(taggable)('%s takes tags, says its SDK', (type) => {
  expect(readFileSync(declaration(type), 'utf8')).toMatch(
    /^export interface \w+Args \{[\s\S]*^ {4}(readonly )?tags\?:/m,
  );
});

test('every type that a rule names exists in its SDK, or did in an earlier version of it', () => {
  // aws 7 folded these into the classes of the plain names; stacks of aws 6 may still have them.
  const earlier = ['aws:s3/bucketV2:BucketV2'];
  const types = new Set(rules.flatMap((rule) => rule.types).filter((type) => !earlier.includes(type)));
  expect([...types].filter((type) => !existsSync(declaration(type)))).toEqual([]);
});
