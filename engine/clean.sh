#!/usr/bin/env bash
# Throws the sandbox away with the stacks in it, protected or not: what they protect exists nowhere else.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
home=${LADDER_HOME:-$root/.ladder}
if [[ -d $home ]]; then
  (cd "$root" && npx --no-install ladder sandbox stop --store "$home/sandbox")
  rm -rf "$home"/{sandbox,state,project,pulumi,passphrase,down.log}
fi
