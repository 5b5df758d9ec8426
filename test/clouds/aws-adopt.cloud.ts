import { Store, typeOf } from '../../sandbox';
import { awsPackage } from '../../sandbox/aws';
import type { Bag } from '../../sandbox/model/values';
import { Provider } from '../../sandbox/server/provider';
import { changes, Lab, type Run } from '../engine/lab';
import { lostStores } from '../engine/stores';

const TYPE = 'aws:rds/instance:Instance';

/** What somebody made by hand, with settings unlike ours. */
const byHand: Bag = {
  identifier: 'shop-old',
  engine: 'postgres',
  engineVersion: '16.4',
  instanceClass: 'db.m6g.large',
  dbName: 'shop',
  username: 'founder',
  password: 'made-by-hand-once',
  allocatedStorage: 60,
  maxAllocatedStorage: 200,
  storageType: 'gp2',
  storageEncrypted: false,
  multiAz: true,
  port: 5433,
  backupRetentionPeriod: 14,
  backupWindow: '01:00-01:30',
  maintenanceWindow: 'sat:06:00-sat:07:00',
  deletionProtection: false,
  skipFinalSnapshot: true,
  publiclyAccessible: true,
  tags: { Owner: 'founder' },
};

/** A database that was there before becomes the stack's own: the first update changes nothing of it. */
let lab: Lab;

beforeAll(() => {
  lab = new Lab('dev', 'test/components/aws/programs/databases/main.js');
  const provider = new Provider(awsPackage, new Store(lab.store), typeOf);
  const subject = {
    config: { region: 'us-east-1', values: {} },
    type: TYPE,
    name: 'old',
    urn: `urn:pulumi:hand::hand::${TYPE}::old`,
  };
  const { inputs, problems } = provider.check(subject, {}, byHand, Buffer.from('old'));
  expect(problems).toEqual([]);
  provider.create(subject, inputs);
});
afterAll(() => lab.close());

const configure = (imported: boolean, phase = 'small'): void =>
  lab.configure('dev', {
    'databases:phase': phase,
    'databases:adopted': { id: 'shop-old', imported },
  });
const old = () => {
  const found = lab.cloud().find(({ type, inputs }) => type === TYPE && inputs.identifier === 'shop-old');
  if (!found) throw new Error('the adopted database is gone');
  return found;
};
const succeeded = (run: Run): Run => {
  if (run.code !== 0) throw new Error(`the engine ended with ${run.code}:\n${run.output}`);
  return run;
};
const ofDatabase = (run: Run) => run.operations.filter(({ type }) => type === TYPE);

test('the first update imports it and changes nothing of it; a second one changes nothing at all', () => {
  const before = old();
  configure(false);
  const run = succeeded(lab.up());
  expect(ofDatabase(run).map(({ op, name }) => `${op} ${name}`)).toEqual(['import shop-db']);
  expect(old()).toMatchObject({ id: before.id, inputs: before.inputs, state: before.state });
  expect(changes(succeeded(lab.again()))).toEqual([]);
});

test('from then on it is changed in place, and keeps what would replace it', () => {
  const before = old();
  configure(true);
  // The program's version is the newer one, so the upgrade is among what the update makes.
  const run = succeeded(lab.up());
  expect(lostStores(run)).toEqual([]);
  expect(ofDatabase(run).map(({ op }) => op)).toEqual(['update']);
  expect(old()).toMatchObject({
    id: before.id,
    inputs: {
      instanceClass: 'db.t3.small',
      allocatedStorage: 60, // more than the program begins with, and storage never shrinks
      engineVersion: '17',
      storageType: 'gp3',
      publiclyAccessible: false,
      backupRetentionPeriod: 7,
      port: 5432, // where services, poolers and security groups look for it
      // Another value of any of these would be another database.
      storageEncrypted: false,
      username: 'founder',
    },
  });
  expect(changes(succeeded(lab.again()))).toEqual([]);
});

test('and it grows with the ladder as one that the stack made', () => {
  const before = old();
  configure(true, 'large');
  const run = succeeded(lab.up());
  expect(lostStores(run)).toEqual([]);
  expect(old()).toMatchObject({ id: before.id, inputs: { instanceClass: 'db.m5.large', allocatedStorage: 100 } });
  expect(changes(succeeded(lab.again()))).toEqual([]);
});
