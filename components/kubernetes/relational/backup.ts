import * as k8s from '@pulumi/kubernetes';
import type * as pulumi from '@pulumi/pulumi';
import { backupSidecar } from '../../../plan/nodes/workloads';
import { nameOf } from '../../naming';
import { labelsOf } from '../labels';
import type { PostgresDatabaseArgs } from './arguments';
import { BACKUP_PLUGIN } from './cluster-spec';

/** What sends the log and the copies away, in each instance's pod. */
const sidecar = { requests: backupSidecar, limits: { cpu: '500m', memory: '512Mi' } };

/** Where copies and log go: an ObjectStore of the Barman Cloud plugin. Undefined without a store. */
export function backupStore(
  name: string,
  args: PostgresDatabaseArgs,
  opts: pulumi.CustomResourceOptions,
): k8s.apiextensions.CustomResource | undefined {
  const { backup, identity, namespace } = args;
  if (!backup) return undefined;
  const keys = new k8s.core.v1.Secret(
    nameOf('kubernetes', name, 'backup'),
    {
      metadata: { namespace, labels: labelsOf(identity) },
      type: 'Opaque',
      immutable: true,
      stringData: { id: backup.accessKeyId, key: backup.secretAccessKey, region: backup.region },
    },
    opts,
  );
  const part = (key: string) => ({ name: keys.metadata.name, key });
  return new k8s.apiextensions.CustomResource(
    nameOf('kubernetes', name, 'backup'),
    {
      apiVersion: 'barmancloud.cnpg.io/v1',
      kind: 'ObjectStore',
      metadata: { name: identity.name, namespace, labels: labelsOf(identity) },
      spec: {
        retentionPolicy: `${args.backupTimes.retentionDays}d`,
        configuration: {
          destinationPath: `s3://${backup.bucket}/${identity.instance}`,
          endpointURL: backup.endpoint,
          s3Credentials: { accessKeyId: part('id'), secretAccessKey: part('key'), region: part('region') },
          wal: { compression: 'gzip' },
          data: { compression: 'gzip' },
        },
        instanceSidecarConfiguration: { resources: sidecar },
      },
    },
    opts,
  );
}

/** A copy each night. What it makes is let go with the days of the store, not with the schedule. */
export function nightlyBackup(
  name: string,
  { identity, namespace, backupTimes }: PostgresDatabaseArgs,
  opts: pulumi.CustomResourceOptions,
): k8s.apiextensions.CustomResource {
  const [hour, minute] = backupTimes.startsAt.split(':').map(Number);
  return new k8s.apiextensions.CustomResource(
    nameOf('kubernetes', name, 'nightly'),
    {
      apiVersion: 'postgresql.cnpg.io/v1',
      kind: 'ScheduledBackup',
      metadata: { name: identity.name, namespace, labels: labelsOf(identity) },
      spec: {
        cluster: { name: identity.name },
        // Six fields: seconds first.
        schedule: `0 ${minute} ${hour} * * *`,
        immediate: true,
        method: 'plugin',
        pluginConfiguration: { name: BACKUP_PLUGIN },
        backupOwnerReference: 'cluster',
      },
    },
    opts,
  );
}
