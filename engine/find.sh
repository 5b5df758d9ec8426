#!/usr/bin/env bash
# Prints the folder that holds a working Pulumi engine, making one where there is none. Progress goes to standard error.
#   1. a Pulumi CLI on PATH, 3.200 or newer, with its Node.js language host;
#   2. the official npm package `pulumi`, which fetches Pulumi's own release;
#   3. a build from the Go module proxy, for machines that reach package registries only.
# What 2 and 3 make is kept by version outside the checkout and found again at once.
set -euo pipefail

readonly OLDEST_MINOR=200            # policy packs and attached providers as used here, in 3.200 and newer
readonly RELEASE=3.265.0             # way 2
readonly CLI=3.220.0                 # way 3: newer CLIs run policy packs through a language host that modules lack
readonly HOST=3.66.0                 # the last Node.js language host that is part of the sdk module
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
release_bin=${PULUMI_HOME:-$HOME/.pulumi}/versions/$RELEASE/bin
cache=${STACKLADDER_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/stackladder}
built=$cache/engine-$CLI-$HOST

say() { printf 'engine: %s\n' "$*" >&2; }

# Runs a command with a line every ten seconds, so that nobody takes a long step for a hang.
patiently() {
  local what=$1 log=$2
  shift 2
  local started=$SECONDS
  "$@" >"$log" 2>&1 &
  local job=$!
  while kill -0 "$job" 2>/dev/null; do
    sleep 1
    if (((SECONDS - started) % 10 == 0)); then say "$what … $((SECONDS - started)) s"; fi
  done
  wait "$job"
}

on_path() {
  local found version
  found=$(command -v pulumi) || return 1
  version=$(pulumi version 2>/dev/null | sed 's/^v//') || return 1
  local major=${version%%.*} rest=${version#*.}
  local minor=${rest%%.*}
  if [[ $major != 3 || ! $minor =~ ^[0-9]+$ || $minor -lt $OLDEST_MINOR ]]; then
    say "the pulumi on PATH is $version; 3.$OLDEST_MINOR or newer is needed, looking further"
    return 1
  fi
  if ! command -v pulumi-language-nodejs >/dev/null && [[ ! -x $(dirname "$found")/pulumi-language-nodejs ]]; then
    say "the pulumi on PATH has no pulumi-language-nodejs beside it, looking further"
    return 1
  fi
  say "pulumi $version from PATH"
  dirname "$found"
}

# What ways 2 and 3 have made before is found without asking the network.
kept() {
  if [[ -x $release_bin/pulumi ]]; then
    say "pulumi $RELEASE from its release"
    printf '%s\n' "$release_bin"
  elif [[ -x $built/bin/pulumi ]]; then
    say "pulumi $CLI built from Go modules"
    printf '%s\n' "$built/bin"
  else
    return 1
  fi
}

from_release() {
  if ! node -e 'fetch("https://get.pulumi.com/install.sh", { method: "HEAD", signal: AbortSignal.timeout(8000) }).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))'; then
    say "Pulumi's own downloads cannot be reached from here, looking further"
    return 1
  fi
  mkdir -p "$cache"
  patiently "fetching pulumi $RELEASE" "$cache/release.log" npx --yes "pulumi@$RELEASE" version || {
    say "fetching the release failed; the log is $cache/release.log"
    return 1
  }
  kept
}

from_modules() {
  command -v go >/dev/null || {
    say "no Go toolchain on PATH to build the engine with"
    return 1
  }
  mkdir -p "$cache"
  # Built beside its place and moved there whole, so that an interrupted build is never taken for an engine.
  local making sdk
  making=$(mktemp -d "$cache/making.XXXXXX")
  say "building pulumi $CLI from Go modules: three to six minutes the first time"
  patiently "building pulumi $CLI (1 of 2)" "$cache/build.log" build cli pulumi \
    github.com/pulumi/pulumi/pkg/v3/cmd/pulumi "$CLI" "$making" &&
    patiently "building its language host (2 of 2)" "$cache/build.log" build nodejs pulumi-language-nodejs \
      github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs "$HOST" "$making" || {
    tail -n 5 "$cache/build.log" >&2
    say "the build failed; the whole log is $cache/build.log"
    rm -rf "$making"
    return 1
  }
  sdk=$(cd "$here/nodejs" && go list -m -f '{{.Dir}}' github.com/pulumi/pulumi/sdk/v3)
  install -m 755 "$sdk/nodejs/dist/pulumi-analyzer-policy" "$sdk/nodejs/dist/pulumi-resource-pulumi-nodejs" "$making/bin/"
  rm -rf "$built"
  mv "$making" "$built"
  kept
}

build() { # module folder, binary, package, version, where
  (cd "$here/$1" && GOFLAGS=-mod=readonly go build -trimpath -buildvcs=false -o "$5/bin/$2" \
    -ldflags "-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v$4" "$3")
}

on_path || kept || from_release || from_modules || {
  cat >&2 <<'EOF'
engine: no way to a Pulumi engine worked. Any one of these mends it:
  - install the Pulumi CLI, 3.200 or newer: https://www.pulumi.com/docs/install/
  - let this machine reach get.pulumi.com, from which the npm package `pulumi` fetches the release;
  - install Go 1.24 or newer, and let it reach a Go module proxy.
EOF
  exit 1
}
