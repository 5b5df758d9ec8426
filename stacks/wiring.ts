import type * as pulumi from '@pulumi/pulumi';
import type {
  Broker,
  Cache,
  Connection,
  ContentDelivery,
  DocumentDatabase,
  ObjectStore,
  PooledConnection,
  RelationalConnection,
  RelationalDatabase,
  SecretReference,
  Wiring,
} from '../components/platform';
import type { PoolerPlan, ServicePlan, WorkerPlan } from '../plan/types';

/** What stands around the services of one region. */
export interface Around {
  /** The home region, where object stores are, and the region of the services. */
  home: string;
  here: string;
  cache?: Cache;
  broker?: Broker;
  database?: DocumentDatabase;
  relational?: RelationalDatabase;
  objects: ObjectStore[];
  content?: ContentDelivery;
  /** The user's own secrets. */
  own: Record<string, SecretReference>;
}

/** What one service or worker gets from the stores around it. */
export function wire(user: ServicePlan | WorkerPlan, around: Around): Wiring {
  const { connections, pooler } = user;
  const secrets: Record<string, SecretReference> = { ...around.own };
  const reached = new Set<number>();
  const connect = (variable: string | undefined, connection: Connection | undefined): void => {
    if (variable === undefined || connection === undefined) return;
    secrets[variable] = connection.secret;
    reached.add(connection.port);
  };
  connect(connections.documentDatabase, around.database?.connection);
  connect(connections.cache, around.cache?.connection);
  connect(connections.broker, around.broker?.connection);

  const pooled: PooledConnection[] = [];
  for (const { variable, name, connection } of relationalOf(user, around)) {
    const through = pooledBy(variable, name, connection, pooler);
    if (!through) connect(variable, connection);
    else {
      pooled.push(through);
      reached.add(connection.port);
    }
  }
  return {
    secrets,
    environment: plainOf(around),
    stores: around.objects,
    ports: [...reached],
    pooled,
    broker: connections.broker === undefined ? undefined : around.broker,
  };
}

/** The database's connections by the variables that ask for them; reads go to the nearest copy, or to the primary. */
function relationalOf({ connections }: ServicePlan | WorkerPlan, { relational, home, here }: Around) {
  if (!relational) return [];
  const { primary, readers, plan } = relational;
  const reader = readers[here] ?? readers[home];
  const found: { variable: string; name: string; connection: RelationalConnection }[] = [];
  const { relationalDatabase: whole, relationalReplica: reads } = connections;
  if (whole !== undefined) found.push({ variable: whole, name: plan.name, connection: primary });
  if (reads !== undefined) {
    const name = reader ? `${plan.name}_read` : plan.name;
    found.push({ variable: reads, name, connection: reader ?? primary });
  }
  return found;
}

function pooledBy(
  variable: string,
  name: string,
  connection: RelationalConnection,
  pooler: PoolerPlan | undefined,
): PooledConnection | undefined {
  const { login } = connection;
  return pooler && login && { variable, name, connection: { ...connection, login }, pooler };
}

/** What tells a service the name of a bucket; others begin with it. */
export function bucketVariable(store: string): string {
  return `${store.toUpperCase().replace(/-/g, '_')}_BUCKET`;
}

/** Variables that hold no secret: where objects are and where content is served from. */
function plainOf({ objects, home, content }: Around): Record<string, pulumi.Input<string>> {
  const environment: Record<string, pulumi.Input<string>> = {};
  for (const store of objects) {
    const variable = bucketVariable(store.name);
    environment[variable] = store.bucket;
    // Object stores are at home, whichever region asks: a client that is set to its own region would be turned away.
    environment[`${variable}_REGION`] = home;
    if (store.endpoint) environment[`${variable}_ENDPOINT`] = store.endpoint;
  }
  if (content) environment.CONTENT_URL = content.url;
  return environment;
}
