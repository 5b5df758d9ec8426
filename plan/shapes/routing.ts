/** How a balancer picks an instance of a service, and what it answers by itself. */
export interface RoutingPlan {
  /** `least-outstanding-requests` is what a guide calls least connections. */
  algorithm: 'round-robin' | 'least-outstanding-requests';
  /**
   * Seconds for which a client is led to the same instance, by a cookie of the balancer's. Where a guide asks for source-IP
   * affinity this is the next best: no cloud's HTTP balancer has it on every cloud, and addresses are shared. Undefined: none.
   */
  affinitySeconds?: number;
  /** In order; the first that matches answers. What none matches goes to the service. */
  rules: RoutePlan[];
}

/** One rule: every kind of condition that is given must match, by any of its values. */
export interface RoutePlan {
  name: string;
  /** Path patterns with `*`, e.g. `/static/*`. */
  paths?: string[];
  /** Host names. */
  hosts?: string[];
  /** Parameters of the query string. */
  query?: { key: string; value: string }[];
  /** Redirects (302) to the same path and query on another host; undefined: the service answers, and later rules do not. */
  redirectTo?: string;
}
