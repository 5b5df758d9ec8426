import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type ClientRequest, type IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nginxConfig, type NginxConfig } from '../../../components/kubernetes/edge/nginx-config';
import { startScript, type StartPlace } from '../../../components/kubernetes/edge/start';

export const DOMAIN = 'api.pulse.test';

export interface Nginx {
  http: number;
  https: number;
  status: number;
  /** PEM of the certificate, which is its own authority. */
  certificate: string;
  /** Where its certificate and key are. */
  folder: string;
  stop(): Promise<void>;
}

export interface Answer {
  status: number;
  body: string;
  headers: Record<string, string | string[] | undefined>;
}

/** What is other than in the pod where the generated script starts nginx. */
export type Started = Partial<Pick<StartPlace, 'renewalSeconds' | 'addresses6'>>;

/** nginx with the generated configuration, in front of servers that stay. With `started` it is the script that starts it. */
export async function startNginx(change: Partial<NginxConfig>, servers: string[], started?: Started): Promise<Nginx> {
  if (spawnSync('nginx', ['-v']).status !== 0) {
    throw new Error('nginx is missing: install it (Debian: apt-get install -y nginx-light)');
  }
  const folder = mkdtempSync(join(tmpdir(), 'nginx-'));
  const certificate = makeCertificate(folder);
  const [http, https, status] = (await freePorts(3)) as [number, number, number];
  // As in the pod: one address of each kind. The script alone can leave one out.
  const address = (port: number) => [`127.0.0.1:${port}`, ...(started ? [`[::1]:${port}`] : [])];
  const listen = { http: address(http), https: address(https), status: address(status) };
  const config = nginxConfig({
    domain: DOMAIN,
    upstream: { kind: 'static', servers },
    proxy: {
      maxFails: 3,
      failTimeoutSeconds: 30,
      keepalive: 32,
      connectTimeoutSeconds: 60,
      sendTimeoutSeconds: 60,
      readTimeoutSeconds: 60,
    },
    healthPath: '/health',
    idleTimeoutSeconds: 60,
    drainSeconds: 30,
    proxyProtocol: false,
    trustedProxies: [],
    certificates: folder,
    temporary: folder,
    listen,
    // Debian 12 has 1.22.
    http2AsListenWord: versionBelow('1.25.1'),
    ...change,
  });
  const path = join(folder, 'nginx.conf');
  writeFileSync(path, config);
  // A file: nginx opens /dev/stdout by its name, which a pipe of Node.js, a socket, does not allow.
  const logFile = join(folder, 'log');
  const log = openSync(logFile, 'w');
  const script = startScript({
    config: path,
    ownConfig: join(folder, 'own.conf'),
    addresses6: '/proc/net/if_inet6',
    certificates: folder,
    resolverFile: join(folder, 'resolver'),
    renewalSeconds: 3_600,
    ...started,
  });
  const [command, args] = started ? ['sh', ['-c', script]] : ['nginx', ['-c', path, '-g', 'daemon off;']];
  // A group of its own: whoever looks at the certificate ends with nginx, as everything in a container does.
  const server: ChildProcess = spawn(command, args, { stdio: ['ignore', log, log], detached: true });
  closeSync(log);
  const stop = async () => {
    if (server.exitCode === null && server.signalCode === null) {
      process.kill(-server.pid!, 'SIGTERM');
      await once(server, 'exit');
    }
    rmSync(folder, { recursive: true, force: true });
  };
  for (let tries = 0; !(await listens('127.0.0.1', https)); tries++) {
    if (tries > 100 || server.exitCode !== null) {
      const said = readFileSync(logFile, 'utf8');
      await stop();
      throw new Error(`nginx did not start: ${said}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { http, https, status, certificate, folder, stop };
}

/** Asks nginx over TLS as a client of its domain would. */
export function ask(nginx: Nginx, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  return answerOf((callback) =>
    httpsRequest(
      {
        host: '127.0.0.1',
        port: nginx.https,
        servername: DOMAIN,
        ca: nginx.certificate,
        path,
        headers: { host: DOMAIN, ...headers },
        agent: false,
      },
      callback,
    ),
  );
}

export function askPlain(port: number, path: string): Promise<Answer> {
  return answerOf((callback) =>
    httpRequest({ host: '127.0.0.1', port, path, headers: { host: DOMAIN }, agent: false }, callback),
  );
}

type Callback = (response: IncomingMessage) => void;

function answerOf(send: (callback: Callback) => ClientRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = send((response) => {
      let body = '';
      response.on('data', (data: Buffer) => (body += data.toString()));
      response.on('end', () => resolve({ status: response.statusCode!, body, headers: response.headers }));
    });
    request.on('error', reject);
    request.end();
  });
}

/** A new certificate of its own, and its key, as `tls.crt` and `tls.key`; gives back the PEM. */
export function makeCertificate(folder: string): string {
  const key = join(folder, 'tls.key');
  const file = join(folder, 'tls.crt');
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', `/CN=${DOMAIN}`].concat([
      '-addext',
      `subjectAltName=DNS:${DOMAIN}`,
      '-keyout',
      key,
      '-out',
      file,
    ]),
    { stdio: 'ignore' },
  );
  return readFileSync(file, 'utf8');
}

function versionBelow(version: string): boolean {
  const { stderr } = spawnSync('nginx', ['-v'], { encoding: 'utf8' });
  const found = /nginx\/(\d+)\.(\d+)\.(\d+)/.exec(stderr)!.slice(1).map(Number);
  const limit = version.split('.').map(Number);
  const at = found.findIndex((part, index) => part !== limit[index]);
  return at >= 0 && found[at]! < limit[at]!;
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports: number[] = [];
  for (const server of servers) {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ports.push((server.address() as { port: number }).port);
  }
  for (const server of servers) await new Promise((resolve) => server.close(resolve));
  return ports;
}

/** Whether somebody takes connections there. */
export function listens(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host, () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
