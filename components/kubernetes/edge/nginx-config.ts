import type { ProxyPlan, RateLimitPlan, RoutingPlan } from '../../../plan/types';
import { clientAddress } from './client-address';
import { block, words } from './nginx-words';
import { proxied, upgrades } from './proxying';
import { routedHosts, routingLines } from './routing';

/** Ports inside the pod: above 1024, which every user may listen on. */
export const ports = { http: 8080, https: 8443, status: 8090 };

export interface NginxConfig {
  /** The name that clients use; plain HTTP is redirected to it. */
  domain: string;
  upstream: Upstream;
  proxy: ProxyPlan;
  /** Path of the service's health check, served without a line in the log. */
  healthPath: string;
  rateLimit?: RateLimitPlan;
  /** Default: the pod with the fewest open requests, and no rules. */
  routing?: RoutingPlan;
  /** Seconds that a client's connection may be silent: between two requests, and as a WebSocket. */
  idleTimeoutSeconds: number;
  /** Seconds that open requests have when nginx ends, and connections of old workers when a certificate is renewed. */
  drainSeconds: number;
  /** Whether connections begin with a PROXY header. */
  proxyProtocol: boolean;
  /** CIDRs that are believed about the client's address. */
  trustedProxies: string[];
  /** Folder with `tls.crt` and `tls.key`. */
  certificates: string;
  /** Where temporary files go. */
  temporary: string;
  /** Where each port is listened on. Default: every address, of IPv4 and, by a line of its own, of IPv6. */
  listen?: Record<keyof typeof ports, string[]>;
  /** nginx below 1.25.1 has `http2` as a word of `listen`, and no directive. Default: false. */
  http2AsListenWord?: boolean;
}

export type Upstream =
  /** Every address behind a name, asked for anew as the answers expire. Needs nginx 1.27.3. */
  | { kind: 'resolved'; host: string; port: number; resolverFile: string }
  /** A list that stays: what nginx of every version can do. */
  | { kind: 'static'; servers: string[] };

/** Room for the limits of 160,000 client addresses (nginx: 10 MB hold about as many states of 64 bytes). */
const LIMIT_ZONE = '10m';
/** The guide names no size of requests; recordings go to the object store, not through here. */
const BODY_SIZE = '10m';
/** Of each worker, clients' and those to pods together: as many as fit the pod's memory. */
const WORKER_CONNECTIONS = 4_096;

/** The whole configuration of an nginx in front of one service. Pure: the same needs, the same file. */
export function nginxConfig(config: NginxConfig): string {
  return [
    '# Made by Stackladder. A change here is lost at the next update.',
    // Not `auto`, which would count the CPUs of the node.
    'worker_processes 2;',
    // Some nodes give a container 1,024 files to begin with; each connection is one.
    `worker_rlimit_nofile ${WORKER_CONNECTIONS * 2};`,
    `worker_shutdown_timeout ${config.drainSeconds}s;`,
    `pid ${config.temporary}/nginx.pid;`,
    'error_log stderr warn;',
    '',
    block('events', [`worker_connections ${WORKER_CONNECTIONS};`]),
    '',
    block('http', [
      ...general(config),
      ...realAddress(config),
      ...limitZone(config),
      ...upgrades,
      ...routingLines(config.routing).http,
      upstream(config),
      statusServer(config),
      ...redirectServers(config),
      secureServer(config),
    ]),
    '',
  ].join('\n');
}

function general({ temporary, idleTimeoutSeconds, upstream: to, rateLimit }: NginxConfig): string[] {
  const { variable: client } = clientAddress(rateLimit?.clientHeader);
  const folders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return [
    ...folders.map((name) => `${name}_temp_path ${temporary}/${name};`),
    ...(to.kind === 'resolved' ? [`include ${to.resolverFile};`] : []),
    'server_tokens off;',
    'tcp_nodelay on;',
    `keepalive_timeout ${idleTimeoutSeconds}s;`,
    'client_header_timeout 15s;',
    'client_body_timeout 60s;',
    `client_max_body_size ${BODY_SIZE};`,
    `log_format edge '${client} [$time_iso8601] "$request" $status $body_bytes_sent $request_time '`,
    "  '$upstream_addr $upstream_response_time';",
    'access_log /dev/stdout edge;',
  ];
}

/** The client's own address, told by who stands in front. Nobody else is believed: the limit goes by this address. */
function realAddress({ proxyProtocol, trustedProxies }: NginxConfig): string[] {
  if (trustedProxies.length === 0) return [];
  return [
    ...trustedProxies.map((cidr) => `set_real_ip_from ${cidr};`),
    `real_ip_header ${proxyProtocol ? 'proxy_protocol' : 'X-Forwarded-For'};`,
    'real_ip_recursive on;',
  ];
}

function limitZone({ rateLimit }: NginxConfig): string[] {
  if (!rateLimit) return [];
  // Here, and not in the server as the guide has it: nginx takes a zone in `http` alone.
  const { key, http } = clientAddress(rateLimit.clientHeader);
  return [...http, `limit_req_zone ${key} zone=clients:${LIMIT_ZONE} rate=${rateOf(rateLimit)};`];
}

/** nginx knows requests a second and a minute, in whole numbers. */
export function rateOf({ requests, windowSeconds }: { requests: number; windowSeconds: number }): string {
  const perSecond = requests / windowSeconds;
  if (Number.isInteger(perSecond)) return `${perSecond}r/s`;
  return `${Math.max(1, Math.round(perSecond * 60))}r/m`;
}

function upstream({ upstream: to, proxy, routing }: NginxConfig): string {
  const fails = `max_fails=${proxy.maxFails} fail_timeout=${proxy.failTimeoutSeconds}s`;
  const servers =
    to.kind === 'resolved'
      ? [`server ${to.host}:${to.port} resolve ${fails};`]
      : to.servers.map((server) => `server ${server} ${fails};`);
  // The zone is what the workers share: counts of connections and failures, and the addresses.
  const { upstream: picks } = routingLines(routing);
  return block('upstream service', ['zone service 256k;', ...picks, ...servers, `keepalive ${proxy.keepalive};`]);
}

/** A line for each address of a port. Where a node has no IPv6 the lines with one are left out when the pod starts. */
function listens({ listen }: NginxConfig, port: keyof typeof ports, ...more: (string | false | undefined)[]): string[] {
  const addresses = listen?.[port] ?? [String(ports[port]), `[::]:${ports[port]}`];
  return addresses.map((address) => `listen ${words(address, ...more)};`);
}

/** For probes and metrics alone; no Service leads here. */
function statusServer(config: NginxConfig): string {
  return block('server', [
    ...listens(config, 'status'),
    'access_log off;',
    block('location = /ready', ["return 200 'ready';"]),
    block('location = /status', ['stub_status;']),
    block('location /', ['return 404;']),
  ]);
}

/** The first is also for who asks for no name of ours: it leads to the service's. Other names keep theirs, for their rules. */
function redirectServers(config: NginxConfig): string[] {
  const { domain, proxyProtocol, routing } = config;
  const addresses = listens(config, 'http', proxyProtocol && 'proxy_protocol');
  const hosts = routedHosts(routing, domain);
  const to = (names: string[], host: string) =>
    block('server', [...addresses, `server_name ${names.join(' ')};`, `return 301 https://${host}$request_uri;`]);
  return [to([domain], domain), ...(hosts.length > 0 ? [to(hosts, '$host')] : [])];
}

function secureServer(config: NginxConfig): string {
  const { domain, proxyProtocol, certificates, rateLimit, healthPath, routing, http2AsListenWord: old } = config;
  return block('server', [
    ...listens(config, 'https', 'ssl', old && 'http2', proxyProtocol && 'proxy_protocol'),
    ...(old ? [] : ['http2 on;']),
    `server_name ${[domain, ...routedHosts(routing, domain)].join(' ')};`,
    `ssl_certificate ${certificates}/tls.crt;`,
    `ssl_certificate_key ${certificates}/tls.key;`,
    'ssl_protocols TLSv1.2 TLSv1.3;',
    // Forward secrecy and authenticated encryption alone (Mozilla's intermediate list).
    'ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305;',
    'ssl_session_cache shared:tls:10m;',
    'ssl_session_timeout 1d;',
    'ssl_session_tickets off;',
    'add_header Strict-Transport-Security "max-age=31536000" always;',
    'add_header X-Content-Type-Options nosniff always;',
    'add_header X-Frame-Options DENY always;',
    'add_header Referrer-Policy no-referrer always;',
    ...(rateLimit
      ? [`limit_req zone=clients burst=${rateLimit.burst} nodelay;`, `limit_req_status ${rateLimit.status};`]
      : []),
    ...routingLines(routing).server,
    // What Prometheus reads inside the cluster is nobody's business outside, however a service's router spells it.
    block('location ~* ^/metrics(/|$)', ['return 404;']),
    block(`location = ${healthPath}`, ['access_log off;', ...proxied(config)]),
    block('location /', proxied(config)),
  ]);
}
