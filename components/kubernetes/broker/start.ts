import { CONFIG_FOLDER, OWN_FILE } from '../valkey-node';

/** Writes the password where no list of processes shows it, and becomes Valkey, which ends on SIGTERM with its log written. */
export function startScript(): string {
  return `set -eu
umask 077
echo "requirepass $BROKER_PASSWORD" >${OWN_FILE}
exec valkey-server ${CONFIG_FOLDER}/valkey.conf
`;
}
