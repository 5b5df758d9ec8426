import { cluster } from './cluster';
import { nodePool } from './node-pool';

export const gke = [cluster, nodePool];
