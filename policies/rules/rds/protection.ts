import { inProd } from '../../context';
import { expect, fail, inspect, type Judgement, pass, unknown } from '../../judge';
import { isReplica, rdsCluster, rdsInstance } from '../../relational';
import { isGivenUp } from '../../released';
import type { Resource, ResourceRule, StackRule } from '../../rule';
import { findEach, referredBy, refersTo } from '../../stack';
import { at, flag, list, numeric, present, show, text, UNKNOWN } from '../../values';

const types = [rdsInstance, rdsCluster];
const common = { severity: 'mandatory', scope: 'resource', types } as const;

export const encrypted: ResourceRule = {
  ...common,
  id: 'rds-encrypted',
  title: 'A database on RDS is encrypted at rest',
  why: 'Its storage, backups and snapshots are readable without it. It cannot be turned on later without a new database.',
  mend: 'Set storageEncrypted to true before the database is created.',
  controls: ['AWS FSBP RDS.3', 'AWS FSBP RDS.27', 'Checkov CKV_AWS_16', 'Checkov CKV_AWS_96', 'CIS AWS 2.3.1'],
  // A replica in the region of its source is as its source is.
  check: (resource) => [
    inspect(resource, ['storageEncrypted'], (on) =>
      flag(on) || isReplica(resource) ? undefined : `storageEncrypted is ${show(on)}`,
    ),
  ],
};

/** Days that any moment can be restored from in prod. */
const days = 7;

export const backup: ResourceRule = {
  ...common,
  id: 'rds-backup',
  title: `A database on RDS in prod can be restored to any moment of the last ${days} days`,
  why: 'A bad migration is often found days later, and without backups it is found too late.',
  mend: `Set backupRetentionPeriod to ${days} or more (overrides.relational.backupRetentionDays).`,
  controls: ['AWS FSBP RDS.11', 'Checkov CKV_AWS_133'],
  where: inProd,
  check: (resource) => [
    isReplica(resource)
      ? pass
      : inspect(resource, ['backupRetentionPeriod'], (kept) =>
          (numeric(kept) ?? 0) >= days ? undefined : `backupRetentionPeriod is ${show(kept)}`,
        ),
  ],
};

export const finalSnapshot: ResourceRule = {
  ...common,
  id: 'rds-final-snapshot',
  title: 'A database on RDS in prod leaves a last snapshot when it is deleted',
  why: 'Automated backups go with the database; what was deleted by mistake is then gone.',
  mend: 'Set skipFinalSnapshot to false and finalSnapshotIdentifier to a name (safety.finalSnapshot in the plan).',
  controls: [],
  where: inProd,
  check: (resource) =>
    isReplica(resource)
      ? [pass]
      : [
          inspect(resource, ['skipFinalSnapshot'], (skipped) =>
            flag(skipped) ? 'skipFinalSnapshot is true' : undefined,
          ),
          // That there is a name is known even where the name is not.
          expect(
            present(resource.props.finalSnapshotIdentifier),
            'finalSnapshotIdentifier is not set',
            'finalSnapshotIdentifier',
          ),
        ],
};

export const deletionProtection: ResourceRule = {
  ...common,
  id: 'rds-deletion-protection',
  title: 'A database on RDS in prod is protected against deletion',
  why: "AWS's own protection also holds in its console and for other tools.",
  mend: 'Set deletionProtection to true (safety.deletionProtection in the plan).',
  controls: ['AWS FSBP RDS.7', 'AWS FSBP RDS.8', 'Checkov CKV_AWS_293'],
  where: inProd,
  check: (resource) =>
    isReplica(resource) || isGivenUp(resource)
      ? [pass]
      : [
          inspect(resource, ['deletionProtection'], (on) =>
            flag(on) ? undefined : `deletionProtection is ${show(on)}`,
          ),
        ],
};

const parameterGroups: Record<string, { type: string; property: string }> = {
  [rdsInstance]: { type: 'aws:rds/parameterGroup:ParameterGroup', property: 'parameterGroupName' },
  [rdsCluster]: {
    type: 'aws:rds/clusterParameterGroup:ClusterParameterGroup',
    property: 'dbClusterParameterGroupName',
  },
};
/** What makes a server turn away who does not speak TLS, by its engine's name for it. */
const forced: Record<string, RegExp> = { 'rds.force_ssl': /^1$/, require_secure_transport: /^(1|ON)$/i };

export const forcedTls: StackRule = {
  ...common,
  scope: 'stack',
  id: 'rds-forced-tls',
  title: 'A database on RDS turns away connections without TLS',
  why: 'A client that does not ask for TLS sends its password and all data in plain text.',
  mend: 'Give it a parameter group with rds.force_ssl = 1 (PostgreSQL) or require_secure_transport = ON (MySQL).',
  controls: [],
  check: (stack) =>
    findEach(stack, types, (resource): Judgement[] => {
      const { type, property } = parameterGroups[resource.type]!;
      const groups = stack.ofType(type).map((group) => ({ group, own: refersTo(resource, property, group) }));
      const found = groups.find(({ own }) => own === true)?.group;
      if (found) return [speaksTls(found)];
      return [
        groups.some(({ own }) => own === UNKNOWN) ? unknown(property) : fail('it has no parameter group of its own'),
      ];
    }),
};

function speaksTls(group: Resource): Judgement {
  return inspect(group, ['parameters'], (parameters) => {
    if (list(parameters).includes(UNKNOWN)) return UNKNOWN;
    const on = list(parameters).some((one) => forced[text(at(one, 'name'))]?.test(text(at(one, 'value'))));
    return on ? undefined : `its parameter group ${group.name} does not force TLS`;
  });
}

export const managedPassword: StackRule = {
  ...common,
  scope: 'stack',
  types: [rdsInstance],
  id: 'rds-no-managed-password-with-replicas',
  title: 'A database with replicas has a password of the stack’s own',
  why: 'RDS refuses a password that it manages itself on an instance that has replicas: the next update would stop there.',
  mend: 'Leave manageMasterUserPassword out and keep a generated password in a secret that rotates.',
  controls: [],
  check: (stack) =>
    findEach(stack, [rdsInstance], (resource) => {
      const managed = at(resource.props, 'manageMasterUserPassword');
      if (managed !== UNKNOWN && !flag(managed)) return [pass];
      const copied = referredBy(stack.ofType(rdsInstance), 'replicateSourceDb', resource);
      if (copied === false) return [pass];
      if (copied === UNKNOWN || managed === UNKNOWN) return [unknown('manageMasterUserPassword')];
      return [fail('RDS manages its password, and it has replicas')];
    }),
};

export const proxyTls: ResourceRule = {
  ...common,
  id: 'rds-proxy-tls',
  title: 'A database proxy turns away connections without TLS',
  why: 'Behind the proxy the parameter of the database is satisfied, whatever a client speaks with the proxy.',
  mend: 'Set requireTls to true.',
  controls: [],
  types: ['aws:rds/proxy:Proxy'],
  check: (resource) => [
    inspect(resource, ['requireTls'], (on) => (flag(on) ? undefined : `requireTls is ${show(on)}`)),
  ],
};

export const rdsProtectionRules = [
  encrypted,
  backup,
  finalSnapshot,
  deletionProtection,
  forcedTls,
  managedPassword,
  proxyTls,
];
