import { autoscaler } from './autoscaler';
import { groupManager } from './group';
import { instanceTemplate, regionInstanceTemplate } from './template';

export const instances = [instanceTemplate, regionInstanceTemplate, groupManager, autoscaler];
