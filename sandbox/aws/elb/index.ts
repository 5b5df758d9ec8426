import { listener, listenerRule } from './listener';
import { loadBalancer } from './load-balancer';
import { targetGroup } from './target-group';

export const elb = [loadBalancer, targetGroup, listener, listenerRule];
