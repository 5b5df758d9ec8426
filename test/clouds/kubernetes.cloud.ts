import { liveOn } from '../engine/clouds';

liveOn('kubernetes', 'kubernetes');
