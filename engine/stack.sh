#!/usr/bin/env bash
# What `make up`, `make preview` and `make down` do, in the environment that env.sh makes.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
stack=${STACK:-dev}
home=${LADDER_HOME:-$root/.ladder}
store=$home/sandbox
policies=(--policy-pack "$root/policies")

step() { printf '\n== %s\n' "$*"; }

ready() {
  pulumi stack select "$stack" 2>/dev/null || pulumi stack init "$stack"
}

case ${1:?up, preview or down} in
up)
  ready
  step "pulumi up --stack $stack, policies on"
  pulumi up --stack "$stack" --yes --skip-preview "${policies[@]}"
  step "what is in the sandbox now (npx ladder sandbox list names each)"
  cd "$root"
  npx --no-install ladder sandbox list --store "$store" | awk '
    $1 != "left" { sub("(:index)?/.*", "", $1); made[$1]++; all++ }
    END {
      for (part in made) printf "%5d  %s\n", made[part], part | "sort -k2"
      close("sort -k2")
      printf "%5d  in all; no cloud account was touched\n", all
    }'
  cat <<EOF

Next: change a line of Pulumi.$stack.yaml, such as the phase, and see what it would do: make preview
      what the stack gives out: make pulumi ARGS="stack output"
      all of it gone again:     make down
EOF
  ;;
preview)
  ready
  pulumi preview --stack "$stack" "${policies[@]}"
  ;;
down)
  ready
  step "pulumi destroy --stack $stack"
  # The preview fails at what is protected, before anything is deleted.
  if ! pulumi destroy --stack "$stack" --preview-only >"$home/down.log" 2>&1; then
    if grep -q 'cannot be deleted' "$home/down.log"; then
      sed -nE 's/^ +- +([^ ]+ [^ ]+) delete error:.*cannot be deleted.*/protected: \1/p' "$home/down.log" | sort -u >&2
    else
      tail -n 20 "$home/down.log" >&2
    fi
    cat >&2 <<EOF

Nothing was deleted. Stores that are protected stay until somebody means it: docs/operations.md, "Taking a stack down for
good". To throw the sandbox away with all of its stacks, protected or not: make clean
EOF
    exit 1
  fi
  pulumi destroy --stack "$stack" --yes --skip-preview
  cd "$root"
  npx --no-install ladder sandbox status --store "$store"
  npx --no-install ladder sandbox stop --store "$store"
  ;;
esac
