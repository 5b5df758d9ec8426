import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiClient } from '../../../sandbox/kubernetes/live/client';

/** An API server that closes what it was to keep, without a word, as one does after a while. */
let folder: string;
let server: Server;
let client: ApiClient;
let sockets: Set<Socket>;
let asked: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'api-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '1', '-nodes'];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', ...subject, '-keyout', key, '-out', cert], {
    stdio: 'ignore',
  });
  const authority = readFileSync(cert, 'utf8');
  [sockets, asked] = [new Set(), 0];
  server = createServer({ key: readFileSync(key), cert: authority }, (_, response) => {
    asked++;
    response.end(JSON.stringify({ asked }));
  });
  server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  client = new ApiClient({ server: new URL(`https://127.0.0.1:${port}`), authority });
});
afterEach(async () => {
  client.close();
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

const ask = () => client.call({ method: 'GET', path: '/readyz' });

test('connections that were closed meanwhile are no failure, however many there were', async () => {
  await Promise.all([ask(), ask(), ask()]);
  const before = asked;
  // Before the client hears of it: the next call takes one of them.
  const calls = Promise.all([ask(), ask()]);
  for (const socket of sockets) socket.destroy();
  expect((await calls).length).toBe(2);
  expect(asked).toBeGreaterThanOrEqual(before + 2);
});

test('a server that is not there is told as such', async () => {
  client.close();
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
  await expect(ask()).rejects.toThrow(/cannot be reached: connect ECONNREFUSED/);
  server = createServer().listen(0);
});
