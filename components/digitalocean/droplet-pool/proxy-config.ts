import type { RateLimitPlan, RoutePlan } from '../../../plan/types';
import { clientAddress, toldToService } from '../../kubernetes/edge/client-address';
import { rateOf } from '../../kubernetes/edge/nginx-config';
import { upgrades } from '../../kubernetes/edge/proxying';
import { queueLines, queuePath, type QueueWatch } from './queue-watch';
import { redirectLines, redirectMaps } from './redirects';

export interface ProxyOptions {
  /** Where nginx listens, and where the container does on this droplet's loopback. */
  port: number;
  containerPort: number;
  /** Range that the load balancer's requests come from. */
  balancerCidr: string;
  /** Answered without a limit and without a line in the log. */
  healthPath: string;
  rateLimit?: RateLimitPlan;
  /** In order; the first that matches answers. Default: none. */
  routes?: RoutePlan[];
  /** Queues that it tells of, for an uptime check to ask. Default: none. */
  queues?: QueueWatch[];
  /** Seconds that a request or a WebSocket may be silent. */
  idleTimeoutSeconds: number;
}

/**
 * nginx in front of the container of one droplet, for what DigitalOcean's balancer does not do: the guide's rate limit,
 * burst included, by the client's address, and its rules by path, host and query. The balancer ends TLS and says who the
 * client is in X-Forwarded-For; only its last entry is believed, for a client can write the others itself. Where that is a
 * proxy in front, the proxy's own header says it.
 */
export function proxyConfig(options: ProxyOptions): string {
  const {
    port,
    containerPort,
    balancerCidr,
    healthPath,
    rateLimit,
    routes = [],
    queues = [],
    idleTimeoutSeconds,
  } = options;
  const limit = rateLimit
    ? [`limit_req zone=clients burst=${rateLimit.burst} nodelay;`, `limit_req_status ${rateLimit.status};`]
    : [];
  const pass = [
    'proxy_pass http://service;',
    'proxy_http_version 1.1;',
    'proxy_set_header Host $host;',
    ...toldToService(rateLimit?.clientHeader),
    'proxy_set_header X-Forwarded-Proto https;',
    'proxy_set_header Upgrade $upgrade;',
    'proxy_set_header Connection $connection_upgrade;',
    `proxy_read_timeout ${idleTimeoutSeconds}s;`,
    `proxy_send_timeout ${idleTimeoutSeconds}s;`,
  ];
  const location = (path: string, lines: string[]) =>
    `    location ${path} {\n${lines.map((line) => `        ${line}\n`).join('')}    }\n`;
  const { key, http } = clientAddress(rateLimit?.clientHeader);
  const zone = rateLimit ? [...http, `limit_req_zone ${key} zone=clients:10m rate=${rateOf(rateLimit)};`] : [];
  return `${[...zone, ...upgrades].map((lines) => `${lines}\n`).join('')}${redirectMaps(routes)}upstream service {
    server 127.0.0.1:${containerPort};
    keepalive 32;
}
server {
    listen ${port};
    server_tokens off;
    set_real_ip_from ${balancerCidr};
    real_ip_header X-Forwarded-For;
    # The service itself says how much it takes.
    client_max_body_size 0;
${location('~* ^/metrics(/|$)', ['return 404;'])}${queues.map((watch) => location(`= ${queuePath(watch)}`, queueLines(watch))).join('')}${location(`= ${healthPath}`, ['access_log off;', ...pass])}${location('/', [...limit, ...redirectLines(routes), ...pass])}}
`;
}
