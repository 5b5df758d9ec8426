/** What the broker needs to know. */
export interface BrokerConfig {
  port: number;
  /** Memory of the container in MiB. */
  memoryMib: number;
  /** Folder of the volume. */
  data: string;
  /** File with the password. */
  ownFile: string;
}

/** Of the container's memory. The rest is for clients' buffers, and pages written during a rewrite. */
const JOBS_PART = 0.7;

/**
 * The broker's configuration. Pure. Not in cluster mode: Celery and BullMQ's lists want one keyspace. A job that does not
 * fit is refused, none is dropped for it; each is on disk within a second. Words that Valkey 7.2 and newer and Redis 7
 * have in common.
 */
export function brokerConfig({ port, memoryMib, data, ownFile }: BrokerConfig): string {
  return `# Made by Stackladder. A change here is lost at the next update.
port ${port}
dir ${data}
maxmemory ${Math.floor(memoryMib * JOBS_PART)}mb
maxmemory-policy noeviction
cluster-enabled no
appendonly yes
appendfsync everysec
# A pod that was killed in the middle of a write comes back with all but the last half of a line.
aof-load-truncated yes
save ""
# Workers wait on a list for as long as it is empty.
timeout 0
tcp-keepalive 60
include ${ownFile}
`;
}
