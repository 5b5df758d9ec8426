import { containerCommand, containerFlags, type ContainerOptions } from '../../instances/container';
import { shellWord } from '../../instances/shell';
import { configurationFolder, preamble } from '../../instances/service-unit';
import type { ImageRepository } from '../service-identity/image-registry';

/** Asks the metadata server, which knows who the instance is. Only the instance itself can reach it. */
export const askMetadata = `
ask() {
  retry curl --silent --show-error --fail --max-time 5 --header 'Metadata-Flavor: Google' \\
    "http://metadata.google.internal/computeMetadata/v1/instance/$1"
}
accessToken() { ask service-accounts/default/token | jq --raw-output .access_token; }
`;

/**
 * Reads each secret into Docker's environment file, on tmpfs and readable by root alone. Runs before every start, so a
 * restart takes up a new value. The script names secrets; their values are on the instance only, and the token that
 * fetches them is in no argument list.
 *
 * @param secrets environment variable to the secret's id, `projects/…/secrets/…`
 */
export function fetchSecrets(secrets: Record<string, string>): string {
  const calls = Object.entries(secrets).map(([variable, id]) => `fetch ${shellWord(variable)} ${shellWord(id)}\n`);
  return `#!/bin/bash
# Reads the service's secrets from Secret Manager. Runs before every start.
${preamble}
target="\${RUNTIME_DIRECTORY:?}/secrets.env"
: >"$target.new"
${calls.length === 0 ? '' : `${askMetadata}${fetchFunction}`}${calls.join('')}mv "$target.new" "$target"
`;
}

const fetchFunction = `
trap 'rm -f "$RUNTIME_DIRECTORY/header"' EXIT
printf 'Authorization: Bearer %s\\n' "$(accessToken)" >"$RUNTIME_DIRECTORY/header"

# Takes a variable and the id of its secret.
fetch() {
  local answer value
  answer="$(retry curl --silent --show-error --fail --max-time 10 --header "@$RUNTIME_DIRECTORY/header" \\
    "https://secretmanager.googleapis.com/v1/$2/versions/latest:access")"
  value="$(jq --raw-output .payload.data <<<"$answer" | base64 --decode)"
  if [[ -z $value || $value == *[$'\\n\\r']* ]]; then
    echo "the secret of $1 holds no text, or more than one line" >&2
    return 1
  fi
  printf '%s=%s\\n' "$1" "$value" >>"$target.new"
}

`;

/** Pulls the image. Where the registry cannot be reached, a copy from an earlier start is good enough. */
export function pullImage(repository: ImageRepository | undefined): string {
  const login = `${askMetadata}
login() {
  accessToken | docker login --username oauth2accesstoken --password-stdin ${shellWord(`https://${repository?.host}`)}
}
`;
  return `#!/bin/bash
# Pulls the service's image. Runs before every start.
${preamble}${repository ? login : ''}
if ! { ${repository ? 'retry login && ' : ''}retry docker pull --quiet "\${IMAGE:?}"; }; then
  echo "cannot pull $IMAGE; looking for a copy" >&2
  docker image inspect "$IMAGE" >/dev/null
fi
`;
}

/** What the container trusts: the public authorities, and those of the file where there is one. */
const bundle = `
trusted="\${RUNTIME_DIRECTORY:?}/ca-certificates.crt"
cat /etc/ssl/certs/ca-certificates.crt ${configurationFolder}/trusted.pem >"$trusted"
chmod 0644 "$trusted"
`;

/**
 * Runs the container in the foreground, on the host's network: the service asks the metadata server for its identity.
 * All capabilities are dropped, so an image that starts as root and changes its user must do so with a \`USER\` line.
 */
export function runContainer(options: ContainerOptions & { ownAuthorities: boolean; command: string[] }): string {
  const flags = [
    ...containerFlags(options),
    ...(options.ownAuthorities
      ? [
          '--volume "$trusted:/etc/ssl/certs/ca-certificates.crt:ro"',
          '--env SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt',
          // Node.js has authorities of its own, and takes further ones from here.
          '--env NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt',
        ]
      : []),
    // Without blocking: a service does not stand still because its logs do.
    '--log-driver gcplogs --log-opt mode=non-blocking --log-opt max-buffer-size=16m',
  ];
  return `#!/bin/bash
# Runs the service's container until it ends.
${preamble}${options.ownAuthorities ? bundle : ''}
exec docker run \\
  ${flags.join(' \\\n  ')} \\
  ${containerCommand(options.command)}
`;
}
