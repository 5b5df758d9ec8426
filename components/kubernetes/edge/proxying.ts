import { toldToService } from './client-address';
import type { NginxConfig } from './nginx-config';
import { map } from './nginx-words';

/**
 * What clients may upgrade to: WebSockets alone. A service that takes `h2c` would else answer what is asked inside of that
 * connection, past every rule of nginx's. Who upgrades nothing must not say `Connection: close` to the service, or no
 * connection is kept for the next request.
 */
export const upgrades = [
  map('$http_upgrade', '$upgrade', "''", [['~*^websocket$', 'websocket']]),
  map('$upgrade', '$connection_upgrade', "''", [['websocket', 'upgrade']]),
];

/** How a request goes on to a pod of the service. */
export function proxied({ proxy, rateLimit, idleTimeoutSeconds }: NginxConfig): string[] {
  const { connectTimeoutSeconds, sendTimeoutSeconds, readTimeoutSeconds } = proxy;
  return [
    'proxy_pass http://service;',
    'proxy_http_version 1.1;',
    'proxy_set_header Upgrade $upgrade;',
    'proxy_set_header Connection $connection_upgrade;',
    'proxy_set_header Host $host;',
    ...toldToService(rateLimit?.clientHeader),
    'proxy_set_header X-Forwarded-Proto $scheme;',
    `proxy_connect_timeout ${connectTimeoutSeconds}s;`,
    `proxy_send_timeout ${sendTimeoutSeconds}s;`,
    // A WebSocket may be silent for as long as any connection of a client.
    `proxy_read_timeout ${Math.max(readTimeoutSeconds, idleTimeoutSeconds)}s;`,
    // What fails at once is tried on every pod. What a pod was given all its time for goes to one more at the most: a slow
    // request would else go round, and count as a failure of each.
    `proxy_next_upstream_timeout ${connectTimeoutSeconds + 1}s;`,
    // Bodies pass through: kept on the pod's disk, uploads or slow clients of large answers could fill it, and Kubernetes
    // evicts a pod for that.
    'proxy_request_buffering off;',
    'proxy_max_temp_file_size 0;',
  ];
}
