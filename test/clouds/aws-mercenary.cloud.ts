import { changes, Lab, type Run } from '../engine/lab';
import { lostStores } from '../engine/stores';
import { mercenaryImages } from './images';

/** Mercenary on AWS's instances in dev, on the engine: what scales, and what rests out of hours, has one owner. */
describe('mercenary on aws, in dev', () => {
  let lab: Lab;

  beforeAll(() => {
    lab = new Lab('dev');
  });
  afterAll(() => lab.close());

  const configure = (phase: string) =>
    lab.configure('dev', { system: 'mercenary', phase, atlasOrganizationId: undefined, images: mercenaryImages });
  const ofType = (type: string) => lab.cloud().filter((resource) => resource.type.endsWith(`:${type}`));
  const sizes = () =>
    Object.fromEntries(
      ofType('Group')
        .filter(({ type }) => type.startsWith('aws:autoscaling'))
        .map(({ urn, inputs }) => [
          urn
            .split('::')
            .pop()!
            .replace(/^mercenary-dev-/, ''),
          [inputs.minSize, inputs.maxSize, inputs.desiredCapacity],
        ]),
    );

  test('comes up, and again without a change', () => {
    configure('small');
    succeeded(lab.up());
    expect(changes(succeeded(lab.again()))).toEqual([]);
    expect(sizes()).toEqual({ 'api-use1': [2, 20, 2], 'celery-use1': [2, 3, 2] });
    expect(ofType('LifecycleHook').map(({ inputs }) => inputs.heartbeatTimeout)).toEqual([660]);
    expect(
      ofType('ListenerRule')
        .map(({ inputs }) => inputs.priority)
        .sort(),
    ).toEqual([10, 20, 30]);
  });

  test('in the evening groups go to nothing, and no update wakes them', () => {
    const asleep = ['--set', 'minSize=0', 'maxSize=0', 'desiredCapacity=0'];
    lab.ladder('sandbox', 'drift', '--store', lab.store, 'autoscaling/group', ...asleep);
    const resting = sizes();
    expect(Object.values(resting)).toContainEqual([0, 0, 0]);
    expect(changes(succeeded(lab.again('--refresh')))).toEqual([]);
    expect(sizes()).toEqual(resting);
  });

  test('a promotion at night keeps every store, wakes nobody, and gives the morning its new sizes', () => {
    const resting = sizes();
    configure('large');
    const run = succeeded(lab.up());
    expect(lostStores(run)).toEqual([]);
    expect(sizes()).toEqual(resting);
    const mornings = ofType('Schedule').filter(({ inputs }) => inputs.scheduledActionName === 'work-begins');
    expect(mornings.map(({ inputs }) => [inputs.minSize, inputs.maxSize]).sort()).toEqual([
      [2, 20],
      [5, 10],
    ]);
    expect(changes(succeeded(lab.again()))).toEqual([]);
  });

  test('it goes down to nothing', () => {
    succeeded(lab.destroy());
    expect(lab.cloud().map(({ type, id }) => `${type} ${id}`)).toEqual([]);
  });
});

function succeeded(run: Run): Run {
  if (run.code !== 0) throw new Error(`the engine ended with ${run.code}:\n${run.output}`);
  return run;
}
