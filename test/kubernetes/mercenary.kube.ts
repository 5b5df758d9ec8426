import { changes } from '../engine/lab';
import { waitingPods } from './cluster/looking';
import { RowsWalk } from './cluster/rows-walk';

const settings = {
  system: 'mercenary',
  cloud: 'kubernetes',
  domain: 'api.mercenary.example.com',
  atlasOrganizationId: undefined,
  images: {
    api: 'ghcr.io/example/mercenary-api:1.4.2@sha256:ebcbe8a7b0605e19aa3303cf6d1784ad41b25cc28a39a7412b2c6297545e75b4',
  },
  kubernetes: {
    certificateIssuer: 'letsencrypt',
    monitoring: true,
    objectStore: { endpoint: 'https://s3.example.com', region: 'eu-central-1', bucketPrefix: 'mercenary-prod' },
  },
};

/** Mercenary of prod on a real API server. */
let walk: RowsWalk;
beforeAll(async () => {
  walk = await RowsWalk.start(settings);
});
afterAll(() => walk?.stop());

const instances = (): number => {
  const { standby, replicas } = walk.plan.relationalDatabase!;
  return 1 + (standby ? 1 : 0) + replicas.min;
};

test('up at Large: every pod is ready on the plan’s nodes, and a second up changes nothing', async () => {
  walk.at('large');
  walk.succeeded(walk.lab.up());
  await walk.settled(instances());
  expect(await waitingPods(walk.plane.api)).toEqual([]);
  const run = walk.lab.up('--refresh');
  expect(changes(walk.succeeded(run))).toEqual([]);
});

test('what runs by the calendar is a Job that the namespace lets in, and that ends', async () => {
  const [cron, ...more] = await walk.plane.api.list('batch/v1', 'CronJob', walk.namespace);
  expect([more, cron?.spec.concurrencyPolicy, cron?.spec.timeZone]).toEqual([[], 'Forbid', 'Etc/UTC']);
  const metadata = { name: 'by-hand', namespace: walk.namespace };
  await walk.plane.api.apply({ apiVersion: 'batch/v1', kind: 'Job', metadata, spec: cron!.spec.jobTemplate.spec });
  await walk.plane.until('the job is done', async () => {
    const job = await walk.plane.api.must('batch/v1', 'Job', walk.namespace, 'by-hand');
    return job.status?.conditions?.some(({ type, status }) => type === 'Complete' && status === 'True') ?? false;
  });
  await walk.plane.api.remove('batch/v1', 'Job', walk.namespace, 'by-hand');
});

test('destroy, once the stores are let go: the namespace is gone, and everything in it', async () => {
  expect(walk.lab.destroy().code).not.toBe(0);
  walk.lab.must('state', 'unprotect', '--all', '--yes', '--stack', walk.lab.stack);
  walk.succeeded(walk.lab.destroy());
  expect(await walk.plane.api.get('v1', 'Namespace', '', walk.namespace)).toBeUndefined();
  expect(walk.lab.resources()).toEqual([]);
});
