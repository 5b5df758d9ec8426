import { configurationFolder, serviceName } from './service-unit';
import { shellWord } from './shell';

export interface ContainerOptions {
  /** Undefined: a worker, which nobody connects to. */
  port?: number;
  drainSeconds: number;
  readOnlyRootFilesystem: boolean;
  /** Docker's own flags for the network. Default: the host's. */
  network?: string;
}

/**
 * How a service's container is run: on the host's network unless asked for another, with its environment files, without capabilities and with
 * nothing to write to, unless asked for. A script's own lines; `RUNTIME_DIRECTORY` comes from the unit.
 */
export function containerFlags(options: ContainerOptions): string[] {
  return [
    `--name ${serviceName} --rm ${options.network ?? '--network host'}`,
    `--env-file ${configurationFolder}/environment --env-file "\${RUNTIME_DIRECTORY:?}/secrets.env"`,
    '--cap-drop ALL --security-opt no-new-privileges --pids-limit 4096 --ulimit nofile=65536:65536',
    // Ports below 1024 are the one thing that a web server needs a capability for.
    ...((options.port ?? 1024) < 1024 ? ['--cap-add NET_BIND_SERVICE'] : []),
    ...(options.readOnlyRootFilesystem ? ['--read-only --tmpfs /tmp:rw,noexec,nosuid,nodev,size=64m'] : []),
    `--stop-timeout ${options.drainSeconds}`,
  ];
}

/** The image and what it runs instead of its own command, as the end of `docker run`. */
export function containerCommand(command: string[] = []): string {
  return ['"${IMAGE:?}"', ...command.map(shellWord)].join(' ');
}
