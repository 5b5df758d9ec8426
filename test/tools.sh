#!/usr/bin/env bash
# The programs that the tests run beside Node.js: shellcheck, cloud-init, nginx, Redis, PostgreSQL, PgBouncer, promtool
# and openssl from the system's packages, Go for the servers that are built from modules, and the Pulumi engine. Installs what is missing where it may; says what to
# install where it may not.
set -euo pipefail

missing=()
command -v shellcheck >/dev/null || missing+=(shellcheck)
command -v cloud-init >/dev/null || missing+=(cloud-init)
command -v nginx >/dev/null || missing+=(nginx-light)
command -v redis-server >/dev/null || missing+=(redis-server)
command -v promtool >/dev/null || missing+=(prometheus)
command -v prometheus-redis-exporter >/dev/null || missing+=(prometheus-redis-exporter)
command -v kubectl >/dev/null || missing+=(kubernetes-client)
command -v openssl >/dev/null || missing+=(openssl)
command -v pgbouncer >/dev/null || missing+=(pgbouncer)
# PostgreSQL's own programs are off PATH on Debian; psql and pgbench come with its client.
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql postgresql-client)
command -v systemd-analyze >/dev/null || missing+=(systemd)

if ((${#missing[@]})); then
  if command -v apt-get >/dev/null && [[ $(id -u) == 0 ]]; then
    echo "installing ${missing[*]}"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
  else
    echo "please install: ${missing[*]} (Debian and Ubuntu: sudo apt-get install ${missing[*]})" >&2
    exit 1
  fi
fi

command -v go >/dev/null || {
  echo "please install Go 1.24 or newer: the tests build a MongoDB-compatible server from Go modules" >&2
  exit 1
}
"$(dirname "$0")/../engine/find.sh" >/dev/null
