import type { InstancePart } from '../../instances/part';
import { preamble, scriptFolder, serviceName } from '../../instances/service-unit';

/** Seconds of a graceful shutdown beyond the job's own: until the instance has heard of it, and to switch off. */
export const shutdownMargin = 45;

/** Compute Engine's longest graceful shutdown, one hour. */
export const longestShutdown = 3_600;

const unitName = `${serviceName}-drain`;
const script = `${scriptFolder}/drain`;

/**
 * Lets a running job end before its instance goes. A graceful shutdown leaves the machine running and says so to whoever
 * asks the metadata server; nothing on it is told. So it is asked all the time: when the instance is to go, the service is
 * stopped, which gives its container the drain time, and then the machine switches itself off.
 */
export function drainPart(drainSeconds: number): InstancePart {
  return {
    files: [
      { path: script, permissions: '0755', content: watch(drainSeconds) },
      { path: `/etc/systemd/system/${unitName}.service`, permissions: '0644', content: unit },
    ],
    units: [`${unitName}.service`],
  };
}

function watch(drainSeconds: number): string {
  return `#!/bin/bash
# Waits until the instance is to go, lets the container end within ${drainSeconds} s, and switches off.
${preamble}
state=http://metadata.google.internal/computeMetadata/v1/instance/shutdown-details/stop-state
until [[ "$(curl --silent --fail --max-time 90 --header 'Metadata-Flavor: Google' \\
  "$state?wait_for_change=true&timeout_sec=60")" == PENDING_STOP ]]; do sleep 1; done
systemctl stop ${serviceName}.service
systemctl poweroff
`;
}

const unit = `[Unit]
Description=Lets a running job end before the instance goes
After=network-online.target
Wants=network-online.target

[Service]
ExecStart=${script}
Restart=on-failure
RestartSec=5

[Install]
WantedBy=multi-user.target
`;
