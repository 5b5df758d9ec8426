import { walkTheMatrix } from './matrix';

walkTheMatrix('digitalocean');
