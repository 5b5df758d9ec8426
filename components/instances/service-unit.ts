/** Where everything that is not secret lies on an instance. */
export const configurationFolder = '/etc/stackladder';
export const scriptFolder = '/usr/local/lib/stackladder';
/** The unit's and the container's name. */
export const serviceName = 'stackladder';

/** Strict mode, files for root alone, and five tries (55 seconds of waiting in all) for what goes over the network. */
export const preamble = `set -euo pipefail
umask 077

retry() {
  local attempt
  for attempt in 1 2 3 4 5; do
    if "$@"; then return 0; fi
    echo "attempt $attempt of 5 failed: $1" >&2
    sleep "$((attempt * attempt))"
  done
  return 1
}
`;

export interface Beside {
  /** A unit that the service needs, up before it: the pooler. */
  unit: string;
  /** What runs between the secrets' arrival and the start. */
  script: string;
}

/** The systemd unit: fetches, pulls, runs, and on the way down gives the container its drain time before it is killed. */
export function serviceUnit(drainSeconds: number, beside?: Beside): string {
  const before = beside ? ` ${beside.unit}` : '';
  return `[Unit]
Description=The service's container
Requires=docker.service
After=docker.service network-online.target${before}
Wants=network-online.target${before}
StartLimitIntervalSec=0

[Service]
EnvironmentFile=${configurationFolder}/service.env
Environment=DOCKER_CONFIG=/run/${serviceName}/docker
RuntimeDirectory=${serviceName}
RuntimeDirectoryMode=0700
TimeoutStartSec=600
TimeoutStopSec=${drainSeconds + 15}
ExecStartPre=-/usr/bin/docker rm --force ${serviceName}
ExecStartPre=${scriptFolder}/fetch-secrets
${beside ? `ExecStartPre=${beside.script}\n` : ''}ExecStartPre=${scriptFolder}/pull-image
ExecStart=${scriptFolder}/run-container
ExecStop=/usr/bin/docker stop --time ${drainSeconds} ${serviceName}
Restart=always
RestartSec=5

[Install]
WantedBy=multi-user.target
`;
}
