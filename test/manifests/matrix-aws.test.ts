import { walkTheMatrix } from './matrix';

walkTheMatrix('aws');
