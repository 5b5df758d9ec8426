import { RuleTester, type Rule } from 'eslint';

const rule = jest.requireActual<Rule.RuleModule>('../../lint/no-resource-in-apply.js');

// RuleTester makes a test of each case, named by its code.
const tester = new RuleTester({ languageOptions: { ecmaVersion: 2022, sourceType: 'module' } });
const caught = (code: string, times = 1) => ({
  code,
  errors: Array.from({ length: times }, () => ({ messageId: 'resource' })),
});

tester.run('no-resource-in-apply', rule, {
  valid: [
    // Outside of apply, or beside it.
    `new aws.s3.Bucket('data', { bucket: name.apply((text) => text.toLowerCase()) });`,
    `const arn = name.apply((text) => text.trim()); new aws.s3.Bucket(arn);`,
    `new Bucket('a');`,
    // What apply is called on is made before it.
    `new aws.s3.Bucket('data').arn.apply((arn) => arn.trim());`,
    `pulumi.all([new Bucket('a').arn, new Bucket('b').arn]).apply(([a, b]) => a + b);`,
    // Plain values.
    `name.apply((text) => new URL(text).host);`,
    `name.apply((text) => { if (text === '') throw new Error('no name'); return new Set([new Map(), new Date()]); });`,
    // Other methods.
    `names.map((name) => new Bucket(name));`,
    `apply(() => new Bucket('a'));`,
    `output.applyAll(() => new Bucket('a'));`,
    `output[apply](() => new Bucket('a'));`,
    // Functions that apply has nothing to do with.
    `function make(name) { return new Bucket(name); } make('a'); output.apply((text) => text);`,
    `const make = (name) => new Bucket(name); make('a'); output.apply((make) => make.length);`,
    `function again() { again(); return new Bucket('a'); }`,
  ],
  invalid: [
    caught(`name.apply((text) => new aws.s3.Bucket(text));`),
    caught(`name.apply((text) => { new aws.s3.Bucket(text); });`),
    caught(`name.apply(function (text) { return new Bucket(text); });`),
    caught(`pulumi.all([a, b]).apply(([one, two]) => new aws.ec2.Vpc(one, { cidrBlock: two }));`),
    caught(`pulumi.output(names).apply((all) => all.map((name) => new Bucket(name)));`),
    caught(`name?.apply((text) => new Bucket(text));`),
    caught(`name['apply']((text) => new Bucket(text));`),
    // Deeper: a function inside, an apply inside, an argument of another constructor.
    caught(`name.apply((text) => { function make() { return new Bucket(text); } return make(); });`),
    caught(`a.apply((one) => b.apply((two) => new Bucket(one + two)));`),
    caught(`a.apply((one) => b.apply((two) => two).apply(() => 0) && new Bucket(one));`),
    caught(`name.apply((text) => new Outer(text, { inner: new Inner(text) }));`, 2),
    caught(`name.apply((text) => new Map([['a', new Bucket(text)]]));`),
    // By name.
    caught(`function make(name) { return new Bucket(name); } output.apply(make);`),
    caught(`const make = (name) => new Bucket(name); output.apply((text) => make(text));`),
    caught(`const inner = () => new Bucket('a'); const outer = () => inner(); output.apply(outer);`),
    // A resource outside does not excuse the one inside.
    caught(`new Bucket('a').arn.apply((arn) => new Bucket(arn));`),
  ],
});
