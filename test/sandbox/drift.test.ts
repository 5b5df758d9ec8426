import { drift } from '../../sandbox';
import { getAdvancedCluster } from '../../sandbox/mongodbatlas/functions';
import { Cloud } from '../../sandbox/model/cloud';
import { typeOf } from '../../sandbox';
import type { Bag } from '../../sandbox/model/values';
import { dedicated, makeNetwork, TestCloud, tenant } from './cloud';

let cloud: TestCloud;
beforeEach(() => (cloud = new TestCloud()));
afterEach(() => cloud.close());

const clusterType = 'mongodbatlas:index/advancedCluster:AdvancedCluster';
const project = () => cloud.make('mongodbatlas:index/project:Project', 'p', { orgId: '0'.repeat(24) }).id;
const sizeIn = (bag: Bag | undefined): unknown =>
  JSON.parse(JSON.stringify(bag ?? {})).replicationSpecs?.[0].regionConfigs[0].electableSpecs;

function makeGroup(more: Bag = {}): Bag {
  const { subnets } = makeNetwork(cloud);
  const id = cloud.make('aws:ec2/launchTemplate:LaunchTemplate', 'lt', {}).id;
  const inputs = {
    minSize: 2,
    maxSize: 10,
    vpcZoneIdentifiers: subnets,
    launchTemplate: { id, version: '1' },
    ...more,
  };
  cloud.make('aws:autoscaling/group:Group', 'group', inputs);
  return inputs;
}

test('a refresh right after a run finds nothing changed, for every kind of store', () => {
  makeGroup({ desiredCapacity: 2 });
  const id = project();
  cloud.make(clusterType, 'cluster', dedicated(id, { useEffectiveFields: true }));
  for (const name of ['net', 'public-a', 'lt', 'group', 'p', 'cluster']) {
    const before = cloud.of(name);
    expect(cloud.refresh(name)).toEqual({ id: before.id, inputs: before.inputs, outputs: before.outputs });
  }
});

test('a refresh finds the group’s actual capacity, and an update of something else leaves it alone', () => {
  const inputs = makeGroup({ desiredCapacity: 2 });
  const before = cloud.of('group');
  drift(cloud.store, { target: 'autoscaling/group', set: { desiredCapacity: 7 } });
  cloud.change('group', { ...inputs, desiredCapacity: 2, defaultCooldown: 60 });
  expect(cloud.of('group').outputs.desiredCapacity).toBe(7);
  expect(before.outputs.desiredCapacity).toBe(2);
  expect(cloud.refresh('group')?.inputs).toMatchObject({ desiredCapacity: 7 });
  expect(
    cloud.diff('group', { ...inputs, desiredCapacity: 2, defaultCooldown: 60 }).map(({ path }) => path[0]),
  ).toEqual(['desiredCapacity']);
});

test('a capacity that the program leaves to the cloud shows as an output alone', () => {
  const inputs = makeGroup();
  drift(cloud.store, { target: 'group', set: { desiredCapacity: 7 } });
  const found = cloud.refresh('group');
  expect(found?.outputs.desiredCapacity).toBe(7);
  expect(cloud.diff('group', inputs)).toEqual([]);
  expect(cloud.change('group', { ...inputs, maxSize: 5 }).desiredCapacity).toBe(5);
});

test('a higher least moves the group, and a provider that waits for its old number waits in vain', () => {
  // What the program ignores goes on being what it was.
  const inputs = makeGroup({ desiredCapacity: 2, waitForCapacityTimeout: '0s' });
  cloud.change('group', { ...inputs, minSize: 3 });
  expect(cloud.refresh('group')?.outputs.desiredCapacity).toBe(3);
  const waiting = { ...inputs, desiredCapacity: 3, waitForCapacityTimeout: '15m', minSize: 4 };
  expect(() => cloud.change('group', waiting)).toThrow(/want exactly 3 healthy instance\(s\).*, have 4/);
});

describe('an Atlas cluster that Atlas has scaled to M40, with a fifth more disk', () => {
  const scale = () => drift(cloud.store, { target: 'cluster', atlasTier: 'M40', atlasDiskPercent: 20 });
  const actual = () => cloud.store.list().find(({ type }) => type === clusterType)?.actual;

  test('with effective fields the program sees what it wrote, and reverts nothing', () => {
    const inputs = dedicated(project(), { useEffectiveFields: true });
    cloud.make(clusterType, 'cluster', inputs);
    const before = cloud.of('cluster');
    scale();
    expect(cloud.refresh('cluster')).toEqual({ id: before.id, inputs: before.inputs, outputs: before.outputs });
    cloud.change('cluster', { ...inputs, backupEnabled: true });
    expect(actual()).toMatchObject({ instanceSize: 'M40', diskSizeGb: 48 });
    const view = getAdvancedCluster(
      { name: before.outputs.name ?? '', projectId: inputs.projectId ?? '' },
      new Cloud(cloud.store, '', typeOf),
    );
    expect(JSON.stringify(view)).toContain(
      '"effectiveElectableSpecs":{"instanceSize":"M40","nodeCount":3,"diskSizeGb":48}',
    );
  });

  test('with effective fields a new tier has no effect while Atlas scales, and an excluding range is refused', () => {
    const id = project();
    const effective = { useEffectiveFields: true };
    const scaling = {
      computeEnabled: true,
      computeScaleDownEnabled: true,
      computeMinInstanceSize: 'M30',
      computeMaxInstanceSize: 'M60',
      diskGbEnabled: true,
    };
    cloud.make(clusterType, 'cluster', dedicated(id, effective));
    scale();
    cloud.change(
      'cluster',
      dedicated(id, effective, { electableSpecs: { instanceSize: 'M50', nodeCount: 3, diskSizeGb: 40 } }),
    );
    expect(actual()).toMatchObject({ instanceSize: 'M40' });
    const narrow = { autoScaling: { ...scaling, computeMaxInstanceSize: 'M30' } };
    expect(() => cloud.change('cluster', dedicated(id, effective, narrow))).toThrow(/OUT_OF_RANGE/);
  });

  test('without effective fields the program fights the autoscaler', () => {
    const inputs = dedicated(project());
    cloud.make(clusterType, 'cluster', inputs);
    scale();
    expect(sizeIn(cloud.refresh('cluster')?.inputs)).toMatchObject({ instanceSize: 'M40', diskSizeGb: 48 });
    expect(
      cloud
        .diff('cluster', inputs)
        .map(({ path }) => path.at(-1))
        .sort(),
    ).toEqual(['diskSizeGb', 'instanceSize']);
    cloud.change('cluster', inputs);
    expect(actual()).toMatchObject({ instanceSize: 'M30', diskSizeGb: 40 });
  });
});

describe('tiers of Atlas', () => {
  const fixed = (id: string, instanceSize: string, more: Bag = {}) =>
    dedicated(id, more, { electableSpecs: { instanceSize, nodeCount: 3 }, autoScaling: { computeEnabled: false } });

  test('a dedicated cluster changes its tier in place', () => {
    const id = project();
    const made = cloud.make(clusterType, 'cluster', fixed(id, 'M10'));
    expect(cloud.diff('cluster', fixed(id, 'M30')).some(({ replaces }) => replaces)).toBe(false);
    const outputs = cloud.change('cluster', fixed(id, 'M30'));
    expect(sizeIn(outputs)).toMatchObject({ instanceSize: 'M30' });
    expect(outputs.connectionStrings).toEqual(made.connectionStrings);
  });

  test('a shared cluster is upgraded with its backups alone, has the rest after the next update, and never comes back', () => {
    const id = project();
    cloud.make(clusterType, 'cluster', tenant(id));
    const wanted = dedicated(id, { backupEnabled: true, pitEnabled: true, tags: { Phase: 'small' } });
    const upgraded = cloud.change('cluster', wanted);
    expect(upgraded).toMatchObject({ backupEnabled: true, pitEnabled: false });
    expect(sizeIn(upgraded)).toMatchObject({ instanceSize: 'M30' });
    cloud.refresh('cluster');
    expect(new Set(cloud.diff('cluster', wanted).map(({ path }) => path[0]))).toEqual(
      new Set(['pitEnabled', 'replicationSpecs', 'tags']),
    );
    expect(cloud.change('cluster', wanted)).toMatchObject({ pitEnabled: true, tags: { Phase: 'small' } });
    cloud.refresh('cluster');
    expect(cloud.diff('cluster', wanted)).toEqual([]);
    expect(() => cloud.change('cluster', tenant(id))).toThrow(/cannot become a shared one/);
  });

  test('nothing else of a shared cluster can be changed', () => {
    const id = project();
    cloud.make(clusterType, 'cluster', tenant(id, { tags: { Phase: 'small' } }));
    expect(() => cloud.change('cluster', tenant(id, { tags: { Phase: 'medium' } }))).toThrow(
      /TENANT_CLUSTER_UPDATE_UNSUPPORTED/,
    );
  });

  test('private connection strings come with the project’s endpoint, for dedicated clusters alone', () => {
    const { vpcId, subnets, group } = makeNetwork(cloud);
    const id = project();
    const bare = cloud.make(clusterType, 'before', fixed(id, 'M10'));
    expect(bare.connectionStrings).toMatchObject({ privateEndpoints: [] });
    const link = cloud.make('mongodbatlas:index/privateLinkEndpoint:PrivateLinkEndpoint', 'link', {
      projectId: id,
      providerName: 'AWS',
      region: 'us-east-1',
    });
    const endpoint = cloud.make('aws:ec2/vpcEndpoint:VpcEndpoint', 'endpoint', {
      vpcId,
      vpcEndpointType: 'Interface',
      serviceName: link.endpointServiceName ?? '',
      subnetIds: subnets,
      securityGroupIds: [group],
    });
    cloud.make('mongodbatlas:index/privateLinkEndpointService:PrivateLinkEndpointService', 'service', {
      projectId: id,
      privateLinkId: link.privateLinkId ?? '',
      endpointServiceId: endpoint.id,
      providerName: 'AWS',
    });
    const after = cloud.make(clusterType, 'after', fixed(id, 'M10', { name: 'pulse' }));
    expect(JSON.stringify(after.connectionStrings)).toMatch(
      /"srvConnectionString":"mongodb\+srv:\/\/pulse-pl-0\.[a-z0-9]{5}\.mongodb\.net"/,
    );
    expect(JSON.stringify(cloud.refresh('before')?.outputs)).toContain('-pl-0.');
    const shared = cloud.make(clusterType, 'shared', tenant(id));
    expect(shared.connectionStrings).toMatchObject({ privateEndpoints: [] });
  });
});

test('what is drifted must exist, and can be deleted behind the program', () => {
  expect(() => drift(cloud.store, { target: 'nothing' })).toThrow(/nothing in the sandbox is called nothing/);
  cloud.make('aws:sns/topic:Topic', 'alerts', {});
  drift(cloud.store, { target: 'alerts', remove: true });
  expect(cloud.refresh('alerts')).toBeUndefined();
});
