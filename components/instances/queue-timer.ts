import { serviceName } from './service-unit';

/** A unit that looks at queues once: it asks the broker that the service's own secrets name. */
export function queueUnit(description: string, script: string): string {
  return `[Unit]
Description=${description}
Requires=docker.service
After=docker.service ${serviceName}.service
# Without the service there are no secrets to read the broker's address from.
ConditionPathExists=/run/${serviceName}/secrets.env

[Service]
Type=oneshot
ExecStart=${script}
TimeoutStartSec=120
`;
}

/** Starts the unit of its name every minute. */
export const everyMinute = `[Unit]
Description=Every minute

[Timer]
OnBootSec=60
OnUnitActiveSec=60
AccuracySec=1

[Install]
WantedBy=timers.target
`;
