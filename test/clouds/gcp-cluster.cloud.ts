import { liveOnCluster } from './cluster';

liveOnCluster('gcp');
