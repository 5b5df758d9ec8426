import { Agent, request } from 'node:https';
import { CloudError } from '../../model/errors';
import { text } from '../../model/reading';
import type { Bag } from '../../model/values';
import type { Access } from '../config';

/** Milliseconds. */
const ANSWER_WITHIN = 30_000;

/** What the API server answers when it refuses: its reason, its sentence and its code. */
export class ApiError extends CloudError {
  constructor(
    readonly status: number,
    reason: string,
    sentence: string,
  ) {
    super(reason, sentence);
  }
}

/** The server had closed a connection that was kept for later, and, as far as can be told, has not seen the call. */
class ClosedMeanwhile extends CloudError {
  constructor(sentence: string) {
    super('Unreachable', sentence);
  }
}

export interface Call {
  method: 'GET' | 'PATCH' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  query?: Record<string, string>;
  body?: Bag;
  /** Of the body; JSON without it. */
  contentType?: string;
}

/** Speaks HTTPS with one API server. */
export class ApiClient {
  private readonly agent: Agent;
  /** Opens a connection for each call. */
  private readonly anew: Agent;

  constructor(readonly access: Access) {
    const { authority: ca, certificate: cert, key } = access;
    this.agent = new Agent({ keepAlive: true, ca, cert, key, maxSockets: 20 });
    this.anew = new Agent({ keepAlive: false, ca, cert, key });
  }

  close(): void {
    this.agent.destroy();
  }

  /** Undefined where there is no such thing. */
  async find(path: string): Promise<Bag | undefined> {
    try {
      return await this.call({ method: 'GET', path });
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  /** @throws ApiError with what the server says */
  async call(call: Call): Promise<Bag> {
    try {
      return await this.send(call);
    } catch (error) {
      // What would make a second one is not said twice.
      if (error instanceof ClosedMeanwhile && call.method !== 'POST') return this.send(call, this.anew);
      throw error;
    }
  }

  private send(
    { method, path, query, body, contentType = 'application/json' }: Call,
    agent: Agent = this.agent,
  ): Promise<Bag> {
    const url = new URL(path, this.access.server);
    for (const [key, value] of Object.entries(query ?? {})) url.searchParams.set(key, value);
    const payload = body && Buffer.from(JSON.stringify(body));
    const headers: Record<string, string> = { accept: 'application/json' };
    if (this.access.token !== undefined) headers.authorization = `Bearer ${this.access.token}`;
    if (payload) Object.assign(headers, { 'content-type': contentType, 'content-length': String(payload.length) });
    return new Promise((resolve, reject) => {
      const sent = request(url, { method, headers, agent, timeout: ANSWER_WITHIN }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const answer = read(Buffer.concat(chunks).toString('utf8'));
          const status = response.statusCode ?? 0;
          if (status < 300) resolve(answer);
          else reject(new ApiError(status, text(answer, 'reason') ?? String(status), sentence(answer, status)));
        });
      });
      sent.on('timeout', () => sent.destroy(new Error(`no answer within ${ANSWER_WITHIN / 1000} s`)));
      sent.on('error', (error: NodeJS.ErrnoException) => {
        const problem = `the API server ${url.origin} cannot be reached: ${error.message}`;
        const meanwhile = sent.reusedSocket && error.code === 'ECONNRESET';
        reject(meanwhile ? new ClosedMeanwhile(problem) : new CloudError('Unreachable', problem));
      });
      sent.end(payload);
    });
  }
}

export function isMissing(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}

function read(body: string): Bag {
  try {
    return JSON.parse(body) as Bag;
  } catch {
    return { message: body.slice(0, 500) };
  }
}

const sentence = (answer: Bag, status: number): string =>
  text(answer, 'message') ?? `the API server answered ${status}`;
