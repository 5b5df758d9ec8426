import { valkeyClientImage } from '../../instances/images';
import type { InstancePart } from '../../instances/part';
import { everyMinute, queueUnit } from '../../instances/queue-timer';
import { preamble, scriptFolder, serviceName } from '../../instances/service-unit';
import { shellWord } from '../../instances/shell';
import { fromSecrets, takeUrlApart } from '../../instances/url-shell';

/** One queue that must not be too long for too long. */
export interface QueueWatch {
  /** As the queue's users call it. */
  queue: string;
  /** The list that its jobs wait in. */
  key: string;
  jobs: number;
  minutes: number;
}

const unitName = `${serviceName}-queue-watch`;
const depthScript = `${scriptFolder}/queue-depths`;
const watchScript = `${scriptFolder}/watch-queues`;
/** nginx looks for what is too long here. */
const stateFolder = `/run/${serviceName}-queues`;
/** Of Ubuntu: the broker's certificate is checked with them. */
const TRUST = '/etc/ssl/certs/ca-certificates.crt';

/** Where the answer is: 200 while all is well, 503 while too much waits. */
export function queuePath(watch: QueueWatch): string {
  return `/.well-known/stackladder/queues/${slugOf(watch)}`;
}

/** nginx's answer, out of what the timer has left. */
export function queueLines(watch: QueueWatch): string[] {
  return ['access_log off;', `if (-f ${fullFile(watch)}) { return 503; }`, 'return 200;'];
}

/** Once a minute each droplet reads the queues by itself: a list's length costs the broker nothing. */
export function queueWatchPart(variable: string, watches: QueueWatch[]): InstancePart {
  return {
    files: [
      { path: depthScript, permissions: '0755', content: queueDepths },
      { path: watchScript, permissions: '0755', content: watchQueues(variable, watches) },
      {
        path: `/etc/systemd/system/${unitName}.service`,
        permissions: '0644',
        content: queueUnit('Looks at how much waits in the queues', watchScript),
      },
      { path: `/etc/systemd/system/${unitName}.timer`, permissions: '0644', content: everyMinute },
    ],
    units: [`${unitName}.timer`],
  };
}

function slugOf({ queue, jobs }: QueueWatch): string {
  return `${queue}-${jobs}`.replace(/[^A-Za-z0-9-]+/g, '-');
}

function fullFile(watch: QueueWatch): string {
  return `${stateFolder}/${slugOf(watch)}.full`;
}

/** Runs in Valkey's image: prints the length of each list that it is told. */
export const queueDepths = `#!/bin/sh
# Prints the lengths of lists, a line each.
set -eu
url="\${BROKER_URL:?}"
${takeUrlApart}
[ -z "$password" ] || export REDISCLI_AUTH="$password"
tls=
case "$url" in rediss://*) tls="--tls --cacert /trust.pem" ;; esac
for key in "$@"; do
  # shellcheck disable=SC2086 # several words, or none
  valkey-cli -e -h "$host" -p "$port" \${user:+--user "$user"} $tls LLEN "$key" </dev/null
done
`;

/** Counts for how many minutes each queue has been too long, and leaves a file while that is long enough. */
export function watchQueues(variable: string, watches: QueueWatch[]): string {
  const judged = watches.map(
    (watch, at) => `judge "\${depths[${at}]:?}" ${watch.jobs} ${watch.minutes} ${shellWord(fullFile(watch))}\n`,
  );
  return `#!/bin/bash
# Looks at the broker's queues. Runs once a minute.
${preamble}
${fromSecrets(variable, 'BROKER_URL')}
judge() {
  local depth="$1" jobs="$2" minutes="$3" full="$4" count=0
  if ((depth > jobs)); then
    if [[ -f $full.minutes ]]; then count="$(<"$full.minutes")"; fi
    count=$((count + 1))
  fi
  echo "$count" >"$full.minutes"
  if ((count >= minutes)); then : >"$full"; else rm -f "$full"; fi
}

# nginx has to look into it.
install --directory --mode 0755 ${stateFolder}
lengths="$(docker run --rm --network host --log-driver none --memory 64m --user 65532:65532 \\
  --read-only --cap-drop ALL --security-opt no-new-privileges \\
  --env BROKER_URL --volume ${TRUST}:/trust.pem:ro \\
  --volume ${depthScript}:/queue-depths:ro --entrypoint sh \\
  ${valkeyClientImage} /queue-depths ${watches.map(({ key }) => shellWord(key)).join(' ')})"
mapfile -t depths <<<"$lengths"
${judged.join('')}`;
}
