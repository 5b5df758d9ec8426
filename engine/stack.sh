#!/usr/bin/env bash
# What `make up`, `make preview` and `make down` do, in the environment that env.sh makes.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
stack=${STACK:-dev}
store=${LADDER_HOME:-$root/.ladder}/sandbox
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
  step "what was made"
  cd "$root"
  npx --no-install ladder sandbox list --store "$store" | awk '{ made[$1]++ } END { for (type in made) printf "%4d  %s\n", made[type], type }' | sort -k2
  npx --no-install ladder sandbox status --store "$store"
  ;;
preview)
  ready
  pulumi preview --stack "$stack" --diff "${policies[@]}"
  ;;
down)
  ready
  step "pulumi destroy --stack $stack"
  pulumi destroy --stack "$stack" --yes --skip-preview
  cd "$root"
  npx --no-install ladder sandbox status --store "$store"
  npx --no-install ladder sandbox stop --store "$store"
  ;;
esac
