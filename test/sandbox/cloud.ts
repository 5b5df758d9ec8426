import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packages, Store, typeOf } from '../../sandbox';
import type { Change } from '../../sandbox/server/diff';
import { Provider, type Answer, type Subject } from '../../sandbox/server/provider';
import type { Bag } from '../../sandbox/model/values';

/** A sandbox in a folder of its own, driven without the wire: what the engine would do, call by call. */
export class TestCloud {
  readonly folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  readonly store = new Store(this.folder);
  private readonly known = new Map<string, { type: string; name: string; id: string; inputs: Bag; outputs: Bag }>();

  constructor(readonly region: string | undefined = 'us-east-1') {}

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Check and Create; gives the outputs with `id` among them. */
  make(type: string, name: string, inputs: Bag): Bag & { id: string } {
    const checked = this.check(type, name, inputs);
    if (checked.problems.length > 0) throw new Error(checked.problems.map(({ reason }) => reason).join('\n'));
    const answer = this.provider(type).create(this.subject(type, name), checked.inputs);
    this.known.set(name, { type, name, id: answer.id, inputs: checked.inputs, outputs: answer.outputs });
    return { ...answer.outputs, id: answer.id };
  }

  /** Check and Update with the given inputs in the place of the old ones. */
  change(name: string, inputs: Bag): Bag {
    const old = this.of(name);
    const checked = this.check(old.type, name, inputs, old.inputs);
    if (checked.problems.length > 0) throw new Error(checked.problems.map(({ reason }) => reason).join('\n'));
    const subject = this.subject(old.type, name);
    const outputs = this.provider(old.type).update(subject, old.id, old.outputs, old.inputs, checked.inputs);
    this.known.set(name, { ...old, inputs: checked.inputs, outputs });
    return outputs;
  }

  /** What an update to these inputs would be: the paths that change, and those that replace. */
  diff(name: string, inputs: Bag): Change[] {
    const old = this.of(name);
    const checked = this.check(old.type, name, inputs, old.inputs);
    return this.provider(old.type).diff(this.subject(old.type, name), old.inputs, checked.inputs).changes;
  }

  /** What a refresh finds; undefined when the resource is gone. */
  refresh(name: string): (Answer & { inputs: Bag }) | undefined {
    const old = this.of(name);
    const found = this.provider(old.type).read(this.subject(old.type, name), old.id, old.outputs, old.inputs);
    if (found) this.known.set(name, { ...old, inputs: found.inputs, outputs: found.outputs });
    return found;
  }

  delete(name: string): void {
    const old = this.of(name);
    this.provider(old.type).remove(this.subject(old.type, name), old.id, old.outputs);
    this.known.delete(name);
  }

  check(type: string, name: string, inputs: Bag, olds: Bag = {}): ReturnType<Provider['check']> {
    return this.provider(type).check(this.subject(type, name), olds, inputs, Buffer.from(name));
  }

  /** The reasons for which Check refuses. */
  refusals(type: string, inputs: Bag): string[] {
    return this.check(type, 'test', inputs).problems.map(({ reason }) => reason);
  }

  provider(type: string): Provider {
    const pkg = packages.find(({ name }) => name === type.split(':')[0]);
    if (!pkg) throw new Error(`no package for ${type}`);
    return new Provider(pkg, this.store, typeOf);
  }

  subject(type: string, name: string): Subject {
    const urn = `urn:pulumi:dev::test::${type}::${name}`;
    return { config: { region: this.region, values: {} }, type, name, urn };
  }

  of(name: string): { type: string; name: string; id: string; inputs: Bag; outputs: Bag } {
    const found = this.known.get(name);
    if (!found) throw new Error(`the test made no ${name}`);
    return found;
  }
}

/** A network with two public subnets, as a load balancer needs it. */
export function makeNetwork(cloud: TestCloud): { vpcId: string; subnets: string[]; group: string } {
  const vpc = cloud.make('aws:ec2/vpc:Vpc', 'net', { cidrBlock: '10.0.0.0/16' });
  cloud.make('aws:ec2/internetGateway:InternetGateway', 'gateway', { vpcId: vpc.id });
  const subnets = ['a', 'b'].map((zone, index) => {
    const inputs = { vpcId: vpc.id, cidrBlock: `10.0.${index}.0/24`, availabilityZone: `us-east-1${zone}` };
    return cloud.make('aws:ec2/subnet:Subnet', `public-${zone}`, inputs).id;
  });
  const group = cloud.make('aws:ec2/securityGroup:SecurityGroup', 'balancer-group', { vpcId: vpc.id });
  return { vpcId: vpc.id, subnets, group: group.id };
}

const regionConfig = {
  providerName: 'AWS',
  regionName: 'US_EAST_1',
  priority: 7,
  electableSpecs: { instanceSize: 'M30', nodeCount: 3, diskSizeGb: 40 },
  autoScaling: {
    computeEnabled: true,
    computeScaleDownEnabled: true,
    computeMinInstanceSize: 'M30',
    computeMaxInstanceSize: 'M60',
    diskGbEnabled: true,
  },
};

/** A dedicated cluster that Atlas scales. */
export function dedicated(projectId: string, more: Bag = {}, region: Bag = {}): Bag {
  return {
    projectId,
    clusterType: 'REPLICASET',
    replicationSpecs: [{ regionConfigs: [{ ...regionConfig, ...region }] }],
    ...more,
  };
}

/** The free shared cluster. */
export function tenant(projectId: string, more: Bag = {}): Bag {
  const region = {
    providerName: 'TENANT',
    backingProviderName: 'AWS',
    regionName: 'US_EAST_1',
    priority: 7,
    electableSpecs: { instanceSize: 'M0' },
  };
  return { projectId, clusterType: 'REPLICASET', replicationSpecs: [{ regionConfigs: [region] }], ...more };
}

/** A replication group in cluster mode with one shard and no replica: the shape at Small. */
export const smallCache: Bag = {
  description: 'cache',
  engine: 'valkey',
  engineVersion: '8.0',
  nodeType: 'cache.t4g.micro',
  clusterMode: 'enabled',
  numNodeGroups: 1,
  replicasPerNodeGroup: 0,
  automaticFailoverEnabled: true,
  multiAzEnabled: false,
  transitEncryptionEnabled: true,
  atRestEncryptionEnabled: true,
};
