#!/usr/bin/env bash
# Runs a command in the environment of `make up`: the engine, a file backend inside the checkout, and the sandbox's
# providers in the place of the clouds. Nothing here touches the backend or the home that `pulumi` by hand uses.
#   engine/env.sh pulumi stack ls
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
home=${LADDER_HOME:-$root/.ladder}
stack=${STACK:-dev}
bin=$("$root/engine/find.sh")

mkdir -p "$home/state" "$home/project"
if [[ ! -s $home/passphrase ]]; then
  (umask 077 && head -c 24 /dev/urandom | base64 >"$home/passphrase")
fi

# A project of its own: the engine writes the salt of the passphrase into the stack's file, and the committed files are
# not to change because somebody tried them.
sed "s#^main:.*#main: $root/stacks/main.js#" "$root/Pulumi.yaml" >"$home/project/Pulumi.yaml"
mine=$home/project/Pulumi.$stack.yaml
theirs=$root/Pulumi.$stack.yaml
if [[ -f $theirs && (! -f $mine || $theirs -nt $mine) ]]; then
  salt=$(grep -s '^encryptionsalt:' "$mine" || true)
  { cat "$theirs" && printf '%s\n' "$salt"; } >"$mine.new"
  mv "$mine.new" "$mine"
fi
ln -sfn "$root/node_modules" "$home/project/node_modules"
ln -sfn "$root/package.json" "$home/project/package.json"

export PATH=$bin:$PATH
export PULUMI_HOME=$home/pulumi
# Without side files of attributes: they are not written whole, and an update killed between would leave a state that
# cannot be read. The state itself is put in place by one rename.
export PULUMI_BACKEND_URL="file://$home/state?metadata=skip"
export PULUMI_CONFIG_PASSPHRASE_FILE=$home/passphrase
export PULUMI_SKIP_UPDATE_CHECK=true
# Without this the engine looks for a plugin of every @pulumi package that is installed; the sandbox is attached instead.
export PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION=true
eval "$(cd "$root" && npx --no-install ladder sandbox start --store "$home/sandbox")"
export PULUMI_DEBUG_PROVIDERS
cd "$home/project"
exec "$@"
