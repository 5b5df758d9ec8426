import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import * as random from '@pulumi/random';
import { checkDatabaseName } from '../../atlas/indexes/script';
import { type Fault, must, refuseFaults, wholeNumber } from '../../faults';
import { nameOf } from '../../naming';
import { authorityFile } from '../authorities';
import { endpointPort } from '../backup';
import { type Identity, labelsOf, metadataOf } from '../labels';
import { fromAny, fromApplication, fromPods, toAnywhere, toDns, toPods } from '../network-policies';
import { isStoreSize } from '../store-size';
import type { Authority } from '../surroundings';
import { pinnedImage } from '../workload/arguments';
import { authoritySecret, databaseSpec, images, memberHosts, memberLabels, PORT, REPLICA_SET } from './custom-resource';

export interface MongoDatabaseArgs {
  /** Its name on the cluster and the stack that it belongs to. **A change replaces the database and loses its data.** */
  identity: Identity;
  /** Namespace that it is put in. **A change replaces the database and loses its data.** */
  namespace: pulumi.Input<string>;
  /** Name of the database inside, which the user may read and write. */
  database: string;
  /** Members that can be elected: 3, or 1 where the loss of one may be seen. */
  members: number;
  /** Size of a member, `<cpu>/<memory>`, e.g. `1000m/2Gi`. Rolled out member by member. */
  tier: string;
  /** GiB of each member's volume. Default: 20. Grows in place where the StorageClass can; never shrinks. */
  diskGb?: number;
  /** MongoDB version as major.minor, e.g. `8.0`. */
  mongoVersion: string;
  /** Default: Percona Server for MongoDB of that version. */
  image?: string;
  /** StorageClass of the volumes. Default: the cluster's. A change is refused by the operator. */
  storageClass?: string;
  /** Labels of the pods that may connect. Nobody else can. */
  clients: Record<string, string>[];
  /** S3-compatible store for nightly backups and the oplog. Default: **no backup**. */
  backup?: {
    bucket: string;
    region: string;
    endpoint: string;
    accessKeyId: pulumi.Input<string>;
    secretAccessKey: pulumi.Input<string>;
  };
  /** Pulumi's `protect` on the database and its password: a plan that would delete one fails. */
  protect: boolean;
}

const PASSWORD_KEY = 'password';
/** What the operator's pods are called by its manifests, and by its Helm chart. Shut out, it makes no replica set. */
const operatorNames = ['percona-server-mongodb-operator', 'psmdb-operator'];

/**
 * A MongoDB replica set that Percona's operator runs. The operator (1.22 or newer) must be on the cluster and watch this
 * namespace. Members are spread over hosts and zones as far as there are any; TLS is required of every client, with
 * certificates of the operator's own (by cert-manager where that is installed): clients trust `authority`.
 *
 * Cost: members × their size and volume. Three members of `2000m/8Gi`: 6 vCPU, 24 GiB of memory, 60 GiB of volumes.
 *
 * ```ts
 * const database = new MongoDatabase('pulse-prod-pulse', {
 *   identity: { name: 'pulse-db', instance: 'pulse-prod' }, namespace: namespace.name, database: 'pulse', members: 3,
 *   tier: '2000m/8Gi', mongoVersion: '8.0', clients: [selectorOf(api.identity)], protect: true,
 * });
 * ```
 */
export class MongoDatabase extends pulumi.ComponentResource {
  /** The first member; the driver finds the others. */
  readonly host: pulumi.Output<string>;
  /** The whole URL, an output that stays secret. It names the file of `authority` as pods have it. */
  readonly url: pulumi.Output<string>;
  /** What signs the members' certificates. */
  readonly authority: Authority;
  readonly resource: k8s.apiextensions.CustomResource;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: MongoDatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('MongoDatabase', name, faultsOf(args));
    checkDatabaseName(args.database);
    super('stackladder:kubernetes:MongoDatabase', name, {}, opts);
    const { identity, namespace, database, members } = args;
    const password = new random.RandomPassword(
      nameOf('random', name, 'password'),
      { length: 48, special: false },
      { parent: this, protect: args.protect },
    );
    const policy = this.networkPolicy(name, args);
    this.resource = this.createDatabase(name, args, password, policy);
    this.authority = { secretName: authoritySecret(identity.name), key: 'ca.crt' };
    const hosts = pulumi.output(namespace).apply((space) => memberHosts(identity.name, space, members));
    this.host = hosts.apply((all) => all[0]!.replace(/:\d+$/, ''));
    this.url = pulumi.secret(
      pulumi
        .all([password.result, hosts, this.resource.id])
        .apply(
          ([secret, all]) =>
            `mongodb://${database}:${secret}@${all.join(',')}/${database}?replicaSet=${REPLICA_SET}&authSource=admin` +
            `&tls=true&tlsCAFile=${authorityFile(identity.name)}&retryWrites=true&w=majority`,
        ),
    );
    this.registerOutputs({ host: this.host });
  }

  private networkPolicy(name: string, args: MongoDatabaseArgs): k8s.networking.v1.NetworkPolicy {
    const own = memberLabels(args.identity.name);
    return new k8s.networking.v1.NetworkPolicy(
      nameOf('kubernetes', name),
      {
        metadata: {
          ...metadataOf(args),
          // The pods that it selects are made by the operator, where kube-score cannot see them.
          annotations: { 'kube-score/ignore': 'networkpolicy-targets-pod' },
        },
        spec: {
          podSelector: { matchLabels: own },
          policyTypes: ['Ingress', 'Egress'],
          ingress: [fromAny(args.clients, PORT), fromPods(own, PORT), fromApplication(operatorNames, PORT)],
          egress: [toDns, toPods(own, PORT), ...(args.backup ? [toAnywhere(endpointPort(args.backup.endpoint))] : [])],
        },
      },
      { parent: this },
    );
  }

  private createDatabase(
    name: string,
    args: MongoDatabaseArgs,
    password: random.RandomPassword,
    policy: pulumi.Resource,
  ): k8s.apiextensions.CustomResource {
    const user = this.secret(name, args, { [PASSWORD_KEY]: password.result });
    const backupSecretName =
      args.backup &&
      this.secret(`${name}-backup`, args, {
        AWS_ACCESS_KEY_ID: args.backup.accessKeyId,
        AWS_SECRET_ACCESS_KEY: args.backup.secretAccessKey,
      });
    return new k8s.apiextensions.CustomResource(
      nameOf('kubernetes', name),
      {
        apiVersion: 'psmdb.percona.com/v1',
        kind: 'PerconaServerMongoDB',
        // Members end in order, the primary last.
        metadata: { ...metadataOf(args), finalizers: ['percona.com/delete-psmdb-pods-in-order'] },
        spec: databaseSpec(args, {
          user: { name: args.database, secretName: user, key: PASSWORD_KEY },
          backupSecretName,
        }),
      },
      { parent: this, dependsOn: policy, protect: args.protect },
    );
  }

  private secret(name: string, args: MongoDatabaseArgs, values: Record<string, pulumi.Input<string>>) {
    const secret = new k8s.core.v1.Secret(
      nameOf('kubernetes', name),
      {
        metadata: { namespace: args.namespace, labels: labelsOf(args.identity) },
        type: 'Opaque',
        immutable: true,
        stringData: pulumi.secret(values),
      },
      { parent: this },
    );
    return secret.metadata.name;
  }
}

function faultsOf(args: MongoDatabaseArgs): Fault[] {
  return [
    // The operator makes names of 63 out of it, such as `<name>-rs0-0`.
    must(
      /^[a-z][a-z0-9-]{0,39}$/.test(args.identity.name),
      'identity.name',
      `"${args.identity.name}" is no short name`,
    ),
    must([1, 3, 5, 7].includes(args.members), 'members', `${args.members} must be 1, 3, 5 or 7: an odd number elects`),
    must(isStoreSize(args.tier), 'tier', `"${args.tier}" must look like 1000m/2Gi`),
    args.diskGb === undefined ? undefined : wholeNumber('diskGb', args.diskGb, 1, 16_384),
    must(
      args.image !== undefined || args.mongoVersion in images,
      'mongoVersion',
      `"${args.mongoVersion}" must be one of ${Object.keys(images).join(', ')}, or image be given`,
    ),
    args.image === undefined ? undefined : pinnedImage('image', args.image),
    must(args.clients.length > 0, 'clients', 'a database that nobody may reach is of no use'),
  ];
}
