import { liveOnCluster } from './cluster';

liveOnCluster('aws');
