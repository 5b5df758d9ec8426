import type { Environment } from '../../plan/vocabulary';

/** Two nodes survive the loss of one; a balancer of one node is out for as long as its replacement takes. */
export const balancerNodes: Record<Environment, number> = { dev: 1, staging: 2, prod: 2 };
