import type { PoolerPlan } from '../../plan/types';
import { pgbouncerIni } from '../pooler/pgbouncer-ini';
import type { InstancePart } from './part';
import { configurationFolder, preamble, scriptFolder, serviceName } from './service-unit';
import { shellWord } from './shell';

export interface InstancePoolerOptions {
  pooler: PoolerPlan;
  databases: PooledVariable[];
  /** Where PgBouncer listens. Default: the loopback, which is enough where the service is on the host's network. */
  listenAddress?: string;
  /** Host by which the service reaches it. Default: the loopback's address. */
  address?: string;
  /** Docker's own flags for its network. Default: the host's. */
  network?: string;
  /** Shell lines before it starts, e.g. that make the network. Default: none. */
  prelude?: string;
}

/** A database behind the pooler, and the variable that gets its URL there. */
export interface PooledVariable {
  variable: string;
  /** As the pooler calls it. */
  name: string;
  host: string;
  port: number;
  /** As the server calls it. */
  database: string;
  user: string;
}

export const poolerName = `${serviceName}-pooler`;
export const poolerUnit = `${poolerName}.service`;
const iniFile = `${configurationFolder}/pgbouncer.ini`;
/** Inside its container. */
const authFile = '/run/pgbouncer/userlist.txt';
/** Nobody's: PgBouncer does not run as root, and images call their user by different names. */
const USER = '65532:65532';

/**
 * The variable that the database's password has in `secrets.env` for as long as it takes to read it: what fetches secrets
 * gets `[passwordVariable(variable)]: <secret of the password>` for each database behind the pooler, and no URL of it.
 */
export function passwordVariable(variable: string): string {
  return `STACKLADDER_PASSWORD_OF_${variable}`;
}

/**
 * PgBouncer in a container beside the service, up before it. It reads the passwords that `fetch-secrets` of the cloud
 * puts on tmpfs; the service's own unit then finds the pooler's URL where the password was (`pooled-urls`, in
 * `serviceUnit`). Nothing of this knows a password before the instance runs.
 */
export function poolerPart(options: InstancePoolerOptions): InstancePart {
  const { pooler, databases, listenAddress = '127.0.0.1' } = options;
  return {
    files: [
      {
        path: iniFile,
        permissions: '0644',
        content: pgbouncerIni({ listenAddress, pooler, authFile, databases: byName(databases), tls: 'require' }),
      },
      { path: `${scriptFolder}/pooled-urls`, permissions: '0755', content: pooledUrls(options) },
      { path: `${scriptFolder}/run-pooler`, permissions: '0755', content: runPooler(options) },
      { path: `/etc/systemd/system/${poolerUnit}`, permissions: '0644', content: unit },
    ],
    units: [poolerUnit],
  };
}

/** Two variables may lead to one database: reads go to the primary where there is no reader. */
function byName(databases: PooledVariable[]): PooledVariable[] {
  return [...new Map(databases.map((database) => [database.name, database])).values()];
}

/** Puts the pooler's URL where a password was, in the service's own environment file. */
export function pooledUrls({ databases, pooler, address = '127.0.0.1' }: InstancePoolerOptions): string {
  const cases = databases.map(
    ({ variable, name, user }) =>
      `    ${passwordVariable(variable)}=*) printf '%s\\n' ${shellWord(`${variable}=postgres://${user}:`)}"\${line#*=}"${shellWord(`@${address}:${pooler.port}/${name}`)} ;;\n`,
  );
  return `#!/bin/bash
# The service reaches its databases through the pooler. Runs before every start, after the secrets are there.
${preamble}
target="\${RUNTIME_DIRECTORY:?}/secrets.env"
while IFS= read -r line; do
  case "$line" in
${cases.join('')}    *) printf '%s\\n' "$line" ;;
  esac
done <"$target" >"$target.new"
mv "$target.new" "$target"
`;
}

/** Writes the user list from the passwords, forgets all other secrets, and runs PgBouncer in the foreground. */
export function runPooler({
  databases,
  pooler,
  network = '--network host',
  prelude = '',
}: InstancePoolerOptions): string {
  const cases = databases.map(
    ({ variable, user }) =>
      `    ${passwordVariable(variable)}=*) printf '"%s" "%s"\\n' ${shellWord(user)} "\${line#*=}" ;;\n`,
  );
  const flags = [
    `--name ${poolerName} --rm ${network} --user ${USER}`,
    '--cap-drop ALL --security-opt no-new-privileges --read-only --pids-limit 64 --ulimit nofile=65536:65536',
    `--volume ${iniFile}:/etc/pgbouncer/pgbouncer.ini:ro`,
    `--volume "$users:${authFile}:ro"`,
    // PgBouncer's word for: let running transactions end.
    '--stop-signal INT --entrypoint pgbouncer',
  ];
  return `#!/bin/bash
# Runs PgBouncer until it ends.
${preamble}
secrets="\${RUNTIME_DIRECTORY:?}/secrets.env"
users="$RUNTIME_DIRECTORY/userlist.txt"
while IFS= read -r line; do
  case "$line" in
${cases.join('')}  esac
done <"$secrets" | sort --unique >"$users"
rm -f "$secrets"
chown ${USER} "$users"
${prelude}
exec docker run \\
  ${flags.join(' \\\n  ')} \\
  ${shellWord(pooler.image)} /etc/pgbouncer/pgbouncer.ini
`;
}

const unit = `[Unit]
Description=PgBouncer between the service and its databases
Requires=docker.service
After=docker.service network-online.target
Wants=network-online.target
Before=${serviceName}.service
StartLimitIntervalSec=0

[Service]
EnvironmentFile=${configurationFolder}/service.env
Environment=DOCKER_CONFIG=/run/${poolerName}/docker
RuntimeDirectory=${poolerName}
RuntimeDirectoryMode=0700
TimeoutStartSec=600
TimeoutStopSec=45
ExecStartPre=-/usr/bin/docker rm --force ${poolerName}
ExecStartPre=${scriptFolder}/fetch-secrets
ExecStart=${scriptFolder}/run-pooler
ExecStop=/usr/bin/docker stop --time 30 ${poolerName}
Restart=always
RestartSec=5

[Install]
WantedBy=multi-user.target
`;
