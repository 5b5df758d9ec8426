import type { ScheduledSqlPlan } from '../../plan/types';
import { onCalendar } from './calendar';
import { postgresClientImage } from './images';
import type { InstancePart } from './part';
import { preamble, scriptFolder, serviceName } from './service-unit';
import { fromSecrets, takeUrlApart } from './url-shell';

export interface ScheduledSqlOptions {
  schedules: ScheduledSqlPlan[];
  /** The variable of the service's secrets that holds the database's URL. */
  variable: string;
}

/**
 * SQL by the calendar, beside a service that uses the database. Every instance has the timer; one at a time runs the SQL,
 * in one transaction, and what runs second finds nothing left to do, because the SQL may run again without harm.
 */
export function scheduledSqlPart({ schedules, variable }: ScheduledSqlOptions): InstancePart {
  return {
    files: [
      { path: `${scriptFolder}/run-sql`, permissions: '0755', content: runSql(variable) },
      { path: `${scriptFolder}/psql`, permissions: '0755', content: psqlScript },
      ...schedules.flatMap((plan): InstancePart['files'] => [
        { path: sqlFile(plan.name), permissions: '0644', content: lockedSql(plan) },
        { path: `/etc/systemd/system/${unitName(plan.name)}.service`, permissions: '0644', content: unit(plan) },
        { path: `/etc/systemd/system/${unitName(plan.name)}.timer`, permissions: '0644', content: timer(plan) },
      ]),
    ],
    units: schedules.map(({ name }) => `${unitName(name)}.timer`),
  };
}

const unitName = (name: string) => `${serviceName}-sql-${name}`;
const sqlFile = (name: string) => `${scriptFolder}/${name}.sql`;

/** A lock of its own, which the end of the transaction gives back, with a pooler in between too. */
export function lockedSql({ name, sql }: Pick<ScheduledSqlPlan, 'name' | 'sql'>): string {
  const text = `stackladder:${name}`.replaceAll("'", "''");
  return `select pg_advisory_xact_lock(hashtext('${text}'));\n${sql.trim()}\n`;
}

/** Runs in PostgreSQL's image, or wherever there is psql: the URL comes by the environment, the SQL by standard input. */
export const psqlScript = `#!/bin/sh
set -eu
url="\${DATABASE_URL:?}"
${takeUrlApart}
export PGHOST="$host" PGPORT="$port" PGUSER="$user" PGPASSWORD="$password" PGDATABASE="$path"
case "$query" in
  *sslmode=*)
    PGSSLMODE="\${query##*sslmode=}"
    export PGSSLMODE="\${PGSSLMODE%%&*}"
    ;;
esac
exec psql --no-psqlrc --quiet --single-transaction --set ON_ERROR_STOP=1 --file -
`;

function runSql(variable: string): string {
  return `#!/bin/bash
# Runs a file of SQL in the service's database.
${preamble}
${fromSecrets(variable, 'DATABASE_URL')}
exec docker run --rm --interactive --network host --log-driver none --memory 128m --user 65532:65532 \\
  --read-only --cap-drop ALL --security-opt no-new-privileges \\
  --env DATABASE_URL --volume ${scriptFolder}/psql:/run-psql:ro --entrypoint sh \\
  ${postgresClientImage} /run-psql <"\${1:?}"
`;
}

function unit({ name, summary }: ScheduledSqlPlan): string {
  return `[Unit]
Description=${summary.replaceAll('%', '%%').replace(/[\r\n\\]+/g, ' ')}
Requires=docker.service
After=docker.service ${serviceName}.service
ConditionPathExists=/run/${serviceName}/secrets.env

[Service]
Type=oneshot
ExecStart=${scriptFolder}/run-sql ${sqlFile(name)}
TimeoutStartSec=1h
`;
}

/** What was missed while the instance was off is made up for; the instances do not all ask in the same second. */
function timer({ name, schedule }: ScheduledSqlPlan): string {
  return `[Unit]
Description=When ${unitName(name)} runs

[Timer]
${onCalendar(schedule)
  .map((entry) => `OnCalendar=${entry}\n`)
  .join('')}Persistent=true
RandomizedDelaySec=60

[Install]
WantedBy=timers.target
`;
}
