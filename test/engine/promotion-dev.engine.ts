import { walkTheLadder } from './walk';

describe('promotion of dev', () => walkTheLadder('dev'));
