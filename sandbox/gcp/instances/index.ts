import { autoscaler, groupManager } from './group';
import { instanceTemplate, regionInstanceTemplate } from './template';

export const instances = [instanceTemplate, regionInstanceTemplate, groupManager, autoscaler];
