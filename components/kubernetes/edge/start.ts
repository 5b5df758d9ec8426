import { ports } from './nginx-config';

export const CONFIG_FOLDER = '/etc/stackladder/nginx';
export const CERTIFICATE_FOLDER = '/etc/stackladder/tls';
export const TEMPORARY = '/tmp';
export const RESOLVER_FILE = `${TEMPORARY}/resolver.conf`;
/** Seconds for which an address of DNS is believed: a pod that is gone is asked for no longer than that. */
const RESOLVER_SECONDS = 5;
/** Seconds between two looks at the certificate. */
const RENEWAL_SECONDS = 300;

/**
 * What the edge's container runs: asks the system which DNS servers there are (nginx wants addresses, and every cluster
 * has its own), loads nginx anew when the certificate was renewed, and becomes nginx.
 */
export function startScript(): string {
  return `set -eu
servers="$(awk '$1 == "nameserver" { print ($2 ~ /:/) ? "[" $2 "]" : $2 }' /etc/resolv.conf | tr '\\n' ' ')"
echo "resolver \${servers}valid=${RESOLVER_SECONDS}s;" >${RESOLVER_FILE}
(
  known="$(cksum ${CERTIFICATE_FOLDER}/tls.crt)"
  while sleep ${RENEWAL_SECONDS}; do
    now="$(cksum ${CERTIFICATE_FOLDER}/tls.crt)"
    [ "$now" = "$known" ] || nginx -c ${CONFIG_FOLDER}/nginx.conf -s reload
    known="$now"
  done
) &
exec nginx -c ${CONFIG_FOLDER}/nginx.conf -g 'daemon off;'
`;
}

/** Asked by both probes. It answers while nginx does, whatever the service behind it says. */
export const readyProbe = { httpGet: { path: '/ready', port: ports.status } };
