export interface IndexShellArgs {
  /** The script for mongosh. */
  script: string;
  /** ARN of the secret that holds the database's URL. */
  secretArn: string;
  /** Reference of the image that has mongosh in it. */
  image: string;
}

const END_OF_SCRIPT = 'END_OF_SCRIPT';
/** Characters a line of base64, as `base64` itself wraps it. */
const LINE = 76;

/**
 * A POSIX shell program that runs a mongosh script in a container, a line an element. The URL is read from Secrets
 * Manager when it runs and reaches mongosh by the environment: it is in no argument list, no file and no log. The
 * script travels as base64, so nothing in it can be taken for shell, nor for a parameter of the SSM document.
 */
export function indexShell({ script, secretArn, image }: IndexShellArgs): string[] {
  const encoded = Buffer.from(script, 'utf8').toString('base64');
  return [
    'set -eu',
    'umask 077',
    `secret_arn=${quoted(secretArn)}`,
    `image=${quoted(image)}`,
    'work="$(mktemp -d)"',
    `trap 'rm -rf "$work"' EXIT`,
    `base64 -d > "$work/indexes.js" <<'${END_OF_SCRIPT}'`,
    ...(encoded.match(new RegExp(`.{1,${LINE}}`, 'g')) ?? []),
    END_OF_SCRIPT,
    '# The region stands in the ARN: arn:partition:secretsmanager:region:account:secret:name',
    `region="$(printf '%s' "$secret_arn" | cut -d: -f4)"`,
    'MONGO_URL="$(aws secretsmanager get-secret-value --region "$region" --secret-id "$secret_arn" \\',
    '  --query SecretString --output text)"',
    'export MONGO_URL',
    '# The host network, so that a private endpoint resolves and is reached as it is by the application.',
    'docker run --rm --quiet --network host --log-driver none --memory 512m \\',
    '  --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges \\',
    '  --env MONGO_URL --env HOME=/tmp --volume "$work/indexes.js:/indexes.js:ro" \\',
    '  --entrypoint mongosh "$image" --nodb --quiet --norc /indexes.js',
  ];
}

function quoted(text: string): string {
  return `'${text.replace(/'/g, `'\\''`)}'`;
}
