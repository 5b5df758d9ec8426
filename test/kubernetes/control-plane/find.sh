#!/usr/bin/env bash
# Prints the path of the control plane's program, building it where there is none: three to six minutes the first time,
# seconds when Go has the parts already. Kept outside the checkout by what it is made of. Progress goes to standard error.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${STACKLADDER_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/stackladder}
kubernetes=$(sed -n 's/^\tk8s.io\/kubernetes v//p' "$here/go.mod")
sources=$(cat "$here"/go.mod "$here"/go.sum "$here"/*.go | sha256sum | cut -c 1-12)
built=$cache/control-plane-$kubernetes-$sources/control-plane

if [[ ! -x $built ]]; then
  command -v go >/dev/null || {
    echo "please install Go 1.24 or newer: the Kubernetes control plane for the tests is built from Go modules" >&2
    exit 1
  }
  echo "building Kubernetes $kubernetes from Go modules: three to six minutes the first time" >&2
  mkdir -p "$(dirname "$built")"
  # Built beside its place and moved there whole, so that an interrupted build is never taken for a program.
  making=$built.$$
  trap 'rm -f "$making"' EXIT
  version=k8s.io/component-base/version
  (cd "$here" && CGO_ENABLED=0 GOFLAGS=-mod=readonly go build -trimpath -buildvcs=false -o "$making" -ldflags \
    "-s -w -X $version.gitVersion=v$kubernetes -X $version.gitMajor=1 -X $version.gitMinor=${kubernetes:2:2} -X $version.gitTreeState=clean" .)
  mv "$making" "$built"
fi
printf '%s\n' "$built"
