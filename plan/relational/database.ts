import type { Settings } from '../../stacks/config/settings';
import type { Phase } from '../../stacks/phase';
import type { PoolerNeeds, RelationalDatabaseNeeds } from '../../systems/system';
import { limitOf } from '../connections/limits';
import { sqlPorts } from '../database-ports';
import { regionsOn } from '../regions';
import { sizeOf } from '../sizes';
import type { PoolerPlan, RelationalDatabasePlan, ReplicasPlan } from '../types';
import { phases, type Environment, type PhaseName, type RelationalHost } from '../vocabulary';

/** Days that any moment can be restored from: a week of work in staging, two where users' data is. */
const BACKUP_DAYS: Record<Environment, number> = { dev: 1, staging: 7, prod: 14 };

/** The week's quietest hour; backups are over by then. */
const MAINTENANCE = { day: 7, startsAt: '04:30', hours: 1 };
const BACKUP_STARTS = '03:00';

/** The poolers' image: kept up by the makers of CloudNativePG, for their own poolers. */
const POOLER_IMAGE = 'ghcr.io/cloudnative-pg/pgbouncer:1.24.1';

/** What differs by who runs the database. */
interface HostRules {
  /** Whether readers follow the load by themselves. */
  scalesReaders: boolean;
  /** Whether readers can be in another region. */
  readsAfar: boolean;
  /** Whether its secret manager can rotate the password by itself. */
  rotates: boolean;
}

export const hostRules: Record<RelationalHost, HostRules> = {
  rds: { scalesReaders: false, readsAfar: true, rotates: true },
  aurora: { scalesReaders: true, readsAfar: true, rotates: true },
  'cloud-sql': { scalesReaders: true, readsAfar: true, rotates: false },
  digitalocean: { scalesReaders: false, readsAfar: true, rotates: false },
  operator: { scalesReaders: false, readsAfar: false, rotates: false },
};

/** The least ceiling that RDS takes, by what is there (its page on growing storage): storage that is chosen may grow by as much. */
export const ROOM_TO_GROW = 1.26;

/** Days between two rotations: the most that AWS's own check of secrets takes as often enough is 90 (SecretsManager.4). */
const ROTATION_DAYS = 30;

/** The relational database of a stack. `phase` is the highest one reached: a store never goes back down. */
export function planRelationalDatabase(
  needs: RelationalDatabaseNeeds,
  phase: Phase,
  settings: Settings,
  /** Id of an existing database that the stack has taken over before. */
  adopted?: string,
): RelationalDatabasePlan {
  const { environment, cloud, compute, accounts, given } = settings;
  const own = settings.overrides.relational;
  const host = needs.hosts[cloud];
  const classes = host && needs.classes[host];
  if (!host || !classes) throw new Error(`${settings.system} names no host of its tables on ${cloud}`);
  const rules = hostRules[host];
  const instanceClass = own.instanceClass ?? sizeOf(classes, phase.name, environment);
  const storage = needs.storage[phase.name];
  const existing = given.databaseUrl || accounts[cloud].databaseSecretId !== undefined;
  const { adoptDatabase } = accounts[cloud];
  // Pods have copies of secrets, which only an update renews: a password that rotates by itself would lock them out.
  const rotates = rules.rotates && compute === 'instances';
  return {
    name: own.databaseName ?? needs.name,
    engine: needs.engine,
    engineVersion: own.engineVersion ?? needs.engineVersion,
    host,
    instanceClass,
    port: (existing && settings.databasePort) || sqlPorts[needs.engine],
    user: own.user ?? needs.user,
    standby: own.standby ?? phases.indexOf(phase.name) >= phases.indexOf(needs.standbyFrom),
    replicas: planReplicas(needs, phase, settings, rules),
    storage: {
      initialGb: own.storageGb ?? storage.initialGb,
      maxGb: own.maxStorageGb ?? Math.max(storage.maxGb, Math.ceil((own.storageGb ?? 0) * ROOM_TO_GROW)),
      freePercent: needs.freePercent,
    },
    backup: { retentionDays: own.backupRetentionDays ?? BACKUP_DAYS[environment], startsAt: BACKUP_STARTS },
    maintenance: MAINTENANCE,
    blueGreen: environment !== 'dev',
    monitoringSeconds: 60,
    insightsDays: own.insightsDays ?? 7,
    proxy: own.proxy ?? false,
    pooler: existing ? undefined : planPooler(needs, phase, settings),
    maxConnections: existing ? undefined : limitOf(host, needs.engine, instanceClass)?.connections,
    passwordVersion: own.passwordVersion ?? 1,
    rotationDays: rotates ? (own.rotationDays ?? ROTATION_DAYS) : undefined,
    existing,
    adopted: adoptDatabase === undefined ? undefined : { id: adoptDatabase, imported: adopted === adoptDatabase },
  };
}

function planReplicas(
  needs: RelationalDatabaseNeeds,
  phase: Phase,
  { overrides: { relational: own }, cloud }: Settings,
  { scalesReaders, readsAfar }: HostRules,
): ReplicasPlan {
  const usual = needs.replicas[phase.name];
  const min = own.replicas ?? (scalesReaders ? usual.min : (usual.fixed ?? usual.min));
  const max = own.maxReplicas ?? Math.max(own.replicas === undefined ? usual.max : min, min);
  const scaled = scalesReaders && max > min;
  return {
    min,
    max: scaled ? max : min,
    cpuPercent: scaled ? needs.replicaCpuPercent : undefined,
    perFurtherRegion: readsAfar && regionsOn(cloud, phase.regions) > 1 ? 1 : 0,
  };
}

function planPooler(needs: RelationalDatabaseNeeds, phase: Phase, settings: Settings): PoolerPlan | undefined {
  const wanted = settings.overrides.relational.pooler ?? needs.pooler !== undefined;
  if (!wanted || needs.engine !== 'postgres') return undefined;
  return poolerAt(needs.pooler ?? usualPooler, phase.name);
}

/** A pooler at a phase. */
export function poolerAt({ pods, ...pooler }: PoolerNeeds, phase: PhaseName): PoolerPlan {
  return { image: POOLER_IMAGE, ...pooler, pods: pods[phase] };
}

/** PgBouncer's own defaults, where configuration puts a pooler before a database whose guide has none. */
export const usualPooler: PoolerNeeds = {
  port: 6432,
  poolSize: 20,
  minPoolSize: 0,
  maxDatabaseConnections: 100,
  maxClientConnections: 1_000,
  timeoutSeconds: 120,
  pods: { small: 2, medium: 2, large: 3, enterprise: 4 },
};
