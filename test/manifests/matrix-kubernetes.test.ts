import { walkTheMatrix } from './matrix';

walkTheMatrix('kubernetes');
