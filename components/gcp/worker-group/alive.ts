import type { InstancePart } from '../../instances/part';
import { scriptFolder, serviceName } from '../../instances/service-unit';

/** Where an instance of workers says whether its container runs. Google's health checks alone reach it. */
export const alivePort = 8_079;

const unitName = `${serviceName}-alive`;
const script = `${scriptFolder}/alive`;

/**
 * Answers Google's health check for a worker, which answers nobody itself: 200 while its container runs or is let end,
 * and 503 otherwise, so that an instance that never gets there is made anew.
 */
export function alivePart(): InstancePart {
  return {
    files: [
      { path: script, permissions: '0755', content: answer },
      { path: `/etc/systemd/system/${unitName}.socket`, permissions: '0644', content: socket },
      { path: `/etc/systemd/system/${unitName}@.service`, permissions: '0644', content: unit },
    ],
    units: [`${unitName}.socket`],
  };
}

const answer = `#!/bin/bash
# Says over HTTP whether the worker's container runs, or is being let end.
set -uo pipefail
while IFS= read -r -t 5 line && [[ -n "\${line%$'\\r'}" ]]; do :; done
state="$(systemctl is-active ${serviceName}.service)"
running="$(docker inspect --format '{{.State.Running}}' ${serviceName} 2>/dev/null)"
if [[ $state == deactivating || $running == true ]]; then status='200 OK'; else status='503 Service Unavailable'; fi
printf 'HTTP/1.1 %s\\r\\nContent-Length: 0\\r\\nConnection: close\\r\\n\\r\\n' "$status"
`;

const socket = `[Unit]
Description=Where the worker says that it runs

[Socket]
ListenStream=${alivePort}
Accept=yes
MaxConnections=16

[Install]
WantedBy=sockets.target
`;

const unit = `[Unit]
Description=Says whether the worker runs

[Service]
ExecStart=${script}
StandardInput=socket
StandardOutput=socket
StandardError=journal
TimeoutStartSec=10
`;
