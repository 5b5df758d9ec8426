import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A backend that tells who it is, and what it was asked. */
export interface Backend {
  name: string;
  port: number;
  /** Requests that arrived, by path. */
  asked: string[];
  /** Headers of the last request. */
  headers: Record<string, string | string[] | undefined>;
  /** Connections that were opened. */
  connections: number;
  /** Whether it takes requests and answers none. */
  hold: boolean;
  stop(): Promise<void>;
}

const WEBSOCKET_GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** Starts a backend on a port of the loopback address; 0 takes a free one. */
export async function startBackend(name: string, port = 0): Promise<Backend> {
  const sockets = new Set<Socket>();
  const backend: Backend = {
    name,
    port,
    asked: [],
    headers: {},
    connections: 0,
    hold: false,
    stop: () => stop(server, sockets),
  };
  const server = createServer((request, response) => {
    backend.asked.push(request.url ?? '');
    backend.headers = request.headers;
    if (!backend.hold) response.end(name);
  });
  server.on('connection', (socket: Socket) => {
    backend.connections++;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  });
  // A WebSocket that sends back whatever arrives, as far as the handshake and one frame go.
  server.on('upgrade', (request, socket: Socket) => {
    backend.headers = request.headers;
    const accept = createHash('sha1')
      .update(`${request.headers['sec-websocket-key']}${WEBSOCKET_GUID}`)
      .digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    socket.on('data', (data) => socket.write(data));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  backend.port = (server.address() as AddressInfo).port;
  return backend;
}

async function stop(server: Server, sockets: Set<Socket>): Promise<void> {
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
}
