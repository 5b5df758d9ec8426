export const CONFIG_FOLDER = '/etc/stackladder/pgbouncer';
export const USERS_FOLDER = '/etc/stackladder/pgbouncer-users';
export const INI = `${CONFIG_FOLDER}/pgbouncer.ini`;
export const USERLIST = `${USERS_FOLDER}/userlist.txt`;

/**
 * What a pooler's container runs. Kubernetes ends it with SIGTERM, on which PgBouncer waits for clients to go: pools of
 * applications never do. SIGINT lets what runs on the database end, and then goes.
 */
export function startScript(ini = INI): string {
  return `pgbouncer ${ini} &
child=$!
trap 'kill -INT "$child"' TERM
while kill -0 "$child" 2>/dev/null; do
  wait "$child"
  code=$?
done
exit "$code"
`;
}
