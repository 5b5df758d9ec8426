import { request } from 'node:https';
import { createInterface } from 'node:readline';
import type { Access } from '../../../sandbox/kubernetes/config';
import type { LiveObject } from './api';

interface Event {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: LiveObject;
}

/** Every change of some pods, in the order in which it came about: between two looks more may happen than one sees. */
export class PodWatch {
  private readonly ready = new Map<string, boolean>();
  /** How many were ready, after each change. */
  readonly counts: number[] = [];
  private stopped = false;

  private constructor(private readonly end: () => void) {}

  /** @param selector labels of the pods, `key=value` */
  static open({ server, authority, certificate, key }: Access, namespace: string, selector: string): PodWatch {
    const url = new URL(`/api/v1/namespaces/${namespace}/pods`, server);
    url.search = new URLSearchParams({ watch: 'true', labelSelector: selector }).toString();
    const sent = request(url, { ca: authority, cert: certificate, key });
    const watch = new PodWatch(() => sent.destroy());
    const fail = (error: Error): void => {
      if (!watch.stopped) throw error;
    };
    sent.on('response', (response) => {
      response.on('error', fail);
      const lines = createInterface({ input: response });
      lines.on('error', fail);
      lines.on('line', (line) => watch.take(JSON.parse(line) as Event));
    });
    sent.on('error', fail);
    sent.end();
    return watch;
  }

  stop(): void {
    this.stopped = true;
    this.end();
  }

  private take({ type, object }: Event): void {
    const { name } = object.metadata;
    const leaves = type === 'DELETED' || 'deletionTimestamp' in object.metadata;
    const ready = object.status?.conditions?.some((found) => found.type === 'Ready' && found.status === 'True');
    this.ready.set(name, !leaves && ready === true);
    this.counts.push([...this.ready.values()].filter(Boolean).length);
  }
}
