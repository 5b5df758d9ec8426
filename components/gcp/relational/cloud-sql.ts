import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import * as random from '@pulumi/random';
import { sqlPorts } from '../../../plan/database-ports';
import { refuseFaults } from '../../faults';
import { nameOf } from '../../naming';
import { StoredSecret } from '../secrets/stored-secret';
import { type CloudSqlArgs, databaseVersionOf, faultsOf } from './arguments';
import { createReaders } from './readers';
import { primarySettings } from './settings';
import { urlOf } from './url';

export type { CloudSqlArgs };

/** Letters and digits of a password: 190 bits, and nothing that a URL would have to escape. */
const PASSWORD_LENGTH = 32;

/** What an instance that is taken over keeps in that update: everything, before it is known. */
const adopting = ['*'];
/** What would replace an instance that was taken over: where it stands, and what it was encrypted and sorted by. */
const adopted = ['region', 'encryptionKeyName', 'settings.collation', 'settings.diskType'];

/**
 * A relational database of Cloud SQL, PostgreSQL or MySQL: a private address alone, TLS always, storage that grows by
 * itself, nightly copies and any moment of a week, readers in other zones and regions. Machine, standby and readers
 * change in place; nothing that a phase changes replaces it.
 *
 * Cost (us-central1, 730 hours a month, `db-custom-2-8192` with 100 GB): cores 2 × 0.0413 × 730 = 60.30, memory
 * 8 × 0.007 × 730 = 40.88, storage 100 × 0.17 = 17.00: 118.18 USD a month. A standby doubles it, each reader costs as much
 * again. Copies 0.08 per GB-month; secrets 0.06 each. Enterprise Plus is 30 % above in cores and memory.
 *
 * ```ts
 * const database = new CloudSql('shop-prod-shop', {
 *   projectId: 'example-project-123', region: 'us-central1', zones: ['us-central1-a', 'us-central1-b'], network,
 *   privateServices, engine: 'postgres', engineVersion: '17', tier: 'db-custom-2-8192', database: 'shop', user: 'shop',
 *   standby: true, readers: { min: 2, max: 2, further: [] }, storage: { initialGb: 100, maxGb: 1000 },
 *   backup: { retentionDays: 7, startsAt: '03:00' }, maintenance: { day: 7, hour: 8 }, insights: true,
 *   passwordVersion: 1, deletionProtection: true, finalBackup: true, recoveryDays: 30, protect: true,
 * });
 * ```
 */
export class CloudSql extends pulumi.ComponentResource {
  readonly instance: gcp.sql.DatabaseInstance;
  readonly database: gcp.sql.Database;
  readonly owner: gcp.sql.User;
  /** The private address. */
  readonly host: pulumi.Output<string>;
  readonly port: number;
  /** Holds the whole URL of the primary. */
  readonly url: StoredSecret;
  /** Holds the owner's password alone. */
  readonly password: StoredSecret;
  /** Where reads go, by region: its host, and the secret of its URL. Regions without readers are not in it. */
  readonly readers: Record<string, { host: pulumi.Output<string>; url: StoredSecret }>;
  /** Every instance's name, as its metrics have it after the project's: the primary first. */
  readonly instanceNames: pulumi.Output<string>[];

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: CloudSqlArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('CloudSql', name, faultsOf(args));
    super('stackladder:gcp:CloudSql', name, {}, opts);
    this.port = sqlPorts[args.engine];
    this.instance = this.createInstance(name, args);
    this.host = this.instance.privateIpAddress;
    const word = this.createPassword(name, args);
    this.database = this.createDatabase(name, args);
    this.owner = this.createOwner(name, args, word.result);
    const own = (part: string, value: pulumi.Output<string>, description: string) =>
      this.store(`${name}-${part}`, value, description, args);
    this.password = own('password', word.result, `Password of ${args.user} on the database ${name}`);
    this.url = own('url', urlOf(args, this.host, word.result), `URL of the database ${name}`);
    const readers = createReaders(name, args, this.instance, this);
    this.readers = Object.fromEntries(
      readers.endpoints.map(({ region, code, host }) => {
        const url = own(
          `read-url-${code}`,
          urlOf(args, host, word.result),
          `URL of the readers of ${name} in ${region}`,
        );
        return [region, { host, url }];
      }),
    );
    this.instanceNames = [this.instance, ...readers.instances].map((one) => one.name);
    this.registerOutputs({ host: this.host });
  }

  private createInstance(name: string, args: CloudSqlArgs): gcp.sql.DatabaseInstance {
    const { projectId, region, privateServices, deletionProtection, finalBackup } = args;
    const known = args.adopted;
    return new gcp.sql.DatabaseInstance(
      nameOf('gcp:sql/databaseInstance', name),
      {
        ...(known && { name: known.name }),
        region,
        databaseVersion: databaseVersionOf(args),
        settings: primarySettings(args),
        // Readers come along, first: an older reader could not follow a newer primary.
        includeReplicasForMajorVersionUpgrade: true,
        deletionProtection,
        ...(finalBackup && { finalBackupDescription: `Last copy of ${name}` }),
      },
      {
        parent: this,
        protect: args.protect,
        // It grows by itself, and Cloud SQL shrinks no disk: a smaller number would make a new instance. Zones: where it
        // has gone in a failover it stays.
        ignoreChanges: [
          'settings.diskSize',
          'settings.locationPreference',
          ...(known ? (known.imported ? adopted : adopting) : []),
        ],
        ...(known && !known.imported && { import: `projects/${projectId}/instances/${known.name}` }),
        dependsOn: [privateServices.connection],
        customTimeouts: { create: '60m', update: '2h', delete: '30m' },
      },
    );
  }

  private createPassword(name: string, { passwordVersion }: CloudSqlArgs): random.RandomPassword {
    return new random.RandomPassword(
      nameOf('random', name, 'password'),
      { length: PASSWORD_LENGTH, special: false, keepers: { version: String(passwordVersion) } },
      { parent: this },
    );
  }

  private createDatabase(name: string, { projectId, database, protect, adopted }: CloudSqlArgs): gcp.sql.Database {
    const { name: instance } = this.instance;
    const found =
      adopted && !adopted.imported && `projects/${projectId}/instances/${adopted.name}/databases/${database}`;
    return new gcp.sql.Database(
      nameOf('gcp', name, database),
      // With the instance it goes; by itself a database with open connections cannot.
      { name: database, instance, deletionPolicy: 'ABANDON' },
      {
        parent: this,
        protect,
        ...(adopted && { ignoreChanges: found ? ['*'] : ['charset', 'collation'] }),
        ...(found && { import: found }),
      },
    );
  }

  /** Of an instance that was there before: Cloud SQL gives a user that it has already the new password. */
  private createOwner(name: string, args: CloudSqlArgs, password: pulumi.Output<string>): gcp.sql.User {
    return new gcp.sql.User(
      nameOf('gcp', name, args.user),
      {
        name: args.user,
        instance: this.instance.name,
        ...(args.engine === 'mysql' && { host: '%' }),
        password,
        // PostgreSQL lets no user go that owns something.
        deletionPolicy: 'ABANDON',
      },
      { parent: this },
    );
  }

  private store(name: string, value: pulumi.Output<string>, description: string, args: CloudSqlArgs): StoredSecret {
    const { recoveryDays, deletionProtection, protect, labels } = args;
    return new StoredSecret(
      name,
      // Known once the user is there: whoever reads it can log in.
      {
        value: pulumi.all([value, this.owner.id]).apply(([text]) => text),
        description,
        recoveryDays,
        deletionProtection,
        protect,
        labels,
      },
      { parent: this },
    );
  }
}
