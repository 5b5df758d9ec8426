import { walkTheMatrix } from './matrix';

walkTheMatrix('gcp');
