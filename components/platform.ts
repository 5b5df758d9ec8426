import type * as pulumi from '@pulumi/pulumi';
import type {
  AlertPlan,
  BudgetPlan,
  CachePlan,
  ContentDeliveryPlan,
  DocumentDatabasePlan,
  ObjectStorePlan,
  PanelPlan,
  Plan,
  RegionPlan,
  ServicePlan,
} from '../plan/types';

/**
 * What a cloud can do, one small interface a capability. A capability takes cloud-neutral needs (its part of the plan)
 * and gives back a connection. A cloud lives in its own folder and is picked in one place (`components/clouds.ts`).
 */
export interface Platform {
  /** Opens a region: its network and what its services and stores share. Called home first. */
  region(plan: RegionPlan): Region;
  /** Reached from every region that was opened before. */
  documentDatabase(plan: DocumentDatabasePlan): DocumentDatabase;
  objectStore(plan: ObjectStorePlan): ObjectStore;
  contentDelivery(plan: ContentDeliveryPlan, stores: ObjectStore[]): ContentDelivery;
  budget(plan: BudgetPlan): void;
  /** A secret of the user's own, from configuration, for every service to read. */
  applicationSecret(name: string, value: pulumi.Output<string>): SecretReference;
}

/** A cloud: how to open it for a plan, and what it does in place of something it cannot do. */
export interface Cloud {
  open(plan: Plan): Platform;
  /** One sentence for each need of the plan that gets the documented next best here. Pure. */
  nextBests(plan: Plan): string[];
}

/** One region of a platform. */
export interface Region {
  readonly name: string;
  cache(plan: CachePlan): Cache;
  loadBalancedService(plan: ServicePlan, wiring: Wiring): LoadBalancedService;
  /** How to create the database's indexes from inside this region. */
  indexJob(database: DocumentDatabasePlan, connection: Connection, service: LoadBalancedService): IndexJob;
  alerts(alerts: AlertPlan[], dashboard: PanelPlan[], services: Record<string, LoadBalancedService>): Alerts;
}

/** Where a secret is kept. Never its value. */
export interface SecretReference {
  /** The secret manager's id: an ARN, a resource name. */
  id: pulumi.Output<string>;
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
}

export interface ObjectStore {
  /** The plan's name for it, e.g. `recordings`. */
  name: string;
  /** The cloud's name for it. */
  bucket: pulumi.Output<string>;
}

export interface ContentDelivery {
  url: pulumi.Output<string>;
}

export interface LoadBalancedService {
  /** Where clients reach it. */
  url: pulumi.Output<string>;
}

export interface IndexJob {
  /** The command line that runs it. */
  command: pulumi.Output<string>;
}

export interface Alerts {
  /** Where somebody can look. */
  dashboardUrl: pulumi.Output<string>;
}

/** What a service gets from the rest of the system. */
export interface Wiring {
  /** Environment variable to the secret that fills it when an instance starts. */
  secrets: Record<string, SecretReference>;
  /** Plain environment variables that only the cloud knows, e.g. a bucket's name. */
  environment: Record<string, pulumi.Input<string>>;
  /** Object stores that the service reads and writes. */
  stores: ObjectStore[];
}
