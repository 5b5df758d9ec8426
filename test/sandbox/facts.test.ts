import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packages } from '../../sandbox';
import type { ResourceType } from '../../sandbox/model/resource-type';
import { factsOf } from '../manifests/facts';

interface ReplacementFacts {
  inputs: Record<string, { willReplaceOnChanges?: boolean }>;
  requiredInputs: string[];
  replacePaths?: string[];
}

/** Where the sandbox's table differs from the facts on purpose. The facts on AWS's replacements are of 2024. */
const differences: Record<string, string> = {
  'aws:elasticache/replicationGroup:ReplicationGroup engine':
    'since 2024 a group on redis becomes one on valkey in place; only the way back replaces, see replaceWhen',
  'aws:elasticache/replicationGroup:ReplicationGroup transitEncryptionEnabled':
    'the 7.48 documentation: it replaces only with an engine before 7.0.5, see replaceWhen',
  'gcp:container/cluster:Cluster nodeConfig':
    'the block replaces where it comes or goes; what is in it replaces by itself, see nodeConfigReplaces',
  'gcp:container/nodePool:NodePool nodeConfig': 'as in the cluster',
  'aws:kms/keyPolicy:KeyPolicy keyId': 'the id of the policy is the id of its key, so another key is another policy',
};
/** Every regional resource of the AWS provider 7 has a region of its own, and the facts are older. */
const isNewer = (type: ResourceType, path: string): boolean => type.token.startsWith('aws:') && path === 'region';

const types = packages.flatMap((pkg) => pkg.types.map((type) => ({ pkg: pkg.name, type })));

/** What the SDK declares: the names of all arguments and outputs of a type. */
function declared(token: string): Set<string> {
  const [pkg, path] = token.split(':');
  const folder = dirname(require.resolve(`@pulumi/${pkg}/package.json`));
  const source = readFileSync(fileOf(folder, path?.replace(/^index\//, '') ?? ''), 'utf8');
  return new Set([...source.matchAll(/^ {4}(?:readonly )?(\w+)\??: /gm)].map((found) => found[1] ?? ''));
}

/** Tokens of the gcp package write `uRLMap` where the file is `urlmap.d.ts`. */
function fileOf(folder: string, path: string): string {
  const parts = path.split('/');
  const [name = ''] = parts.splice(-1);
  const wanted = `${name.toLowerCase()}.d.ts`;
  const files = readdirSync(join(folder, ...parts));
  return join(folder, ...parts, files.find((file) => file.toLowerCase() === wanted) ?? wanted);
}

function named(type: ResourceType): string[] {
  return [
    ...type.replaceOn,
    ...(type.required ?? []),
    ...(type.sets ?? []),
    ...(type.keeps ?? []),
    ...(type.secrets ?? []),
    ...type.computed,
    ...Object.keys(type.enumerations ?? {}),
    ...(type.references ?? []).map(({ path }) => path),
    ...(type.naming ? [type.naming.property] : []),
    ...Object.keys(typeof type.defaults === 'function' ? type.defaults({}) : (type.defaults ?? {})),
  ].map((path) => path.split('.')[0] ?? '');
}

describe('the registry by itself', () => {
  test.each(types.map(({ type }) => [type.token, type] as const))(
    '%s names only what the SDK declares',
    (token, type) => {
      const known = declared(token);
      expect(named(type).filter((name) => !known.has(name))).toEqual([]);
    },
  );

  test('no type is there twice, and no path is listed twice', () => {
    const tokens = types.map(({ type }) => type.token);
    expect(tokens.filter((token, index) => tokens.indexOf(token) !== index)).toEqual([]);
    const twice = types.filter(({ type }) => new Set(type.replaceOn).size < type.replaceOn.length);
    expect(twice.map(({ type }) => type.token)).toEqual([]);
  });

  test('references lead to types that are in the registry', () => {
    const tokens = new Set(types.map(({ type }) => type.token));
    const lost = types.flatMap(({ type }) =>
      (type.references ?? []).flatMap(({ to }) => to.filter((token) => !tokens.has(token))),
    );
    expect(lost).toEqual([]);
  });
});

/** Differences between a type and what the facts say of it, as `token property`. */
function differencesOf(type: ResourceType, facts: ReplacementFacts): string[] {
  const known = Object.keys(facts.inputs).filter((name) => facts.inputs[name]?.willReplaceOnChanges);
  const own = type.replaceOn.filter((path) => !isNewer(type, path));
  const missing = [...known, ...(facts.replacePaths ?? [])].filter(
    (path) => !own.some((ours) => path === ours || path.startsWith(`${ours}.`)) && !nestedUnderUnlisted(path, type),
  );
  const more = own.filter((path) => !known.includes(path) && !facts.replacePaths?.includes(path));
  return [...missing, ...more].map((path) => `${type.token} ${path}`);
}

/** A part of an input whose own schema replaces, though the provider plans its change in place. */
function nestedUnderUnlisted(path: string, type: ResourceType): boolean {
  return `${type.token} ${path}` in nested;
}
const nested: Record<string, string> = {
  'aws:s3/bucket:Bucket objectLockConfiguration.objectLockEnabled':
    'deprecated there; the bucket’s own objectLockEnabled replaces',
};

describe('against the providers’ facts', () => {
  const compared = types.flatMap(({ pkg, type }) => {
    const facts = factsOf(pkg)?.resources[type.token] as ReplacementFacts | undefined;
    return facts ? [{ type, facts }] : [];
  });
  if (compared.length === 0) {
    test('are not at hand: nothing is compared, and the listed differences still name what is in the registry', () => {
      console.log('provider facts are not at hand: the replacement table was not compared with them');
      const pairs = types.flatMap(({ type }) => named(type).map((name) => `${type.token} ${name}`));
      expect(Object.keys(differences).filter((key) => !pairs.includes(key))).toEqual([]);
    });
    return;
  }

  test('every type is there, but for those of packages without facts', () => {
    const rest = types.filter(({ type }) => !compared.some((one) => one.type === type)).map(({ pkg }) => pkg);
    expect([...new Set(rest)].sort()).toEqual(['cloudflare', 'random']);
  });

  test('the same properties replace, but for the listed differences', () => {
    const found = compared.flatMap(({ type, facts }) => differencesOf(type, facts));
    expect(found.filter((difference) => !(difference in differences)).sort()).toEqual([]);
  });

  test('no listed difference is out of date', () => {
    const found = new Set(compared.flatMap(({ type, facts }) => differencesOf(type, facts)));
    expect(Object.keys(differences).filter((difference) => !found.has(difference))).toEqual([]);
  });

  test.each(compared.map(({ type, facts }) => [type.token, type, facts] as const))(
    '%s requires the same inputs',
    (_, type, facts) => {
      expect([...(type.required ?? [])].sort()).toEqual([...facts.requiredInputs].sort());
    },
  );
});
