import { ports } from './nginx-config';

export const CONFIG_FOLDER = '/etc/stackladder/nginx';
export const CERTIFICATE_FOLDER = '/etc/stackladder/tls';
export const TEMPORARY = '/tmp';
export const RESOLVER_FILE = `${TEMPORARY}/resolver.conf`;
/** Seconds for which an address of DNS is believed: a pod that is gone is asked for no longer than that. */
const RESOLVER_SECONDS = 5;
/** Seconds between two looks at the certificate. */
const RENEWAL_SECONDS = 300;

/** Where the script finds and puts its files, and how often it looks. */
export interface StartPlace {
  config: string;
  /** The configuration as this node can have it, which nginx is started with. */
  ownConfig: string;
  /** The kernel's list of addresses of IPv6. */
  addresses6: string;
  /** Folder with `tls.crt` and `tls.key`. */
  certificates: string;
  resolverFile: string;
  renewalSeconds: number;
}

const inPod: StartPlace = {
  config: `${CONFIG_FOLDER}/nginx.conf`,
  ownConfig: `${TEMPORARY}/nginx.conf`,
  addresses6: '/proc/net/if_inet6',
  certificates: CERTIFICATE_FOLDER,
  resolverFile: RESOLVER_FILE,
  renewalSeconds: RENEWAL_SECONDS,
};

/**
 * What the edge's container runs: asks the system which DNS servers there are (nginx wants addresses, and every cluster
 * has its own), leaves out IPv6 where the node has none (nginx would not start), loads nginx anew when the certificate was
 * renewed, and becomes nginx. A certificate that nginx refuses is tried again at each look, and the one before it stays in
 * use.
 */
export function startScript(place: StartPlace = inPod): string {
  const { config, ownConfig, addresses6, certificates, resolverFile, renewalSeconds } = place;
  return `set -eu
servers="$(awk '$1 == "nameserver" { print ($2 ~ /:/) ? "[" $2 "]" : $2 }' /etc/resolv.conf | tr '\\n' ' ')"
echo "resolver \${servers}valid=${RESOLVER_SECONDS}s;" >${resolverFile}
if grep -q . ${addresses6} 2>/dev/null; then cat ${config}; else sed '/listen \\[/d' ${config}; fi >${ownConfig}
seen() { cat ${certificates}/tls.crt ${certificates}/tls.key | cksum; }
(
  known="$(seen)"
  while sleep ${renewalSeconds}; do
    now="$(seen)"
    if [ "$now" != "$known" ] && nginx -c ${ownConfig} -s reload; then known="$now"; fi
  done
) &
exec nginx -c ${ownConfig} -g 'daemon off;'
`;
}

/** What readiness asks. It answers while nginx does, whatever the service behind it says. */
export const readyProbe = { httpGet: { path: '/ready', port: ports.status } };
