import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Plays what measures: a page of numbers for Prometheus, which a test changes. */
export class Measurements {
  private values: Record<string, () => number> = {};

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async start(): Promise<Measurements> {
    const server = createServer((_request, response) => {
      response.setHeader('content-type', 'text/plain; version=0.0.4');
      response.end(measurements.page());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const measurements = new Measurements(server, (server.address() as AddressInfo).port);
    return measurements;
  }

  /** Replaces all numbers, by the names of their series. A number that grows is given as a function of time. */
  tell(values: Record<string, number | (() => number)>): void {
    this.values = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, typeof value === 'number' ? () => value : value]),
    );
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private page(): string {
    return Object.entries(this.values)
      .map(([name, value]) => `${name} ${value()}\n`)
      .join('');
  }
}
