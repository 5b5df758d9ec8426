import { walkTheLadder } from './walk';

describe('promotion of prod', () => walkTheLadder('prod'));
