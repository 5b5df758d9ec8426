import { mercenaryRows } from './mercenary';
import type { Row } from './row';
import { svSdkRows } from './sv-sdk';

/** The tables by system. Pulse's guide is walked by `test/manifests/guide.ts`. */
export const guideRows: Record<string, Row[]> = { mercenary: mercenaryRows, 'sv-sdk': svSdkRows };
