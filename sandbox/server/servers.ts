import * as grpc from '@grpc/grpc-js';
import * as services from '@pulumi/pulumi/proto/provider_grpc_pb';
import { packages, typeOf } from '../packages';
import { Faults } from '../store/faults';
import { Store } from '../store/store';
import { Provider } from './provider';
import { serviceOf } from './service';

/** Package to port, e.g. `{ aws: 40123 }`. */
export type Ports = Record<string, number>;

export interface Running {
  ports: Ports;
  stop(): Promise<void>;
}

/** A stack's state can be large; the engine's own limit. */
const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

/** Serves every package in this process, each on a port of its own, so that the package is known on every call. */
export async function serve(folder: string, options: { account?: string } = {}): Promise<Running> {
  const store = new Store(folder, options);
  const faults = new Faults(folder);
  const ports: Ports = {};
  const servers: grpc.Server[] = [];
  for (const pkg of packages) {
    const server = new grpc.Server({
      'grpc.max_receive_message_length': MAX_MESSAGE_BYTES,
      'grpc.max_send_message_length': MAX_MESSAGE_BYTES,
    });
    const operations = pkg.operations?.(store) ?? new Provider(pkg, store, typeOf);
    server.addService(services.ResourceProviderService, serviceOf(operations, faults));
    ports[pkg.name] = await new Promise<number>((resolve, reject) => {
      server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) =>
        error ? reject(error) : resolve(port),
      );
    });
    servers.push(server);
  }
  return {
    ports,
    stop: async () => {
      await Promise.all(
        servers.map(
          (server) =>
            new Promise<void>((resolve) => {
              // A call that runs may end; an idle engine's connection does not keep the server.
              const force = setTimeout(() => server.forceShutdown(), 1000);
              server.tryShutdown(() => {
                clearTimeout(force);
                resolve();
              });
            }),
        ),
      );
    },
  };
}
