import { liveOnCluster } from './cluster';

liveOnCluster('digitalocean');
