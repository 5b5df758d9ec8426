import { changes, Lab, type Operation, type Run } from '../engine/lab';
import { lostStores } from '../engine/stores';

/** Databases and a broker of AWS, all the way up, on the real engine: nothing that holds data is lost on the way. */
let lab: Lab;

beforeAll(() => {
  lab = new Lab('dev', 'test/components/aws/programs/databases/main.js');
});
afterAll(() => lab.close());

const configure = (values: Record<string, unknown>): void =>
  lab.configure('dev', Object.fromEntries(Object.entries(values).map(([key, value]) => [`databases:${key}`, value])));

function succeeded(run: Run): Run {
  if (run.code !== 0) throw new Error(`the engine ended with ${run.code}:\n${run.output}`);
  return run;
}
const of = (run: Run, type: string): Operation[] => changes(run).filter((operation) => operation.type.endsWith(type));
const inCloud = (type: string) => lab.cloud().filter((resource) => resource.type.endsWith(`:${type}`));
const primary = () => inCloud('Instance').find(({ inputs }) => inputs.replicateSourceDb === undefined)!;

describe('from small to enterprise with a password that rotates', () => {
  test('small comes up, and again without a change', () => {
    configure({ phase: 'small', rotationDays: 30 });
    succeeded(lab.up());
    expect(changes(succeeded(lab.again()))).toEqual([]);
    expect(primary().inputs).toMatchObject({ instanceClass: 'db.t3.small', multiAz: false, allocatedStorage: 20 });
    // No value of a secret is the program's: the function writes them all.
    const written = inCloud('SecretVersion').filter(({ urn }) => urn.includes('RdsDatabase'));
    expect(written).toEqual([]);
    expect(inCloud('SecretRotation')).toHaveLength(2);
  });

  test.each([
    ['medium', { instanceClass: 'db.t3.medium', allocatedStorage: 50, multiAz: false }, 0],
    ['large', { instanceClass: 'db.m5.large', allocatedStorage: 100, multiAz: false }, 2],
    ['enterprise', { instanceClass: 'db.m5.large', allocatedStorage: 200, multiAz: true }, 3],
  ])('%s: the same instance, resized in place', (phase, inputs, replicas) => {
    const before = primary();
    const aurora = inCloud('Cluster').map(({ id }) => id);
    configure({ phase, rotationDays: 30 });
    const run = succeeded(lab.up());
    expect(lostStores(run)).toEqual([]);
    expect(primary()).toMatchObject({ id: before.id, inputs });
    expect(inCloud('Instance')).toHaveLength(1 + replicas);
    expect(inCloud('Cluster').map(({ id }) => id)).toEqual(aurora);
    expect(changes(succeeded(lab.again()))).toEqual([]);
  });

  test('the proxy comes and the function writes its address; no secret is replaced', () => {
    configure({ phase: 'enterprise', rotationDays: 30, proxy: true });
    const run = succeeded(lab.up());
    expect(lostStores(run)).toEqual([]);
    expect(of(run, ':Invocation').map(({ op }) => op)).toContain('replace');
    expect(lab.outputs().host).toMatch(/\.proxy-/);
    expect(changes(succeeded(lab.again()))).toEqual([]);
  });

  test('it goes down to nothing', () => {
    succeeded(lab.destroy());
    expect(lab.cloud().map(({ type, id }) => `${type} ${id}`)).toEqual([]);
  });
});

describe('with a password that the program owns', () => {
  test('counting the version up gives a new password to the database and to every secret, in place', () => {
    configure({ phase: 'small' });
    succeeded(lab.up());
    const before = primary();
    configure({ phase: 'small', passwordVersion: 2 });
    const run = succeeded(lab.up());
    expect(of(run, 'rds/instance:Instance').map(({ op, diffs }) => [op, diffs])).toEqual([['update', ['password']]]);
    expect(of(run, 'secret:Secret')).toEqual([]);
    expect(primary().id).toBe(before.id);
    expect(primary().inputs.password).not.toBe(before.inputs.password);
    expect(changes(succeeded(lab.again()))).toEqual([]);
  });

  test('a rotation takes the password over and leaves the database as it is; going back makes a new one', () => {
    const before = primary();
    configure({ phase: 'small', passwordVersion: 2, rotationDays: 30 });
    succeeded(lab.up());
    expect(primary().inputs.password).toBe(before.inputs.password);
    configure({ phase: 'small', passwordVersion: 2 });
    succeeded(lab.up());
    expect(primary()).toMatchObject({ id: before.id });
    expect(primary().inputs.password).not.toBe(before.inputs.password);
    expect(changes(succeeded(lab.again()))).toEqual([]);
  });
});
