import { walkTheLadder } from '../engine/walk';

describe('promotion of dev', () => walkTheLadder('dev'));
