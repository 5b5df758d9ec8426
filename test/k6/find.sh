#!/usr/bin/env bash
# Prints the path of k6, building it where there is none from Go modules: minutes the first time. Kept outside
# the checkout by its version. Progress goes to standard error.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${STACKLADDER_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/stackladder}
version=$(sed -n 's/^require go.k6.io\/k6 v//p' "$here/go.mod")
built=$cache/k6-$version/k6

if [[ ! -x $built ]]; then
  command -v go >/dev/null || {
    echo "please install Go 1.25 or newer: k6 $version, which the tests run, is built from Go modules" >&2
    exit 1
  }
  echo "building k6 $version from Go modules, once" >&2
  mkdir -p "$(dirname "$built")"
  # Built beside its place and moved there whole, so that an interrupted build is never taken for a program.
  making=$built.$$
  trap 'rm -f "$making"' EXIT
  (cd "$here" && CGO_ENABLED=0 GOFLAGS=-mod=readonly go build -trimpath -buildvcs=false -o "$making" -ldflags "-s -w" go.k6.io/k6)
  mv "$making" "$built"
fi
printf '%s\n' "$built"
