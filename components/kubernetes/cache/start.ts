import { CONFIG_FOLDER, OWN_FILE } from '../valkey-node';

/**
 * What a node runs: writes down what is its own, looks after its peers' addresses, and becomes Valkey. Nodes know each
 * other by address, and a pod that comes back has a new one: where all come back at once nobody knows anybody. Names
 * stay, so a node that misses a peer asks DNS for it and introduces itself.
 */
export function startScript(port: number, domain: string): string {
  return `set -eu
umask 077
cat >${OWN_FILE} <<EOF
requirepass $CACHE_PASSWORD
masterauth $CACHE_PASSWORD
cluster-announce-ip $POD_IP
cluster-announce-hostname $POD_NAME.${domain}
EOF
export REDISCLI_AUTH="$CACHE_PASSWORD"
(
  while sleep 5; do
    valkey-cli -p ${port} cluster nodes 2>/dev/null |
      awk '$3 !~ /myself/ && ($3 ~ /fail/ || $8 == "disconnected") { split($2, part, ","); print part[2] }' |
      while read -r peer; do
        address="$(getent hosts "$peer" | awk '{ print $1; exit }')"
        [ -z "$address" ] || valkey-cli -p ${port} cluster meet "$address" ${port} >/dev/null || true
      done
  done
) &
exec valkey-server ${CONFIG_FOLDER}/valkey.conf
`;
}
