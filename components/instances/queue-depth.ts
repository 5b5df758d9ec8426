import type { QueuePlan } from '../../plan/types';
import { valkeyClientImage } from './images';
import type { InstancePart } from './part';
import { everyMinute, queueUnit } from './queue-timer';
import { preamble, scriptFolder, serviceName } from './service-unit';
import { shellWord } from './shell';
import { fromSecrets, takeUrlApart } from './url-shell';

export interface QueueDepthOptions {
  queues: QueuePlan[];
  /** The variable of the service's secrets that holds the broker's URL. */
  variable: string;
  /**
   * Shell lines that hand one measurement to the cloud, in bash: `$queue` is its name, `$depth` the jobs that wait,
   * `$wait` the seconds that the oldest has waited, empty where the library does not tell.
   */
  publish: string;
  /** Authorities on the instance that the broker's certificate is checked with. */
  trust: string;
}

const unitName = `${serviceName}-queue-depth`;
const script = `${scriptFolder}/publish-queue-depth`;
const measureScript = `${scriptFolder}/measure-queues`;

/**
 * Once a minute: how much waits in each queue of the broker, to the cloud's metrics. Every instance has the timer, and the
 * first one of a minute measures: the others see its mark in the broker.
 */
export function queueDepthPart(options: QueueDepthOptions): InstancePart {
  return {
    files: [
      { path: measureScript, permissions: '0755', content: measureQueues },
      { path: script, permissions: '0755', content: publishQueueDepth(options) },
      {
        path: `/etc/systemd/system/${unitName}.service`,
        permissions: '0644',
        content: queueUnit('Tells how much waits in the queues', script),
      },
      { path: `/etc/systemd/system/${unitName}.timer`, permissions: '0644', content: everyMinute },
    ],
    units: [`${unitName}.timer`],
  };
}

/**
 * Runs in Valkey's image: takes triples of name, key and library, and prints a line for each queue. BullMQ adds jobs on
 * the left of its list and takes them on the right, so the oldest is the last; its hash has the time in milliseconds.
 * Where the broker takes no mark, e.g. because it is full, every instance measures.
 */
export const measureQueues = `#!/bin/sh
# Measures queues: arguments are name, key and library of each.
set -eu
url="\${BROKER_URL:?}"
${takeUrlApart}
[ -z "$password" ] || export REDISCLI_AUTH="$password"
tls=
case "$url" in rediss://*) tls="--tls \${TRUST:+--cacert $TRUST}" ;; esac
# shellcheck disable=SC2086 # several words, or none
ask() { valkey-cli -e -h "$host" -p "$port" \${user:+--user "$user"} $tls "$@" </dev/null; }

if mark="$(ask SET stackladder:measured 1 NX EX 45)" && [ -z "$mark" ]; then exit 0; fi
while [ "$#" -ge 3 ]; do
  depth="$(ask LLEN "$2")"
  wait=
  if [ "$3" = bullmq ]; then
    wait=0
    oldest="$(ask LINDEX "$2" -1)"
    time="$(ask HGET "\${2%:*}:$oldest" timestamp)"
    [ -z "$time" ] || wait="$(($(date +%s) - time / 1000))"
    [ "$wait" -ge 0 ] || wait=0
  fi
  echo "$1 $depth $wait"
  shift 3
done
`;

function publishQueueDepth({ queues, variable, publish, trust }: QueueDepthOptions): string {
  const triples = queues.map(({ name, key, library }) => [name, key, library].map(shellWord).join(' '));
  return `#!/bin/bash
# Tells the cloud how much waits in each queue. Runs once a minute.
${preamble}
${fromSecrets(variable, 'BROKER_URL')}
publish() {
  local queue="$1" depth="$2" wait="$3"
${indented(publish)}
}

docker run --rm --network host --log-driver none --memory 64m --user 65532:65532 \\
  --read-only --cap-drop ALL --security-opt no-new-privileges \\
  --env BROKER_URL --env TRUST=/trust.pem --volume ${shellWord(`${trust}:/trust.pem:ro`)} \\
  --volume ${measureScript}:/measure-queues:ro --entrypoint sh \\
  ${valkeyClientImage} /measure-queues \\
  ${triples.join(' \\\n  ')} |
  while read -r queue depth wait; do publish "$queue" "$depth" "$wait" </dev/null; done
`;
}

function indented(lines: string): string {
  return lines
    .trim()
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
