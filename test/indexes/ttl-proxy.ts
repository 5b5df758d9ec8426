import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { BSON } from 'mongodb';
import { MessageReader, withBody, type Message } from './wire';

export interface TtlProxy {
  url: string;
  /** The `createIndexes` commands as they came in, in their order: what a MongoDB server would have been sent. */
  sent: { collection: string; indexes: BSON.Document[] }[];
  stop(): Promise<void>;
}

/**
 * Stands between a client and FerretDB, which refuses `expireAfterSeconds`. It takes that one option out of
 * `createIndexes` on the way in, keeps it, and gives it back in `listIndexes` on the way out. Everything else, unique
 * indexes included, is FerretDB's own answer. No document ever expires.
 */
export async function startTtlProxy(target: string): Promise<TtlProxy> {
  const memory = new TtlMemory();
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(new URL(target).port), '127.0.0.1');
    const requests = new MessageReader();
    const replies = new MessageReader();
    // Of one connection: ids of requests are unique there alone.
    const pending = new Map<number, BSON.Document>();
    client.on('data', (piece) =>
      requests.read(piece).forEach((message) => upstream.write(memory.request(message, pending))),
    );
    upstream.on('data', (piece) =>
      replies.read(piece).forEach((message) => client.write(memory.reply(message, pending))),
    );
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.on('close', () => other.destroy()).on('error', () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `mongodb://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    sent: memory.sent,
    stop: () => {
      sockets.forEach((socket) => socket.destroy());
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

class TtlMemory {
  readonly sent: TtlProxy['sent'] = [];
  private readonly expiries = new Map<string, unknown>();

  request(message: Message, pending: Map<number, BSON.Document>): Buffer {
    const { body } = message;
    if (body?.listIndexes !== undefined) pending.set(message.id, body);
    if (body?.createIndexes === undefined) return message.bytes;
    pending.set(message.id, body);
    this.sent.push({ collection: body.createIndexes, indexes: body.indexes.map(plain) });
    const indexes = body.indexes.map(({ expireAfterSeconds: _, ...rest }: BSON.Document) => rest);
    return withBody(message, { ...body, indexes });
  }

  reply(message: Message, pending: Map<number, BSON.Document>): Buffer {
    const { body } = message;
    const asked = pending.get(message.answers);
    if (!body || !asked) return message.bytes;
    pending.delete(message.answers);
    if (Number(body.ok) !== 1) return message.bytes;
    if (asked.createIndexes !== undefined) {
      for (const index of asked.indexes) {
        if (index.expireAfterSeconds !== undefined) {
          this.expiries.set(key(asked, asked.createIndexes, index), index.expireAfterSeconds);
        }
      }
      return message.bytes;
    }
    const firstBatch = body.cursor.firstBatch.map((index: BSON.Document) => {
      const expireAfterSeconds = this.expiries.get(key(asked, asked.listIndexes, index));
      return expireAfterSeconds === undefined ? index : { ...index, expireAfterSeconds };
    });
    return withBody(message, { ...body, cursor: { ...body.cursor, firstBatch } });
  }
}

function key(command: BSON.Document, collection: string, index: BSON.Document): string {
  return `${command.$db}.${collection}.${index.name}`;
}

/** Numbers as numbers, for a test to compare. */
function plain(index: BSON.Document): BSON.Document {
  return BSON.deserialize(BSON.serialize(index));
}
