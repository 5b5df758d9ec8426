import type { InstancePart } from '../../instances/part';
import { preamble, scriptFolder, serviceName } from '../../instances/service-unit';
import { shellWord } from '../../instances/shell';

export interface DrainOptions {
  region: string;
  /** The group's hook that holds a leaving instance. */
  hook: string;
}

const unitName = `${serviceName}-drain`;
/** Spot gives two minutes; what is left is for the container's end. */
const SPOT_SECONDS = 100;

/**
 * Lets a running job end before its instance goes. Auto Scaling tells the instance that it leaves (scale-in, refresh,
 * off-hours, rebalancing of spot capacity), waits, and hears when the container has stopped. A spot interruption is told
 * two minutes before and waits for nobody: the container is asked to stop at once, and the job has so long to end.
 */
export function drainPart(options: DrainOptions): InstancePart {
  return {
    files: [
      { path: `${scriptFolder}/drain`, permissions: '0755', content: drain(options) },
      { path: `/etc/systemd/system/${unitName}.service`, permissions: '0644', content: unit },
    ],
    units: [`${unitName}.service`],
  };
}

export function drain({ region, hook }: DrainOptions): string {
  return `#!/bin/bash
# Waits until this instance is to leave, lets the running job end, and says so.
${preamble}
metadata=http://169.254.169.254/latest
ask() { curl --silent --fail --max-time 5 "$@"; }
meta() {
  local token
  token="$(ask --request PUT --header 'X-aws-ec2-metadata-token-ttl-seconds: 60' "$metadata/api/token")" || return 1
  ask --header "X-aws-ec2-metadata-token: $token" "$metadata/meta-data/$1"
}
aws_here() { aws "$@" --region ${shellWord(region)} --output text; }

until [[ "$(meta autoscaling/target-lifecycle-state)" == Terminated ]]; do
  if meta spot/instance-action >/dev/null; then
    echo 'the capacity is taken back in two minutes: the job has so long to end'
    timeout ${SPOT_SECONDS} systemctl stop ${serviceName}.service || docker kill ${serviceName}
    exit 0
  fi
  sleep 5
done

echo 'this instance leaves: waiting for the running job'
systemctl stop ${serviceName}.service
instance="$(meta instance-id)"
group="$(retry aws_here ec2 describe-tags --query 'Tags[0].Value' \\
  --filters "Name=resource-id,Values=$instance" 'Name=key,Values=aws:autoscaling:groupName')"
retry aws_here autoscaling complete-lifecycle-action --lifecycle-action-result CONTINUE \\
  --lifecycle-hook-name ${shellWord(hook)} --auto-scaling-group-name "$group" --instance-id "$instance"
`;
}

const unit = `[Unit]
Description=Lets the running job end before the instance goes
After=docker.service network-online.target
Wants=network-online.target

[Service]
ExecStart=${scriptFolder}/drain
Restart=on-failure
RestartSec=5

[Install]
WantedBy=multi-user.target
`;
