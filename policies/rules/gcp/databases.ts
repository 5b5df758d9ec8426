import { inProd } from '../../context';
import { expect, inspect, inspectEach, pass, unknown, fail } from '../../judge';
import { cloudSql, isReplica, whereStandby } from '../../relational';
import { isGivenUp } from '../../released';
import type { ResourceRule } from '../../rule';
import { at, flag, numeric, present, show, text, UNKNOWN } from '../../values';

const common = { severity: 'mandatory', scope: 'resource', types: [cloudSql] } as const;
const ip = 'settings.ipConfiguration';

export const sqlPrivate: ResourceRule = {
  ...common,
  id: 'gcp-sql-private',
  title: 'A Cloud SQL instance has no public address',
  why: 'A database that the internet reaches is one leaked password away from being read.',
  mend: 'Set ipConfiguration.ipv4Enabled to false and privateNetwork to the network.',
  controls: ['Checkov CKV_GCP_60', 'Checkov CKV_GCP_11', 'CIS GCP 6.5', 'CIS GCP 6.6'],
  check: (resource) => [
    inspect(resource, [`${ip}.ipv4Enabled`], (on) => (on === false ? undefined : `ipv4Enabled is ${show(on)}`)),
    // That there is one is known even where its id is not.
    expect(present(at(resource.props, `${ip}.privateNetwork`)), 'privateNetwork is not set', `${ip}.privateNetwork`),
    ...inspectEach(resource, `${ip}.authorizedNetworks`, (network, path) => {
      const range = at(network, 'value');
      if (range === UNKNOWN) return unknown(`${path}.value`);
      return /\/0$/.test(text(range)) ? fail(`${show(range)} may connect`) : pass;
    }),
  ],
};

export const sqlTls: ResourceRule = {
  ...common,
  id: 'gcp-sql-tls',
  title: 'A Cloud SQL instance turns away connections without TLS',
  why: 'A client that does not ask for TLS sends its password and all data in plain text.',
  mend: "Set ipConfiguration.sslMode to 'ENCRYPTED_ONLY'.",
  controls: ['Checkov CKV_GCP_6', 'CIS GCP 6.4'],
  check: (resource) => [
    inspect(resource, [`${ip}.sslMode`], (mode) =>
      /^(ENCRYPTED_ONLY|TRUSTED_CLIENT_CERTIFICATE_REQUIRED)$/.test(text(mode))
        ? undefined
        : `sslMode is ${show(mode)}`,
    ),
  ],
};

const kept = 'settings.backupConfiguration';
/** Copies of a day each. */
const least = 7;

export const sqlBackup: ResourceRule = {
  ...common,
  id: 'gcp-sql-backup',
  title: `A Cloud SQL instance in prod can be restored to any moment, and keeps ${least} backups`,
  why: 'A bad migration is often found days later, and without backups it is found too late.',
  mend: `Set backupConfiguration: enabled, pointInTimeRecoveryEnabled (binaryLogEnabled on MySQL), ${least} retainedBackups.`,
  controls: ['Checkov CKV_GCP_14', 'Checkov CKV2_GCP_20', 'CIS GCP 6.7'],
  where: inProd,
  check: (resource) =>
    isReplica(resource)
      ? [pass]
      : [
          inspect(resource, [`${kept}.enabled`], (on) => (flag(on) ? undefined : `backups: enabled is ${show(on)}`)),
          inspect(resource, [`${kept}.pointInTimeRecoveryEnabled`, `${kept}.binaryLogEnabled`], (moment, log) =>
            flag(moment) || flag(log) ? undefined : 'no moment between two backups can be restored',
          ),
          // Google keeps seven where nothing is said.
          inspect(resource, [`${kept}.backupRetentionSettings.retainedBackups`], (count) =>
            !present(count) || (numeric(count) ?? 0) >= least ? undefined : `retainedBackups is ${show(count)}`,
          ),
        ],
};

export const sqlAvailability: ResourceRule = {
  ...common,
  id: 'gcp-sql-availability',
  title: 'A Cloud SQL instance has a standby in another zone',
  why: 'A zone that fails takes the database with it, and a restore from backup takes an hour.',
  mend: "Set availabilityType to 'REGIONAL'; it changes in place (overrides.relational.standby).",
  controls: ['Checkov CKV_GCP_79'],
  where: whereStandby,
  check: (resource) => [
    isReplica(resource)
      ? pass
      : inspect(resource, ['settings.availabilityType'], (type) =>
          type === 'REGIONAL' ? undefined : `availabilityType is ${show(type)}`,
        ),
  ],
};

export const sqlDeletionProtection: ResourceRule = {
  ...common,
  id: 'gcp-sql-deletion-protection',
  title: 'A Cloud SQL instance in prod is protected against deletion',
  why: "Google's own protection also holds in its console and for other tools.",
  mend: 'Set settings.deletionProtectionEnabled to true (safety.deletionProtection in the plan).',
  controls: [],
  where: inProd,
  check: (resource) =>
    isGivenUp(resource)
      ? [pass]
      : [
          inspect(resource, ['settings.deletionProtectionEnabled'], (on) =>
            flag(on) ? undefined : `deletionProtectionEnabled is ${show(on)}`,
          ),
        ],
};

export const sqlDisk: ResourceRule = {
  ...common,
  id: 'gcp-sql-disk-grows',
  title: 'The disk of a Cloud SQL instance grows by itself, up to a ceiling',
  why: 'A database whose disk is full stops; a disk never shrinks again, so one without a ceiling costs for good.',
  mend: 'Set diskAutoresize to true and diskAutoresizeLimit above diskSize (overrides.relational.maxStorageGb).',
  controls: [],
  check: (resource) => [
    inspect(resource, ['settings.diskAutoresize'], (on) =>
      on === false || on === 'false' ? 'diskAutoresize is false' : undefined,
    ),
    inspect(resource, ['settings.diskAutoresizeLimit', 'settings.diskSize'], (limit, size) => {
      const ceiling = numeric(limit) ?? 0;
      if (ceiling === 0) return 'diskAutoresizeLimit is not set';
      const start = numeric(size) ?? 0;
      return ceiling > start ? undefined : `diskAutoresizeLimit ${ceiling} is not above diskSize ${start}`;
    }),
  ],
};

export const sqlInsights: ResourceRule = {
  ...common,
  severity: 'advisory',
  id: 'gcp-sql-insights',
  title: 'Query insights are on',
  why: 'They tell which statements a slow database waits for, and cost nothing.',
  mend: 'Set insightsConfig.queryInsightsEnabled to true (overrides.relational.insightsDays).',
  controls: [],
  check: (resource) => [
    inspect(resource, ['settings.insightsConfig.queryInsightsEnabled'], (on) =>
      flag(on) ? undefined : `queryInsightsEnabled is ${show(on)}`,
    ),
  ],
};

export const gcpDatabaseRules = [
  sqlPrivate,
  sqlTls,
  sqlBackup,
  sqlAvailability,
  sqlDeletionProtection,
  sqlDisk,
  sqlInsights,
];
