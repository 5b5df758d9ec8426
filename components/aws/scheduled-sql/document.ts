import { postgresClientImage } from '../../instances/images';
import { lockedSql, psqlScript } from '../../instances/scheduled-sql';
import { shellWord } from '../../instances/shell';

export interface SqlDocumentOptions {
  name: string;
  sql: string;
  /** ARN of the secret that holds the database's URL. */
  secretArn: string;
}

/** Seconds that the SQL may take before Run Command gives up on it. */
const TIMEOUT = 3_600;
/** Characters a line of base64, as `base64` itself wraps it. */
const LINE = 76;

/** A Command document of Systems Manager, as JSON: runs SQL under a lock of its own, in one transaction. */
export function sqlDocument(options: SqlDocumentOptions): string {
  return JSON.stringify({
    schemaVersion: '2.2',
    description: 'Runs SQL by the calendar; running it again does no harm',
    mainSteps: [
      {
        action: 'aws:runShellScript',
        name: 'runSql',
        precondition: { StringEquals: ['platformType', 'Linux'] },
        inputs: { timeoutSeconds: String(TIMEOUT), runCommand: sqlShell(options) },
      },
    ],
  });
}

/**
 * A POSIX shell program, a line an element. The URL is read from Secrets Manager when it runs and reaches psql by the
 * environment; SQL and script travel as base64, so nothing in them can be taken for shell or for a parameter of the document.
 */
export function sqlShell({ name, sql, secretArn }: SqlDocumentOptions): string[] {
  return [
    'set -eu',
    'umask 077',
    `secret_arn=${shellWord(secretArn)}`,
    'work="$(mktemp -d)"',
    `trap 'rm -rf "$work"' EXIT`,
    ...decoded('psql', psqlScript),
    ...decoded('sql', lockedSql({ name, sql })),
    'chmod 0755 "$work" "$work/psql"',
    '# The region stands in the ARN: arn:partition:secretsmanager:region:account:secret:name',
    `region="$(printf '%s' "$secret_arn" | cut -d: -f4)"`,
    'DATABASE_URL="$(aws secretsmanager get-secret-value --region "$region" --secret-id "$secret_arn" \\',
    '  --query SecretString --output text)"',
    'export DATABASE_URL',
    'docker run --rm --interactive --network host --log-driver none --memory 128m --user 65532:65532 \\',
    '  --read-only --cap-drop ALL --security-opt no-new-privileges \\',
    '  --env DATABASE_URL --volume "$work/psql:/run-psql:ro" --entrypoint sh \\',
    `  ${postgresClientImage} /run-psql < "$work/sql"`,
  ];
}

function decoded(file: string, content: string): string[] {
  const encoded = Buffer.from(content, 'utf8').toString('base64');
  const end = 'END_OF_FILE';
  return [`base64 -d > "$work/${file}" <<'${end}'`, ...(encoded.match(new RegExp(`.{1,${LINE}}`, 'g')) ?? []), end];
}
