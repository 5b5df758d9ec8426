import { expect, inspect, type Judgement, pass } from '../../judge';
import { clusterInstance, isReplica, rdsCluster, rdsInstance } from '../../relational';
import type { ResourceRule, StackRule } from '../../rule';
import { findEach } from '../../stack';
import { flag, numeric, present, show, text } from '../../values';

const instances = [rdsInstance, clusterInstance];
const common = { severity: 'advisory', scope: 'resource' } as const;

/** MySQL on the smallest burstable classes has no room for it, and RDS refuses it there. */
const tooSmall = /^db\.(t2|t3|t4g)\.(micro|small)$/;

export const performanceInsights: ResourceRule = {
  ...common,
  id: 'rds-performance-insights',
  title: 'Performance Insights is on',
  why: 'It tells which statements a slow database waits for; a week of it costs nothing.',
  mend: 'Set performanceInsightsEnabled to true (overrides.relational.insightsDays).',
  controls: ['Checkov CKV_AWS_353', 'Trivy AVD-AWS-0133'],
  types: instances,
  check: (resource) => [
    inspect(resource, ['performanceInsightsEnabled', 'engine', 'instanceClass'], (on, engine, size) =>
      flag(on) || (engine === 'mysql' && tooSmall.test(text(size)))
        ? undefined
        : `performanceInsightsEnabled is ${show(on)}`,
    ),
  ],
};

export const enhancedMonitoring: ResourceRule = {
  ...common,
  id: 'rds-enhanced-monitoring',
  title: 'The operating system of a database is looked at every minute or more often',
  why: 'CloudWatch sees the virtual machine from outside: neither memory by process nor what the disk waits for.',
  mend: 'Set monitoringInterval to 60 or less, and monitoringRoleArn.',
  controls: ['AWS FSBP RDS.6', 'Checkov CKV_AWS_118'],
  types: instances,
  check: (resource) => [
    inspect(resource, ['monitoringInterval'], (seconds) =>
      (numeric(seconds) ?? 0) > 0 ? undefined : `monitoringInterval is ${show(seconds)}`,
    ),
  ],
};

export const logExports: ResourceRule = {
  ...common,
  id: 'rds-log-exports',
  title: 'The logs of a database are sent to CloudWatch',
  why: 'They stay on the instance for three days at most, and go with it.',
  mend: "Set enabledCloudwatchLogsExports, e.g. ['postgresql'].",
  controls: ['AWS FSBP RDS.9', 'Checkov CKV_AWS_129'],
  types: [rdsInstance, rdsCluster],
  check: (resource) => [
    inspect(resource, ['enabledCloudwatchLogsExports'], (logs) =>
      present(logs) || isReplica(resource) ? undefined : 'enabledCloudwatchLogsExports is empty',
    ),
  ],
};

export const minorUpgrade: ResourceRule = {
  ...common,
  id: 'rds-minor-upgrade',
  title: 'Minor versions come by themselves, in the maintenance window',
  why: 'They close holes; a database that nobody upgrades keeps them open.',
  mend: 'Leave autoMinorVersionUpgrade out, or set it to true.',
  controls: ['AWS FSBP RDS.13', 'Checkov CKV_AWS_226', 'CIS AWS 2.3.2'],
  types: instances,
  check: (resource) => [
    inspect(resource, ['autoMinorVersionUpgrade'], (on) =>
      on === false || on === 'false' ? 'autoMinorVersionUpgrade is false' : undefined,
    ),
  ],
};

export const copyTags: ResourceRule = {
  ...common,
  id: 'rds-copy-tags',
  title: 'Snapshots carry the tags of their database',
  why: 'A snapshot without tags costs money for nobody, and nobody knows whether it may go.',
  mend: 'Set copyTagsToSnapshot to true.',
  controls: ['AWS FSBP RDS.17', 'Checkov CKV2_AWS_60'],
  types: [rdsInstance, rdsCluster],
  check: (resource) => [
    inspect(resource, ['copyTagsToSnapshot'], (on) => (flag(on) ? undefined : `copyTagsToSnapshot is ${show(on)}`)),
  ],
};

export const iamAuth: ResourceRule = {
  ...common,
  id: 'rds-iam-auth',
  title: 'People may log in by their AWS identity',
  why: 'Otherwise whoever looks into the database uses the password of the application.',
  mend: 'Set iamDatabaseAuthenticationEnabled to true.',
  controls: ['AWS FSBP RDS.10', 'Checkov CKV_AWS_161'],
  types: [rdsInstance, rdsCluster],
  check: (resource) => [
    inspect(resource, ['iamDatabaseAuthenticationEnabled'], (on) =>
      flag(on) ? undefined : `iamDatabaseAuthenticationEnabled is ${show(on)}`,
    ),
  ],
};

/** The longest that Secrets Manager's own check takes as often enough (SecretsManager.4). */
const days = 90;

export const rotation: StackRule = {
  ...common,
  scope: 'stack',
  id: 'rds-password-rotates',
  title: `The password of a database changes by itself, every ${days} days or more often`,
  why: 'What has leaked without anybody knowing stops to work.',
  mend: 'Add a SecretRotation of the login secret (overrides.relational.rotationDays).',
  controls: ['AWS FSBP SecretsManager.1', 'AWS FSBP SecretsManager.4', 'Checkov CKV2_AWS_57'],
  types: [rdsInstance, rdsCluster],
  check(stack) {
    const rotations = stack.ofType('aws:secretsmanager/secretRotation:SecretRotation');
    // Pods have copies of secrets that only an update renews: there a new password comes with passwordVersion.
    const pods = stack.ofType('aws:eks/cluster:Cluster').length > 0;
    return findEach(stack, [rdsInstance, rdsCluster], (resource): Judgement[] => {
      if (pods || isReplica(resource) || flag(resource.props.manageMasterUserPassword)) return [pass];
      if (rotations.length === 0) return [expect(false, 'nothing rotates its password', '')];
      return rotations.map((one) =>
        inspect(one, ['rotationRules.automaticallyAfterDays', 'rotationRules.scheduleExpression'], (after, schedule) =>
          (present(after) && (numeric(after) ?? Infinity) <= days) || present(schedule)
            ? undefined
            : `its password rotates after ${show(after)} days`,
        ),
      );
    });
  },
};

export const rdsInsightRules = [
  performanceInsights,
  enhancedMonitoring,
  logExports,
  minorUpgrade,
  copyTags,
  iamAuth,
  rotation,
];
