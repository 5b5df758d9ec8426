import { changes, Lab, type Resource } from './lab';
import { isStore } from './stores';

/** URNs of the stores that the engine knows, of one provider. */
const storesOf = (resources: Resource[], provider: string) =>
  resources.filter(({ type }) => isStore(type) && type.startsWith(`${provider}:`)).map(({ urn }) => urn);

/** Everything of one cloud, and the databases of Atlas, by URN with the cloud's own id. */
const ids = (resources: Resource[]) =>
  Object.fromEntries(resources.filter(({ type }) => isStore(type)).map(({ urn, id }) => [urn, id]));

/** URNs of what is protected. */
const guarded = (resources: Resource[]) => resources.filter(({ protect }) => protect).map(({ urn }) => urn);

/** A system moves from AWS to Google Cloud: services by one line, stores by nothing less than a word about them. */
describe('a move to another cloud, in prod', () => {
  let lab: Lab;
  let before: Record<string, string | undefined>;
  let protectedBefore: string[];

  beforeAll(() => {
    lab = new Lab('prod');
    lab.configure('prod');
    const { code, output } = lab.up();
    if (code !== 0) throw new Error(output);
    before = ids(lab.resources());
    protectedBefore = guarded(lab.resources());
  });
  afterAll(() => lab.close());

  test('the one line alone: the preview fails, says the steps, and nothing is created', () => {
    const held = lab.cloud().length;
    lab.configure('prod', { cloud: 'gcp' });
    const { code, output } = lab.preview();
    expect(code).not.toBe(0);
    expect(output).toContain('leaves behind stores that this stack has on aws');
    expect(output).toContain("pulumi config set --path 'keep[0]' aws");
    expect(output).toContain('discardStores');
    expect(lab.up().code).not.toBe(0);
    expect(lab.cloud()).toHaveLength(held);
  });

  test.each([
    [
      'the phase at once, the wrong cloud kept',
      { cloud: 'gcp', phase: 'large', keep: ['digitalocean'] },
      'leaves behind',
    ],
    ['another environment', { environment: 'staging' }, 'would delete every store of this stack, which is of prod'],
    ['a cloud kept where it never was', { keep: ['gcp'] }, 'on which this stack has noted no stores'],
    ['a project for a database that has one', { atlasProjectId: 'f'.repeat(24) }, 'the stack has a project of its own'],
  ])('refused before anything is made: %s', (_, changed, said) => {
    const held = JSON.stringify(lab.cloud());
    lab.configure('prod', changed);
    const { code, output } = lab.up();
    expect(code).not.toBe(0);
    expect(output).toContain(said);
    expect(JSON.stringify(lab.cloud())).toBe(held);
  });

  test('taken down by mistake: the preview stops at what is protected, and nothing is deleted', () => {
    const held = JSON.stringify(lab.cloud());
    lab.configure('prod');
    const { code, output } = lab.pulumi('destroy', '--yes', '--stack', lab.stack);
    expect(code).not.toBe(0);
    expect(output).toContain('because it is protected');
    expect(JSON.stringify(lab.cloud())).toBe(held);
  });

  test('with keep the new cloud comes up, services move, and every old store stays what it was', () => {
    lab.configure('prod', { cloud: 'gcp', keep: ['aws'] });
    const run = lab.up();
    expect(run.output).not.toContain('error:');
    expect(run.code).toBe(0);
    const after = lab.resources();
    expect(ids(after)).toMatchObject(before);
    expect(protectedBefore.length).toBeGreaterThan(5);
    expect(guarded(after)).toEqual(expect.arrayContaining(protectedBefore));
    const types = after.map(({ type }) => type);
    expect(types).toContain('gcp:compute/regionInstanceGroupManager:RegionInstanceGroupManager');
    expect(types).not.toContain('aws:autoscaling/group:Group');
    expect(storesOf(after, 'gcp').length).toBeGreaterThan(2);
    expect(lab.outputs().url).toBe('https://api.pulse.example.com');
    expect(changes(lab.again())).toEqual([]);
  });

  test('keep taken away is refused, and so are protected stores that are given up', () => {
    lab.configure('prod', { cloud: 'gcp' });
    expect(lab.preview().output).toContain('leaves behind stores');
    lab.configure('prod', { cloud: 'gcp', discardStores: ['aws'] });
    const { code, output } = lab.preview();
    expect(code).not.toBe(0);
    expect(output).toContain('still protected in prod');
  });

  test('given up in two updates, the first of which deletes no store', () => {
    lab.configure('prod', { cloud: 'gcp', keep: ['aws'], discardStores: ['aws'] });
    const lifted = lab.up();
    expect(lifted.output).not.toContain('error:');
    expect(lifted.code).toBe(0);
    expect(changes(lifted).filter(({ type, op }) => isStore(type) && op !== 'update')).toEqual([]);
    expect(ids(lab.resources())).toMatchObject(before);

    lab.configure('prod', { cloud: 'gcp', discardStores: ['aws'] });
    const gone = lab.up();
    expect(gone.output).not.toContain('error:');
    expect(gone.code).toBe(0);
    expect(Object.keys(ids(lab.resources())).filter((urn) => urn in before)).toEqual([]);
    expect(lab.resources().filter(({ type }) => type.startsWith('aws:'))).toEqual([]);
  });
});
