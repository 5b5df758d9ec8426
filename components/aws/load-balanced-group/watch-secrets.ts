import type { InstancePart } from '../../instances/part';
import { poolerUnit } from '../../instances/pooler';
import { preamble, scriptFolder, serviceName } from '../../instances/service-unit';
import { shellWord } from '../../instances/shell';

const unitName = `${serviceName}-watch-secrets`;
/** Instances start again within so many seconds of their look. */
const SPREAD_SECONDS = 120;
/** Between two looks: as long as a new password may be unknown here, new connections fail. */
const LOOK_SECONDS = 60;
const script = `${scriptFolder}/watch-secrets`;

/**
 * Starts the service and its pooler again when a secret has a new value, as after the rotation of a password: what runs
 * has the values that it was started with. Instances look every minute and wait a random while, up to two minutes, so they do
 * not start again all at once. Between a rotation and that moment open connections stay, and new ones with the old password
 * fail.
 *
 * Cost: 0.05 USD per 10,000 looks: 43,800 a month for each secret are 0.22 USD on each instance.
 *
 * @param secrets ARNs; no value of theirs is kept
 */
export function watchSecretsPart(secrets: string[]): InstancePart {
  return {
    files: [
      { path: script, permissions: '0755', content: watchSecrets(secrets) },
      { path: `/etc/systemd/system/${unitName}.service`, permissions: '0644', content: unit },
      { path: `/etc/systemd/system/${unitName}.timer`, permissions: '0644', content: timer },
    ],
    units: [`${unitName}.timer`],
  };
}

export function watchSecrets(secrets: string[]): string {
  return `#!/bin/bash
# Starts the service again when one of its secrets has a new value.
${preamble}
seen="\${RUNTIME_DIRECTORY:?}/versions"

# Prints the version of each secret; its region is the fourth part of its ARN. One that cannot be read is no new value.
versions() {
  local arn
  for arn in ${[...new Set(secrets)].sort().map(shellWord).join(' ')}; do
    retry aws secretsmanager get-secret-value --region "$(cut -d: -f4 <<<"$arn")" --secret-id "$arn" \\
      --query VersionId --output text || return 1
  done
}

now="$(versions)"
if [[ -f $seen && $now != "$(<"$seen")" ]]; then
  echo 'a secret has a new value: starting again'
  # Not all instances in one moment.
  sleep "$((RANDOM % ${SPREAD_SECONDS}))"
  # First, because a job may take its time to end: nobody restarts twice for one value.
  printf '%s\\n' "$now" >"$seen"
  systemctl try-restart ${poolerUnit} || true
  # One that was stopped, because its instance leaves, stays so.
  systemctl try-restart ${serviceName}.service
fi
printf '%s\\n' "$now" >"$seen"
`;
}

const unit = `[Unit]
Description=Starts the service again when a secret has a new value
After=network-online.target
Wants=network-online.target

[Service]
Type=oneshot
RuntimeDirectory=${unitName}
RuntimeDirectoryMode=0700
RuntimeDirectoryPreserve=yes
ExecStart=${script}
# As long as a running job needs to end.
TimeoutStartSec=infinity
`;

const timer = `[Unit]
Description=Every minute, and first before anything can have changed

[Timer]
OnActiveSec=15
OnUnitActiveSec=${LOOK_SECONDS}

[Install]
WantedBy=timers.target
`;
