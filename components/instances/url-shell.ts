/**
 * Takes a store's URL apart in a POSIX shell, so that no password stands in an argument list, which every process of a
 * machine can read: `$url` becomes `$user`, `$password`, `$host`, `$port`, `$path` and `$query`. Passwords are letters and
 * digits (`components/platform.ts`), so nothing is unescaped.
 */
export const takeUrlApart = `rest="\${url#*://}"
query="\${rest#*\\?}"
[ "$query" != "$rest" ] || query=
rest="\${rest%%\\?*}"
login="\${rest%@*}"
[ "$login" != "$rest" ] || login=
user="\${login%%:*}"
password="\${login#*:}"
address="\${rest##*@}"
path="\${address#*/}"
[ "$path" != "$address" ] || path=
address="\${address%%/*}"
host="\${address%:*}"
port="\${address##*:}"
`;

/** Reads one variable of the service's secrets into the environment of what follows, in bash. */
export function fromSecrets(variable: string, as: string): string {
  return `secrets=/run/stackladder/secrets.env
${as}="$(sed --quiet 's/^${variable}=//p' "$secrets")"
export ${as}
`;
}
