import { liveOn } from './clouds';

liveOn('kubernetes', 'kubernetes');
