import { environmentFile } from '../../instances/environment-file';
import { type InstancePart, partsTogether } from '../../instances/part';
import { poolerUnit } from '../../instances/pooler';
import { configurationFolder, scriptFolder, serviceName, serviceUnit } from '../../instances/service-unit';
import { shellWord } from '../../instances/shell';
import { imageRepository } from '../service-identity/image-registry';
import { fetchSecrets, pullImage, runContainer } from './service-files';

export interface StartupOptions {
  image: string;
  /** What the container runs instead of the image's own command; empty: the image's own. */
  command: string[];
  /** Undefined: a worker, which nobody connects to. */
  port?: number;
  environment: Record<string, string>;
  /** Environment variable to the id of the secret that fills it. */
  secrets: Record<string, string>;
  /** PEM of further authorities that the container trusts; empty for none. */
  trustedCertificates: string;
  drainSeconds: number;
  readOnlyRootFilesystem: boolean;
  /** PgBouncer, which the service waits for. Default: none. */
  pooler?: InstancePart;
  /** What else runs beside the container. */
  parts: InstancePart[];
}

/** Compute Engine's limit on one value of an instance's metadata. */
const limit = 256 * 1024;

/**
 * What an instance does at every start, as Debian's guest agent runs it: writes the service's files, installs Docker and
 * the Ops Agent where they are missing, starts both. It says where secrets are and never what they are.
 *
 * Pure: the same options give the same script, so instances are only replaced when something about them changed.
 *
 * @throws Error for a variable that does not fit on a line, by name, and for a script above 256 KiB, with its size
 */
export function startupScript(options: StartupOptions): string {
  const ownAuthorities = options.trustedCertificates !== '';
  const beside = options.pooler && { unit: poolerUnit, script: `${scriptFolder}/pooled-urls` };
  const parts = partsTogether([...(options.pooler ? [options.pooler] : []), ...options.parts]);
  const script = [
    head,
    file(`${configurationFolder}/service.env`, '0644', `IMAGE=${options.image}\n`),
    file(`${configurationFolder}/environment`, '0600', environmentFile(options.environment)),
    ownAuthorities ? file(`${configurationFolder}/trusted.pem`, '0644', options.trustedCertificates) : '',
    file(`${scriptFolder}/fetch-secrets`, '0755', fetchSecrets(options.secrets)),
    file(`${scriptFolder}/pull-image`, '0755', pullImage(imageRepository(options.image))),
    file(`${scriptFolder}/run-container`, '0755', runContainer({ ...options, ownAuthorities })),
    file(`/etc/systemd/system/${serviceName}.service`, '0644', serviceUnit(options.drainSeconds, beside)),
    ...parts.files.map(({ path, permissions, content }) => file(path, permissions, content)),
    start(parts.units),
  ].join('');
  const size = Buffer.byteLength(script);
  if (size > limit) {
    throw new Error(
      `the startup script would have ${size} bytes and Compute Engine takes ${limit}: give the service fewer or shorter variables`,
    );
  }
  return script;
}

const head = `#!/bin/bash
# Brings the service up. Runs at every start of the instance.
set -euo pipefail

put() { install -D -m "$1" /dev/null "$2" && cat >"$2"; }
retry() { for wait in 1 4 9 16 25; do "$@" && return 0; sleep "$wait"; done; return 1; }
`;

const END = 'END_OF_FILE';

/** As it stands: quoted, a here-document takes nothing for a part of the script. */
function file(path: string, mode: string, content: string): string {
  const whole = content === '' || content.endsWith('\n') ? content : `${content}\n`;
  if (whole.split('\n').includes(END)) throw new Error(`${path} has a line that ends a file: ${END}`);
  return `\nput ${mode} ${shellWord(path)} <<'${END}'\n${whole}${END}\n`;
}

// The service first: an agent that cannot be installed must not keep it from serving.
const start = (units: string[]): string => `
if ! command -v docker >/dev/null || ! command -v jq >/dev/null; then
  export DEBIAN_FRONTEND=noninteractive
  retry apt-get -o DPkg::Lock::Timeout=120 update --quiet
  retry apt-get -o DPkg::Lock::Timeout=120 install --quiet --yes --no-install-recommends docker.io jq curl ca-certificates
fi
systemctl daemon-reload
systemctl enable --now docker.service
systemctl enable --now --no-block ${[...units, `${serviceName}.service`].join(' ')}

if ! dpkg --status google-cloud-ops-agent >/dev/null 2>&1; then
  agent="$(mktemp -d)"
  retry curl --silent --show-error --fail --location --max-time 60 --output "$agent/install.sh" \\
    https://dl.google.com/cloudagents/add-google-cloud-ops-agent-repo.sh
  retry bash "$agent/install.sh" --also-install --version='2.*.*'
  rm -rf "$agent"
fi
`;
