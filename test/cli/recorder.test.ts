import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { readable } from '../../cli/offline/readable';
import { record, type RecordedResource, type Recording } from '../../cli/offline/recorder';
import { outputSignature, secretSignature, signatureKey, unknownValue } from '../../cli/offline/wire';

/** A component with a component inside, as the project's own are. */
class Outer extends pulumi.ComponentResource {
  readonly inner: Inner;
  constructor(name: string, options?: pulumi.ComponentResourceOptions) {
    super('test:parts:Outer', name, {}, options);
    this.inner = new Inner(`${name}-inner`, { parent: this });
    this.registerOutputs({ bucket: this.inner.bucket.id });
  }
}

class Inner extends pulumi.ComponentResource {
  readonly bucket: aws.s3.Bucket;
  constructor(name: string, options: pulumi.ComponentResourceOptions) {
    super('test:parts:Inner', name, {}, options);
    this.bucket = new aws.s3.Bucket(`${name}-data`, {}, { parent: this });
    this.registerOutputs({});
  }
}

const named = ({ resources }: Recording, name: string): RecordedResource => {
  const [found, ...more] = resources.filter((resource) => resource.name === name);
  if (!found || more.length > 0) throw new Error(`${more.length + (found ? 1 : 0)} resources are named ${name}`);
  return found;
};

const stackUrn = 'urn:pulumi:dev::stackladder::pulumi:pulumi:Stack::stackladder-dev';

describe('what a recording sees of a resource', () => {
  test('parent, protect, ignoreChanges, aliases and the other options', async () => {
    const recording = await record(() => {
      const first = new aws.kms.Key('first', {});
      new aws.kms.Key(
        'second',
        { isEnabled: true },
        {
          parent: first,
          protect: true,
          ignoreChanges: ['isEnabled', 'tags["a"]'],
          replaceOnChanges: ['policy'],
          aliases: [{ name: 'former' }, `${stackUrn}-whole`],
          dependsOn: [first],
          deleteBeforeReplace: true,
          retainOnDelete: true,
          import: 'key-1',
        },
      );
    });
    const [first, second] = [named(recording, 'first'), named(recording, 'second')];
    expect(first).toMatchObject({
      type: 'aws:kms/key:Key',
      parent: stackUrn,
      protect: false,
      ignoreChanges: [],
      replaceOnChanges: [],
      aliases: [],
      dependsOn: [],
      deleteBeforeReplace: false,
      retainOnDelete: false,
      importId: '',
      custom: true,
    });
    expect(second).toMatchObject({
      parent: first.urn,
      inputs: { isEnabled: true },
      protect: true,
      ignoreChanges: ['isEnabled', 'tags["a"]'],
      replaceOnChanges: ['policy'],
      dependsOn: [first.urn],
      deleteBeforeReplace: true,
      retainOnDelete: true,
      importId: 'key-1',
    });
    expect(second.aliases.join()).toContain('former');
    expect(second.aliases.join()).toContain(`${stackUrn}-whole`);
  });

  test('protection that a child has from its parent', async () => {
    const recording = await record(() => new Outer('o', { protect: true }));
    expect(named(recording, 'o-inner-data').protect).toBe(true);
    expect(named(await record(() => new Outer('o')), 'o-inner-data').protect).toBe(false);
  });

  test('where the value of a property comes from', async () => {
    const recording = await record(() => {
      const key = new aws.kms.Key('key', {});
      const bucket = new aws.s3.Bucket('data', {});
      new aws.s3.BucketObject('file', { bucket: bucket.id, kmsKeyId: key.arn, key: 'plain' });
    });
    expect(named(recording, 'file').propertyDependencies).toMatchObject({
      bucket: [named(recording, 'data').urn],
      kmsKeyId: [named(recording, 'key').urn],
    });
  });

  test('the provider that it was given', async () => {
    const recording = await record(() => {
      const provider = new aws.Provider('west', { region: 'us-west-2' });
      new aws.s3.Bucket('there', {}, { provider });
      new aws.s3.Bucket('here', {});
    });
    expect(named(recording, 'there').provider).toBe(named(recording, 'west').urn);
    expect(named(recording, 'here').provider).toBe('');
  });
});

describe('URNs are the engine’s', () => {
  test('the stack’s own type is left out, a component’s is not', async () => {
    const recording = await record(() => new Outer('o'));
    expect(recording.resources.map(({ urn }) => urn)).toEqual([
      'urn:pulumi:dev::stackladder::test:parts:Outer$test:parts:Inner$aws:s3/bucket:Bucket::o-inner-data',
      'urn:pulumi:dev::stackladder::test:parts:Outer$test:parts:Inner::o-inner',
      'urn:pulumi:dev::stackladder::test:parts:Outer::o',
    ]);
    expect(recording.resources.map(({ custom }) => custom)).toEqual([true, false, false]);
  });

  test('are what the SDK’s own helper makes of the same names', async () => {
    let expected: pulumi.Output<string> | undefined;
    const recording = await record(
      () => {
        const outer = new Outer('o');
        expected = pulumi.createUrn('o-inner', 'test:parts:Inner', outer.urn);
        return { expected };
      },
      { project: 'elsewhere', stack: 'prod' },
    );
    expect(named(recording, 'o-inner').urn).toBe(recording.outputs.expected);
    expect(recording.outputs.expected).toMatch(/^urn:pulumi:prod::elsewhere::/);
  });
});

describe('values', () => {
  test('what only the cloud knows is marked with where it comes from', async () => {
    const recording = await record(() => {
      const bucket = new aws.s3.Bucket('data', {});
      new aws.s3.BucketObject('file', {
        bucket: bucket.id,
        key: 'k',
        content: pulumi.interpolate`arn is ${bucket.arn}`,
      });
      return { arn: bucket.arn };
    });
    expect(named(recording, 'file').inputs).toMatchObject({
      bucket: '<unknown:data.id>',
      content: 'arn is <unknown:data.arn>',
    });
    expect(recording.outputs).toEqual({ arn: '<unknown:data.arn>' });
  });

  test('a secret is hidden wherever it travels: input, derived value, nested object, output', async () => {
    const canary = 'correct-horse-battery';
    const recording = await record(() => {
      const password = pulumi.secret(canary);
      new aws.s3.BucketObject('plain', { bucket: 'b', key: 'k', content: password });
      new aws.s3.BucketObject('derived', { bucket: 'b', key: 'k', content: pulumi.interpolate`p=${password}` });
      const topic = new aws.sns.Topic('nested', { tags: { open: 'yes', password } });
      return { password, deep: { list: [password, 'open'] }, tags: topic.tags, open: 'open' };
    });
    expect(named(recording, 'plain').inputs.content).toBe('<secret>');
    expect(named(recording, 'derived').inputs.content).toBe('<secret>');
    expect(JSON.stringify(named(recording, 'nested').inputs)).toContain('<secret>');
    expect(recording.outputs).toMatchObject({ password: '<secret>', open: 'open' });
    expect(JSON.stringify(recording)).not.toContain(canary);
  });

  test('an output that a resource calls secret stays one', async () => {
    const recording = await record(() => {
      const topic = new aws.sns.Topic(
        't',
        { displayName: 'hidden-name' },
        { additionalSecretOutputs: ['displayName'] },
      );
      return { name: topic.displayName };
    });
    expect(recording.outputs).toEqual({ name: '<secret>' });
  });

  test('a secret of configuration is one', async () => {
    const program = () => ({ key: new pulumi.Config().requireSecret('key') });
    const options = { config: { 'stackladder:key': 'hidden-key' }, secretKeys: ['stackladder:key'] };
    expect((await record(program, options)).outputs).toEqual({ key: '<secret>' });
  });
});

describe('resources', () => {
  test('are sorted by URN, so two runs print the same', async () => {
    const program = (order: string[]) => () => {
      for (const name of order) new aws.s3.Bucket(name, {});
      new aws.sns.Topic('a', {});
    };
    const one = await record(program(['c', 'a', 'b']));
    const urns = one.resources.map(({ urn }) => urn);
    expect(urns).toEqual([...urns].sort());
    expect(await record(program(['b', 'c', 'a']))).toEqual(one);
  });

  test('of one run are not left over for the next', async () => {
    await record(() => ({ first: new aws.s3.Bucket('first', {}).id }));
    const { resources, outputs } = await record(() => ({ second: new aws.s3.Bucket('second', {}).id }));
    expect(resources.map(({ name }) => name)).toEqual(['second']);
    expect(outputs).toEqual({ second: '<unknown:second.id>' });
  });
});

describe('refusals', () => {
  test('a function that nobody answers', async () => {
    const program = async () => void (await aws.getCallerIdentity());
    await expect(record(program)).rejects.toThrow('aws:index/getCallerIdentity:getCallerIdentity');
  });

  test('a function that somebody answers gets its inputs, and its answer travels', async () => {
    const functions = {
      'aws:ssm/getParameter:getParameter': (inputs: Record<string, unknown>) => ({
        value: `of ${String(inputs.name)}`,
      }),
    };
    const program = () => ({ value: aws.ssm.getParameterOutput({ name: '/a/b' }).value });
    expect((await record(program, { functions })).outputs).toEqual({ value: 'of /a/b' });
  });

  test('two resources of one name', async () => {
    const program = () => {
      new aws.s3.Bucket('same', {});
      new aws.s3.Bucket('same', {});
    };
    await expect(record(program)).rejects.toThrow('two resources of one name');
  });

  test('a read of what is there already', async () => {
    const program = () => void aws.s3.Bucket.get('there', 'bucket-id');
    await expect(record(program)).rejects.toThrow('a plan must not read aws:s3/bucket:Bucket there');
  });

  test('all of them in one message, and before what comes of them', async () => {
    const program = async () => {
      const { accountId } = await aws.getCallerIdentity();
      new aws.s3.Bucket(accountId.toLowerCase(), {});
    };
    await expect(record(program)).rejects.toThrow('nobody answers the function aws:index/getCallerIdentity');
    const twice = async () => {
      await aws.getCallerIdentity();
      await aws.getRegion();
    };
    await expect(record(twice)).rejects.toThrow(/getCallerIdentity.*\n.*getRegion/);
  });

  test('a program that fails', async () => {
    await expect(record(() => Promise.reject(new Error('no such phase')))).rejects.toThrow('no such phase');
  });

  test('a program’s own error keeps its stack trace', async () => {
    const program = (): never => {
      new aws.s3.Bucket('before', {});
      throw new Error('no such phase');
    };
    const error = (await record(program).catch((reason: unknown) => reason)) as Error;
    expect(error.stack).toContain('recorder.test.ts');
  });

  test('and after each of them the next run is sound', async () => {
    const { resources } = await record(() => new aws.s3.Bucket('sound', {}));
    expect(resources).toHaveLength(1);
  });
});

describe('readable', () => {
  const secret = (value: unknown) => ({ [signatureKey]: secretSignature, value });
  const output = (rest: object) => ({ [signatureKey]: outputSignature, ...rest });

  test.each<[string, unknown, unknown]>([
    ['a plain value', { a: [1, 'x', null, true] }, { a: [1, 'x', null, true] }],
    ['an unknown value', unknownValue, '<unknown:value>'],
    ['an unknown value inside', { a: [unknownValue] }, { a: ['<unknown:value>'] }],
    ['a secret', secret('x'), '<secret>'],
    ['a secret inside', { a: [secret({ b: 'x' })] }, { a: ['<secret>'] }],
    ['an output', output({ value: 'x' }), 'x'],
    ['an output that holds a secret', output({ value: { a: secret('x') } }), { a: '<secret>' }],
    ['an output that is one', output({ value: 'x', secret: true }), '<secret>'],
    ['an output that is not known', output({}), '<unknown:value>'],
    ['an output of nothing', output({ value: null }), null],
    ['a signature of another kind is an object', { [signatureKey]: 'x', a: 1 }, { [signatureKey]: 'x', a: 1 }],
  ])('%s', (_, wire, expected) => {
    expect(readable(wire)).toEqual(expected);
  });
});
