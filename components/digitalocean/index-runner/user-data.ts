import { shellWord } from '../../instances/shell';
import { scriptFolder } from '../../instances/service-unit';
import { cloudConfig, file } from '../droplet-pool/cloud-config';

export interface RunnerOptions {
  /** The script for mongosh. */
  script: string;
  /** URL of the secret that holds the database's URL. */
  secretUrl: string;
  /** Reference of the image that has mongosh in it. */
  image: string;
}

const unitName = 'stackladder-indexes';
const scriptFile = `${scriptFolder}/indexes.js`;

/**
 * The first-boot document of the droplet that creates indexes: at every boot it runs the script and, where that went
 * well, turns itself off. A droplet that stays on has something to say in its journal.
 */
export function runnerUserData(options: RunnerOptions): string {
  return cloudConfig({
    packages: ['docker.io'],
    write_files: [
      file(scriptFile, '0644', options.script),
      file(`${scriptFolder}/create-indexes`, '0755', createIndexes(options)),
      file(`/etc/systemd/system/${unitName}.service`, '0644', unit()),
    ],
    runcmd: [
      ['systemctl', 'daemon-reload'],
      ['systemctl', 'enable', '--now', 'docker.service'],
      ['systemctl', 'enable', '--now', '--no-block', `${unitName}.service`],
    ],
  });
}

/** The URL reaches mongosh by the environment: it is in no argument list, no file and no log. */
export function createIndexes({ secretUrl, image }: Pick<RunnerOptions, 'secretUrl' | 'image'>): string {
  return `#!/bin/bash
# Creates the indexes of the document database, what is missing and no more, and turns the droplet off.
set -euo pipefail
umask 077

MONGO_URL="$(curl --silent --show-error --fail --max-time 20 --retry 5 --retry-all-errors ${shellWord(secretUrl)})"
export MONGO_URL
docker run --rm --quiet --memory 512m \\
  --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges \\
  --env MONGO_URL --env HOME=/tmp --volume ${scriptFile}:/indexes.js:ro \\
  --entrypoint mongosh ${shellWord(image)} --nodb --quiet --norc /indexes.js
systemctl poweroff --no-block
`;
}

function unit(): string {
  return `[Unit]
Description=Creates the indexes of the document database
Requires=docker.service
After=docker.service network-online.target
Wants=network-online.target

[Service]
Type=oneshot
ExecStart=${scriptFolder}/create-indexes
TimeoutStartSec=12h
Restart=on-failure
RestartSec=60

[Install]
WantedBy=multi-user.target
`;
}
