import type { EcrRepository } from './image-reference';
import { containerCommand, containerFlags } from '../../instances/container';
import { shellWord } from '../../instances/shell';
import { preamble } from '../../instances/service-unit';

/**
 * Reads each secret into Docker's environment file, on tmpfs and readable by root alone. Runs before every start, so a
 * restart takes up a new value. The document names secrets; their values are on the instance only.
 *
 * @param secrets environment variable to the ARN of the secret
 */
export function fetchSecrets(secrets: Record<string, string>): string {
  const calls = Object.entries(secrets).map(([variable, arn]) => `fetch ${shellWord(variable)} ${shellWord(arn)}\n`);
  return `#!/bin/bash
# Reads the service's secrets from Secrets Manager. Runs before every start.
${preamble}
target="\${RUNTIME_DIRECTORY:?}/secrets.env"
: >"$target.new"
${calls.length === 0 ? '' : fetchFunction}${calls.join('')}mv "$target.new" "$target"
`;
}

// `None` is what the aws command line prints for a secret that holds bytes instead of text.
const fetchFunction = `
# Takes a variable and the ARN of its secret, whose fourth part is the region.
fetch() {
  local region value
  region="$(cut -d: -f4 <<<"$2")"
  value="$(retry aws secretsmanager get-secret-value --region "$region" --secret-id "$2" \\
    --query SecretString --output text)"
  if [[ $value == None || $value == *[$'\\n\\r']* ]]; then
    echo "the secret of $1 holds no text, or more than one line" >&2
    return 1
  fi
  printf '%s=%s\\n' "$1" "$value" >>"$target.new"
}

`;

/** Pulls the image. Where the registry cannot be reached, a copy from an earlier start is good enough. */
export function pullImage(ecr: EcrRepository | undefined): string {
  const login = `
login() {
  aws ecr get-login-password --region ${shellWord(ecr?.region ?? '')} |
    docker login --username AWS --password-stdin ${shellWord(ecr?.registry ?? '')}
}
`;
  return `#!/bin/bash
# Pulls the service's image. Runs before every start.
${preamble}${ecr ? login : ''}
if ! { ${ecr ? 'retry login && ' : ''}retry docker pull --quiet "\${IMAGE:?}"; }; then
  echo "cannot pull $IMAGE; looking for a copy" >&2
  docker image inspect "$IMAGE" >/dev/null
fi
`;
}

export interface ContainerOptions {
  port?: number;
  command?: string[];
  region: string;
  logGroup: string;
  drainSeconds: number;
  readOnlyRootFilesystem: boolean;
}

/**
 * Runs the container in the foreground. It shares the host's network: with a hop limit of 1 the instance's credentials
 * reach the host alone, and the service needs them for its buckets. All capabilities are dropped, so an image that
 * starts as root and changes its user must do so with a `USER` line instead.
 */
export function runContainer(options: ContainerOptions): string {
  const flags = [
    ...containerFlags(options),
    // Without blocking: a service does not stand still because its logs do.
    '--log-driver awslogs --log-opt mode=non-blocking --log-opt max-buffer-size=16m',
    `--log-opt ${shellWord(`awslogs-region=${options.region}`)}`,
    `--log-opt ${shellWord(`awslogs-group=${options.logGroup}`)} --log-opt "awslogs-stream=$instance"`,
  ];
  return `#!/bin/bash
# Runs the service's container until it ends.
${preamble}
metadata=http://169.254.169.254/latest
ask() { retry curl --silent --show-error --fail --max-time 5 "$@"; }
token="$(ask --request PUT --header 'X-aws-ec2-metadata-token-ttl-seconds: 60' "$metadata/api/token")"
instance="$(ask --header "X-aws-ec2-metadata-token: $token" "$metadata/meta-data/instance-id")"

exec docker run \\
  ${flags.join(' \\\n  ')} \\
  ${containerCommand(options.command)}
`;
}
