import { fromLarge, inStagingAndProd } from '../../context';
import { expect, fail, inspect, inspectEach, type Judgement, pass, unknown } from '../../judge';
import { statementsOf } from '../../policy-document';
import { expectsStandby } from '../../relational';
import type { ResourceRule, StackRule } from '../../rule';
import { findEach, referrer } from '../../stack';
import { at, flag, list, numeric, present, show, text, UNKNOWN } from '../../values';

const database = ['digitalocean:index/databaseCluster:DatabaseCluster'];
const replica = 'digitalocean:index/databaseReplica:DatabaseReplica';
const trusted = ['digitalocean:index/databaseFirewall:DatabaseFirewall'];
const bucket = ['digitalocean:index/spacesBucket:SpacesBucket'];
const common = { severity: 'mandatory', scope: 'resource' } as const;

export const privateNetwork: ResourceRule = {
  ...common,
  id: 'do-database-private-network',
  title: "A managed database is in the stack's own network",
  why: "Otherwise it lands in the region's default network, with whatever else is there.",
  mend: 'Set privateNetworkUuid to the VPC, and connect to privateHost.',
  controls: [],
  types: [...database, replica],
  // That one is set is known even where its id is not.
  check: (resource) => [
    expect(present(resource.props.privateNetworkUuid), 'privateNetworkUuid is not set', 'privateNetworkUuid'),
  ],
};

export const trustedSources: StackRule = {
  ...common,
  scope: 'stack',
  id: 'do-database-trusted-sources',
  title: 'A managed database takes connections from named droplets, clusters or ranges only',
  why: 'Without trusted sources the whole internet may try passwords.',
  mend: "Add a DatabaseFirewall with rules of type 'tag', 'k8s' or 'droplet'.",
  controls: [],
  types: [...database, replica],
  check: (stack) =>
    findEach(stack, [...database, replica], (resource): Judgement[] => {
      const guard = referrer(stack.ofType(...trusted), 'clusterId', resource);
      if (guard === undefined) return [fail('it has no trusted sources')];
      if (guard === UNKNOWN) return [unknown('clusterId')];
      const rules = guard.props.rules;
      if (rules !== UNKNOWN && !present(rules)) return [fail('its trusted sources are empty')];
      return inspectEach(guard, 'rules', (rule, path) => {
        const value = at(rule, 'value');
        if (value === UNKNOWN) return at(rule, 'type') === 'ip_addr' ? unknown(`${path}.value`) : pass;
        return /\/0$|^0\.0\.0\.0$|^::$/.test(text(value)) ? fail(`${show(value)} may connect`) : pass;
      });
    }),
};

export const standby: ResourceRule = {
  ...common,
  id: 'do-database-standby',
  title: 'From Large, a managed database has a standby node; a relational one from the phase that its system names',
  why: 'With one node a repair of its host is an outage of the whole system. Replicas of Large are not promoted by themselves.',
  mend: 'Set nodeCount to 2 or more (3 for MongoDB; overrides.relational.standby).',
  controls: [],
  types: database,
  where: fromLarge,
  check: (resource, context) => [
    inspect(resource, ['nodeCount', 'engine'], (count, engine) => {
      if ((numeric(count) ?? 0) >= 2) return undefined;
      const due = /^(pg|mysql)$/.test(text(engine)) ? expectsStandby(context) : true;
      return due === true ? `nodeCount is ${show(count)}` : due === UNKNOWN ? UNKNOWN : undefined;
    }),
  ],
};

export const storageGrows: ResourceRule = {
  ...common,
  id: 'do-database-storage-grows',
  title: 'The storage of a managed PostgreSQL or MySQL grows by itself',
  why: 'A database whose disk is full takes no more writes.',
  mend: 'Set storageAutoscale.enabled to true.',
  controls: [],
  types: database,
  check: (resource) => [
    inspect(resource, ['engine', 'storageAutoscale.enabled'], (engine, on) =>
      !/^(pg|mysql)$/.test(text(engine)) || flag(on) ? undefined : `storageAutoscale.enabled is ${show(on)}`,
    ),
  ],
};

export const mongoMembers: ResourceRule = {
  ...common,
  id: 'do-mongodb-members',
  title: 'A managed MongoDB has three members in staging and prod',
  why: 'One member cannot elect another, and what it confirmed is lost with it.',
  mend: 'Set nodeCount to 3.',
  controls: [],
  types: database,
  where: inStagingAndProd,
  check: (resource) => [
    inspect(resource, ['engine', 'nodeCount'], (engine, count) =>
      engine !== 'mongodb' || (numeric(count) ?? 0) >= 3 ? undefined : `nodeCount is ${show(count)}`,
    ),
  ],
};

export const privateSpace: ResourceRule = {
  ...common,
  id: 'do-space-private',
  title: 'A Space is private',
  why: 'A public one lists its objects to everybody.',
  mend: "Leave acl out, or set it to 'private'; objects that everybody may read are served through the CDN.",
  controls: ['Checkov CKV_DIO_3', 'Trivy AVD-DIG-0006'],
  types: [...bucket, 'digitalocean:index/spacesBucketPolicy:SpacesBucketPolicy'],
  check(resource) {
    if (resource.type === bucket[0]) {
      return [
        inspect(resource, ['acl'], (acl) => (!present(acl) || acl === 'private' ? undefined : `acl is ${show(acl)}`)),
      ];
    }
    const statements = statementsOf(resource.props.policy);
    if (statements === UNKNOWN) return [unknown('policy')];
    return statements.map((statement) => {
      const open = statement.allows && !present(statement.condition) && statement.actions.some(listsOrWrites);
      const everybody = statement.principals.some((who) => who === '*' || list(at(who, 'AWS')).includes('*'));
      return expect(!(open && everybody), 'its policy lets everybody list or write', 'policy');
    });
  },
};

const listsOrWrites = (action: unknown) => typeof action === 'string' && !/^s3:GetObject/i.test(action);

export const spaceVersioning: ResourceRule = {
  ...common,
  id: 'do-space-versioning',
  title: 'A Space keeps old versions',
  why: 'A file overwritten or deleted by mistake is otherwise gone.',
  mend: 'Set versioning.enabled to true, and a lifecycle rule that removes old versions.',
  controls: ['Checkov CKV_DIO_1', 'Trivy AVD-DIG-0007'],
  types: bucket,
  check: (resource) => [
    inspect(resource, ['versioning.enabled'], (on) => (flag(on) ? undefined : `versioning.enabled is ${show(on)}`)),
  ],
};

export const doStoreRules = [
  privateNetwork,
  trustedSources,
  standby,
  storageGrows,
  mongoMembers,
  privateSpace,
  spaceVersioning,
];
