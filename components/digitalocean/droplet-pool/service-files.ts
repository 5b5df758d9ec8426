import { containerCommand, containerFlags } from '../../instances/container';
import { shellWord } from '../../instances/shell';
import { preamble, scriptFolder } from '../../instances/service-unit';

const openFunction = `
# Prints the secret at a URL. It answers this network alone.
open_secret() {
  retry curl --silent --show-error --fail --max-time 20 "$1"
}
`;

const fetchFunction = `
# Takes a variable and the URL of its secret.
fetch() {
  local value
  value="$(open_secret "$2")"
  if [[ -z $value || $value == *[$'\\n\\r']* ]]; then
    echo "the secret of $1 is empty, or has more than one line" >&2
    return 1
  fi
  printf '%s=%s\\n' "$1" "$value" >>"$target.new"
}

`;

/**
 * Reads each secret into Docker's environment file, on tmpfs and readable by root alone. Runs before every start, so a
 * restart takes up a new value. The document names secrets; their values are on the droplet only.
 *
 * @param secrets environment variable to the URL of the secret
 */
export function fetchSecrets(secrets: Record<string, string>, registrySecret?: string): string {
  const calls = Object.entries(secrets).map(([variable, url]) => `fetch ${shellWord(variable)} ${shellWord(url)}\n`);
  const registry = registrySecret
    ? `mkdir -p "$RUNTIME_DIRECTORY/docker"\nopen_secret ${shellWord(registrySecret)} >"$RUNTIME_DIRECTORY/docker/config.json"\n`
    : '';
  return `#!/bin/bash
# Reads the service's secrets. Runs before every start.
${preamble}${registry || calls.length > 0 ? openFunction : ''}
target="\${RUNTIME_DIRECTORY:?}/secrets.env"
: >"$target.new"
${calls.length > 0 ? fetchFunction : ''}${calls.join('')}${registry}mv "$target.new" "$target"
`;
}

/** Pulls the image. Where the registry cannot be reached, a copy from an earlier start is good enough. */
export function pullImage(): string {
  return `#!/bin/bash
# Pulls the service's image. Runs before every start.
${preamble}
if ! retry docker pull --quiet "\${IMAGE:?}"; then
  echo "cannot pull $IMAGE; looking for a copy" >&2
  docker image inspect "$IMAGE" >/dev/null
fi
`;
}

/**
 * Keeps containers away from the metadata service, which hands out the user data. Docker leaves this chain to us and
 * asks it first.
 */
export function closeMetadata(): string {
  return `#!/bin/bash
# Containers do not reach the metadata service. Runs before every container.
${preamble}
rule=(DOCKER-USER --destination 169.254.169.254/32 --jump DROP)
iptables --wait --check "\${rule[@]}" 2>/dev/null || iptables --wait --insert "\${rule[@]}"
`;
}

/**
 * Runs the container in the foreground, in a network of its own; a service's is reached from this droplet alone. All
 * capabilities are dropped, so an image that starts as root and changes its user must do so with a `USER` line instead.
 */
export function runContainer({ ports, drainSeconds, command }: RunOptions): string {
  const network = ports ? `--publish 127.0.0.1:${ports.containerPort}:${ports.port}` : '--network bridge';
  const options = { port: ports?.port, drainSeconds, network, readOnlyRootFilesystem: true };
  const flags = [...containerFlags(options), '--log-driver journald'];
  return `#!/bin/bash
# Runs the service's container until it ends.
${preamble}
${scriptFolder}/close-metadata

exec docker run \\
  ${flags.join(' \\\n  ')} \\
  ${containerCommand(command)}
`;
}

interface RunOptions {
  /** Undefined: a worker, which nobody connects to. */
  ports?: { port: number; containerPort: number };
  drainSeconds: number;
  /** Default: the image's own. */
  command?: string[];
}
