import type * as pulumi from '@pulumi/pulumi';
import type { RateLimitPlan, RoutePlan, ScheduledSqlPlan } from '../../../plan/types';
import type { DropletsArgs } from './droplets';
import type { QueueWatch } from './queue-watch';

/** **A change of region replaces the balancer**, and with it the address; so does one of the network. */
export interface DropletPoolArgs extends DropletsArgs {
  /** Range of the network: the balancer's requests come from it, and only these are believed about the client. */
  cidr: string;
  /** TCP port that the container listens on, and that the balancer asks on each droplet. */
  port: number;
  /** How many droplets. The pool starts with the fewest: DigitalOcean has no count to start from. */
  capacity: { min: number; max: number };
  healthCheck: {
    /** Answers 200 when the droplet can serve, e.g. `/health`. Neither limited nor logged. */
    path: string;
    /** 3 to 300. */
    intervalSeconds: number;
    /** 3 to 300. */
    timeoutSeconds: number;
    /** Checks in a row that make a droplet healthy, 2 to 10. */
    healthyThreshold: number;
    /** Failed checks in a row that make it unhealthy, 2 to 10. */
    unhealthyThreshold: number;
    /** Seconds that a droplet takes to boot and start the service: the pool waits so long after each step. */
    graceSeconds: number;
  };
  /** Averages over the pool, in percent. The greater need of the two decides, in both directions. */
  scaling: { cpuPercent: number; memoryPercent: number };
  /** Seconds between two steps of the pool, where that is longer than the grace; 20 minutes are the most. Default: 0. */
  cooldownSeconds?: number;
  /** Seconds that a client is led to the same droplet, by a cookie. Default: it is not. */
  affinitySeconds?: number;
  /** Rules by path, host and query that nginx on each droplet keeps, in order. Default: none. */
  routes?: RoutePlan[];
  /** Requests per client address, kept by nginx on each droplet; the sum over the pool is so many times that. */
  rateLimit?: RateLimitPlan;
  /** Seconds that a connection may be silent before the balancer closes it, 30 to 600. */
  idleTimeoutSeconds: number;
  /** Seconds that a leaving container has to end its requests; DigitalOcean gives a droplet 60 to shut down. */
  drainSeconds: number;
  /** SQL by the calendar in the database of this variable; one droplet at a time runs it. Default: none. */
  scheduledSql?: { schedules: ScheduledSqlPlan[]; variable: string };
  /** Queues of the broker at this variable that nginx tells of, at `queuePath`, for an uptime check. Default: none. */
  queues?: { variable: string; watches: QueueWatch[] };
  /** Name of the certificate that the balancer shows. */
  certificateName: pulumi.Input<string>;
  /** Nodes of the balancer, 1 to 100; two and more survive the loss of one. Changed in place, once an hour. */
  balancerNodes: number;
}

/** What every part of one pool needs to know. */
export interface PoolContext {
  name: string;
  parent: pulumi.Resource;
}
