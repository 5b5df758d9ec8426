import { takeUrlApart } from '../../instances/url-shell';

export const SQL_FOLDER = '/etc/stackladder/sql';
export const SQL_FILE = `${SQL_FOLDER}/run.sql`;

/**
 * What the container runs: takes the URL of DATABASE_URL apart, so that no list of processes shows its password, and has
 * psql run the file in one transaction.
 */
export function runScript(file = SQL_FILE): string {
  return `set -eu
url="$DATABASE_URL"
${takeUrlApart}export PGHOST="$host" PGPORT="$port" PGUSER="$user" PGPASSWORD="$password" PGDATABASE="$path"
unset DATABASE_URL
for pair in $(printf '%s' "$query" | tr '&' ' '); do
  case "$pair" in
    sslmode=*) export PGSSLMODE="\${pair#*=}" ;;
    sslrootcert=*) export PGSSLROOTCERT="\${pair#*=}" ;;
  esac
done
exec psql --no-psqlrc --quiet --single-transaction --set ON_ERROR_STOP=1 --file ${file}
`;
}
