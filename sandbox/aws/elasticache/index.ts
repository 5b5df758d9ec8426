import { parameterGroup, subnetGroup } from './groups';
import { replicationGroup } from './replication-group';

export const elasticache = [replicationGroup, subnetGroup, parameterGroup];
