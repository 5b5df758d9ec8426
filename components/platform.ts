import type * as pulumi from '@pulumi/pulumi';
import type {
  AlertPlan,
  BrokerPlan,
  BudgetPlan,
  CachePlan,
  ContentDeliveryPlan,
  DocumentDatabasePlan,
  ObjectStorePlan,
  PanelPlan,
  Plan,
  PoolerPlan,
  RegionPlan,
  RelationalDatabasePlan,
  ScheduledSqlPlan,
  ServicePlan,
  WorkerPlan,
} from '../plan/types';

/**
 * What a cloud can do, one small interface a capability. A capability takes cloud-neutral needs (its part of the plan)
 * and gives back a connection. A cloud lives in its own folder and is picked in one place (`components/clouds.ts`).
 */
export interface Cloud {
  open(plan: Plan, secrets: ConfigurationSecrets, providers: ProviderSettings): Platform;
  /** One sentence for each need of the plan that gets the documented next best here. Pure. */
  nextBests(plan: Plan): string[];
}

/**
 * What providers are made with besides what the plan says, by package and key: their own configuration, such as the
 * `profile` of `aws`. What was encrypted there is a secret output.
 */
export type ProviderSettings = Partial<Record<string, Record<string, pulumi.Input<unknown>>>>;

/** Values of configuration's secrets, each an output that stays secret. */
export interface ConfigurationSecrets {
  /** An entry of `secrets`, by its environment variable. */
  own(name: string): pulumi.Output<string>;
  /** One of the single secrets; only those that `plan.given` names may be asked for. */
  single(
    key: 'databaseUrl' | 'registryCredentials' | 'kubeconfig' | 'dnsToken' | 'cloudflareToken',
  ): pulumi.Output<string>;
}

/** A plan on its cloud: what all regions share. */
export interface Platform {
  /** Opens a region: its network and what its services and stores share. Called home first. */
  region(plan: RegionPlan): Region;
  /** Reached from every region that was opened before. */
  documentDatabase(plan: DocumentDatabasePlan): DocumentDatabase;
  /** In the home region, with its readers; reached from every region that was opened before. */
  relationalDatabase(plan: RelationalDatabasePlan): RelationalDatabase;
  /** Undefined where the cloud has none; `nextBests` says so. */
  objectStore(plan: ObjectStorePlan): ObjectStore | undefined;
  /** Undefined where the cloud has none; `nextBests` says so. */
  contentDelivery(plan: ContentDeliveryPlan, stores: ObjectStore[]): ContentDelivery | undefined;
  budget(plan: BudgetPlan): void;
  /** A secret of the user's own, from configuration, for every service to read. */
  applicationSecret(name: string, value: pulumi.Output<string>): SecretReference;
  /** Leads clients to a service: to the nearest of the regions whose hosts serve it. Called when all of them do. */
  entry(plan: ServicePlan): Entry;
}

/** One region of a platform: what is there whether it serves or only keeps stores. */
export interface Region {
  readonly name: string;
  cache(plan: CachePlan): Cache;
  broker(plan: BrokerPlan): Broker;
  /** What runs services here: scaling groups, or a cluster. Asked for once, and only where the region serves. */
  host(): ServiceHost;
}

/** What runs the services of a region. It keeps what it made under the service's name. */
export interface ServiceHost {
  loadBalancedService(plan: ServicePlan, wiring: Wiring): void;
  /** Takes jobs from the broker that the wiring names, and grows with what waits there. */
  worker(plan: WorkerPlan, wiring: Wiring): void;
  /** Runs by the calendar beside a service that uses the database, once for the system. Home alone is asked. */
  scheduledSql(plan: ScheduledSqlPlan, database: RelationalDatabase, service: ServicePlan): void;
  /** How to create the database's indexes from inside this region, beside a service that uses it. */
  indexJob(database: DocumentDatabasePlan, connection: Connection, service: ServicePlan): IndexJob;
  /** Called after every service has its entry. */
  alerts(alerts: AlertPlan[], dashboard: PanelPlan[]): Alerts;
}

/** Where a secret is kept. Never its value in plain text. */
export interface SecretReference {
  /** The secret manager's id: an ARN, a resource name. */
  id: pulumi.Output<string>;
  /** The value, an output that stays secret. For a cluster, which keeps a copy of its own; instances fetch by `id`. */
  value(): pulumi.Output<string>;
}

/** How to reach a store. */
export interface Connection {
  /** Undefined where only the secret knows it: a database that was there before. */
  host?: pulumi.Output<string>;
  port: number;
  /** Holds the whole URL, user and password included. */
  secret: SecretReference;
}

export interface DocumentDatabase {
  connection: Connection;
}

export interface Cache {
  connection: Connection;
  /** Known once the cache is as planned. Where its cloud takes all changes at once nobody has to wait for that: undefined. */
  shaped?: pulumi.Output<unknown>;
}

/** An unsharded store of jobs. Its secret holds the whole URL; what measures its queues reads it too. */
export interface Broker {
  plan: BrokerPlan;
  connection: Connection;
}

export interface RelationalDatabase {
  plan: RelationalDatabasePlan;
  /** Reads and writes. */
  primary: RelationalConnection;
  /** Where reads may go, by the name of a region; a region without readers is not in it. */
  readers: Record<string, RelationalConnection>;
}

/** The secret of the connection holds the whole URL, straight to the database and with TLS. */
export interface RelationalConnection extends Connection {
  /** Undefined where only the URL is known: a database that was there before. Then no pooler stands between. */
  login?: { host: pulumi.Output<string>; database: string; user: string; password: SecretReference };
}

export interface ObjectStore {
  /** The plan's name for it, e.g. `recordings`. */
  name: string;
  /** The cloud's name for it. */
  bucket: pulumi.Output<string>;
  /** Where its S3-compatible API answers; undefined where the cloud's own client knows. */
  endpoint?: string;
}

export interface ContentDelivery {
  url: pulumi.Output<string>;
  /** Where the record of the name leads. */
  target: EntryAddress;
}

export interface Entry {
  /** Where clients reach the service. */
  url: pulumi.Output<string>;
  /** Where the record of the name leads: a balancer's own name, or its addresses. */
  target: EntryAddress;
}

export type EntryAddress =
  { kind: 'name'; name: pulumi.Output<string> } | { kind: 'addresses'; addresses: pulumi.Output<string>[] };

export interface IndexJob {
  /** The command line that runs it. */
  command: pulumi.Output<string>;
}

export interface Alerts {
  /** Where somebody can look; undefined where the cloud has no page for it. */
  dashboardUrl?: pulumi.Output<string>;
}

/** What a service gets from the rest of the system. */
export interface Wiring {
  /** Environment variable to the secret that fills it when an instance starts. */
  secrets: Record<string, SecretReference>;
  /** Plain environment variables that only the cloud knows, e.g. a bucket's name. */
  environment: Record<string, pulumi.Input<string>>;
  /** Object stores that the service reads and writes. */
  stores: ObjectStore[];
  /** Ports of stores and other peers that the service connects to: what a network policy lets out. */
  ports: number[];
  /** Databases that are reached through a pooler: its URL fills the variable instead of the database's own. */
  pooled: PooledConnection[];
  /** Where the jobs of a worker wait. */
  broker?: Broker;
}

/** One database behind a pooler. Where the pooler stands is the host's: beside the instance, or a Deployment. */
export interface PooledConnection {
  /** Gets `postgres://user:password@pooler:port/name`. */
  variable: string;
  /** How the pooler calls the database: its own name, and that with `_read` for readers. */
  name: string;
  connection: RelationalConnection & { login: NonNullable<RelationalConnection['login']> };
  pooler: PoolerPlan;
}
