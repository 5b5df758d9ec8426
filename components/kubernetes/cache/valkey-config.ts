/** What a node of the cache needs to know that is the same on all of them. */
export interface ValkeyConfig {
  port: number;
  /** Memory of the container in MiB. */
  memoryMib: number;
  /** What goes when memory is full. */
  evictionPolicy: string;
  /** Folder of the volume. */
  data: string;
  /** File with what is the node's own: password, address, name. */
  ownFile: string;
}

/** Of the container's memory. The rest is for clients' buffers, replication, and pages written during a rewrite. */
const KEYS_PART = 0.7;

/**
 * The configuration of every node. Pure. In cluster mode from the first one, so that a cache grows in place; keys are
 * on disk within a second, so that a restart begins warm. Words that Valkey 7.2 and newer and Redis 7 have in common.
 */
export function valkeyConfig({ port, memoryMib, evictionPolicy, data, ownFile }: ValkeyConfig): string {
  return `# Made by Stackladder. A change here is lost at the next update.
port ${port}
dir ${data}
maxmemory ${Math.floor(memoryMib * KEYS_PART)}mb
maxmemory-policy ${evictionPolicy}
appendonly yes
appendfsync everysec
save ""
cluster-enabled yes
cluster-config-file nodes.conf
cluster-node-timeout 5000
# A shard that is gone takes its own keys with it, and not everybody else's.
cluster-require-full-coverage no
cluster-allow-reads-when-down no
# A primary keeps its last replica: an orphan elsewhere is mended by the shape, not by moving replicas about.
cluster-migration-barrier 1
tcp-keepalive 60
timeout 0
include ${ownFile}
`;
}
