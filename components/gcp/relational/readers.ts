import * as gcp from '@pulumi/gcp';
import type * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';
import { type CloudSqlArgs, databaseVersionOf, isPool } from './arguments';
import { fixedReaders, poolSettings, readerSettings } from './settings';

/** Readers of a database: its copies, and where they are reached in each region. */
export interface Readers {
  instances: gcp.sql.DatabaseInstance[];
  endpoints: { region: string; code: string; host: pulumi.Output<string> }[];
}

/** Seconds that a client may keep the addresses of the readers: as long as one that went away is still asked. */
const RECORD_SECONDS = 30;

/** Every reader follows the primary, wherever it stands. At home they are a pool, or so many with one name for all. */
export function createReaders(
  name: string,
  args: CloudSqlArgs,
  primary: gcp.sql.DatabaseInstance,
  parent: pulumi.Resource,
): Readers {
  const make = (part: string, more: Partial<gcp.sql.DatabaseInstanceArgs>, ignoreChanges: string[] = []) =>
    new gcp.sql.DatabaseInstance(
      nameOf('gcp:sql/databaseInstance', name, part),
      {
        region: args.region,
        databaseVersion: databaseVersionOf(args),
        masterInstanceName: primary.name,
        deletionProtection: args.deletionProtection,
        ...more,
      },
      {
        parent,
        protect: args.protect,
        // With its primary's version: an upgrade there takes readers along.
        ignoreChanges: ['databaseVersion', 'settings.diskSize', 'settings.locationPreference', ...ignoreChanges],
        customTimeouts: { create: '60m', update: '2h', delete: '30m' },
      },
    );
  const pooled = isPool(args)
    ? [
        make(
          'pool',
          { instanceType: 'READ_POOL_INSTANCE', nodeCount: args.readers.min, settings: poolSettings(args) },
          ['nodeCount'], // the autoscaler's
        ),
      ]
    : [];
  const fixed = Array.from({ length: fixedReaders(args) }, (_, at) =>
    make(`read-${at}`, {
      instanceType: 'READ_REPLICA_INSTANCE',
      settings: readerSettings(args, args.zones[(at + 1) % args.zones.length]),
    }),
  );
  const further = args.readers.further.map(({ region, code }) => ({
    region,
    code,
    instance: make(`read-${code}`, { region, instanceType: 'READ_REPLICA_INSTANCE', settings: readerSettings(args) }),
  }));
  const home = [...pooled, ...fixed];
  return {
    instances: [...home, ...further.map(({ instance }) => instance)],
    endpoints: [
      ...(home.length === 0 ? [] : [{ region: args.region, code: 'home', host: hostOf(name, args, home, parent) }]),
      ...further.map(({ region, code, instance }) => ({ region, code, host: instance.privateIpAddress })),
    ],
  };
}

/** One address is enough where one answers, as of a pool. Several get a name in a zone that the network alone asks. */
function hostOf(
  name: string,
  args: CloudSqlArgs,
  readers: gcp.sql.DatabaseInstance[],
  parent: pulumi.Resource,
): pulumi.Output<string> {
  const [only, ...others] = readers;
  if (only && others.length === 0) return only.privateIpAddress;
  const domain = `${nameOf('gcp:dns/managedZone', name)}.internal.`;
  const zone = new gcp.dns.ManagedZone(
    nameOf('gcp:dns/managedZone', name),
    {
      dnsName: domain,
      description: `Readers of the database ${name}`,
      visibility: 'private',
      privateVisibilityConfig: { networks: [{ networkUrl: args.network.id }] },
      labels: args.labels,
    },
    { parent },
  );
  const record = new gcp.dns.RecordSet(
    nameOf('gcp', name, 'readers'),
    {
      managedZone: zone.name,
      name: `read.${domain}`,
      type: 'A',
      ttl: RECORD_SECONDS,
      rrdatas: readers.map(({ privateIpAddress }) => privateIpAddress),
    },
    { parent },
  );
  return record.name.apply((text) => text.replace(/\.$/, ''));
}
