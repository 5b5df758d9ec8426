# Brings a cluster of Valkey nodes into its shape: so many shards, so many replicas each, slots shared evenly. Forms it
# where there is none, grows it where there is one, and changes nothing where it is right; it can be run again at any
# point where it was stopped. Keys move while clients read and write.
#
# NODES     host:port of every node, those that are to be primaries first
# SHARDS    how many primaries
# REPLICAS  how many replicas each
# CLI       the program to ask with, default valkey-cli; the password is in REDISCLI_AUTH
set -eu
cli="${CLI:-valkey-cli}"
slots=16384
tries=120

ask() {
  at="$1"
  shift
  "$cli" -h "${at%:*}" -p "${at##*:}" "$@"
}

# Tries a command once a second, and gives up in the end.
insist() {
  left="$tries"
  until "$@"; do
    left=$((left - 1))
    if [ "$left" = 0 ]; then
      echo "gave up: $*" >&2
      exit 1
    fi
    sleep 1
  done
}

answers() { [ "$(ask "$1" ping 2>/dev/null)" = PONG ]; }
id_of() { ask "$1" cluster myid; }
# The view of the node itself: id, master or slave, id of its primary, and how many ranges of slots it has.
self() {
  ask "$1" cluster nodes | awk '$3 ~ /myself/ {
    print $1, ($3 ~ /slave/ ? "slave" : "master"), $4, ($3 ~ /slave/ ? 0 : NF - 8)
  }'
}
info() { ask "$1" cluster info | tr -d '\r' | sed -n "s/^$2://p"; }
count() { echo "$NODES" | wc -w; }
knows_all() { [ "$(ask "$1" cluster nodes | grep -c -v -e handshake -e noaddr)" -ge "$(count)" ]; }
is_replica_of() { [ "$(self "$1" | cut -d ' ' -f 2,3)" = "slave $2" ]; }
is_linked() { ask "$1" info replication | tr -d '\r' | grep -q '^master_link_status:up$'; }
knows() { ask "$1" cluster nodes | grep -q "^$2 "; }

follow() {
  echo "$1 becomes a replica of $2"
  insist knows "$1" "$2"
  ask "$1" cluster replicate "$2" >/dev/null
  insist is_replica_of "$1" "$2"
}

first="${NODES%% *}"
for node in $NODES; do insist answers "$node"; done

for node in $NODES; do
  host="${node%:*}"
  address="$(getent hosts "$host" | awk '{ print $1; exit }')"
  ask "$first" cluster meet "${address:-$host}" "${node##*:}" >/dev/null
done
for node in $NODES; do insist knows_all "$node"; done

if [ "$(info "$first" cluster_slots_assigned)" = 0 ]; then
  echo "a new cluster: $first takes all slots"
  ask "$first" cluster addslotsrange 0 $((slots - 1)) >/dev/null
fi

# Nodes that were taken away and will not come back. What they had of slots goes to who is there.
ours=""
for node in $NODES; do ours="$ours $(id_of "$node")"; done
gone="$(ask "$first" cluster nodes | awk -v ours="$ours " '$3 ~ /fail/ && index(ours, $1) == 0 { print $1 }')"
if [ -n "$gone" ]; then
  "$cli" --cluster fix "$first" --cluster-fix-with-unreachable-masters --cluster-yes || true
  for node in $NODES; do
    for id in $gone; do ask "$node" cluster forget "$id" >/dev/null 2>&1 || true; done
  done
fi

# Primaries are who has slots, and as many of the free nodes as are missing, in the order of NODES.
primaries=""
free=""
for node in $NODES; do
  # shellcheck disable=SC2046 # four words
  set -- $(self "$node")
  [ "$2" = slave ] && continue
  if [ "$4" -gt 0 ]; then primaries="$primaries $1"; else free="$free $node"; fi
done
empty=0
rest=""
for node in $free; do
  if [ "$(echo "$primaries" | wc -w)" -lt "$SHARDS" ]; then
    echo "$node becomes a primary"
    primaries="$primaries $(id_of "$node")"
    empty=$((empty + 1))
  else
    rest="$rest $node"
  fi
done

replicas_of() {
  number=0
  for peer in $NODES; do
    if is_replica_of "$peer" "$1"; then number=$((number + 1)); fi
  done
  echo "$number"
}
# Which primary has the fewest replicas, or the most: "number id".
ranked() {
  for id in $primaries; do echo "$(replicas_of "$id") $id"; done | sort -n
}
poorest() { ranked | head -n 1; }
richest() { ranked | tail -n 1; }

for node in $rest; do
  target="$(poorest)"
  follow "$node" "${target#* }"
done

# Replicas of a primary that has more than its share go where there are too few.
while :; do
  poor="$(poorest)"
  rich="$(richest)"
  if [ "${poor%% *}" -ge "$REPLICAS" ] || [ "${rich%% *}" -le "$REPLICAS" ]; then break; fi
  for node in $NODES; do
    if is_replica_of "$node" "${rich#* }"; then
      follow "$node" "${poor#* }"
      break
    fi
  done
done

for node in $NODES; do
  if [ "$(self "$node" | cut -d ' ' -f 2)" = slave ]; then insist is_linked "$node"; fi
done

agrees() { "$cli" --cluster check "$first" >/dev/null 2>&1; }
# Slots that were on their way when this was stopped the last time.
if "$cli" --cluster check "$first" 2>/dev/null | grep -q -e importing -e migrating; then
  "$cli" --cluster fix "$first" --cluster-yes | tr -d '#'
fi
insist agrees
if [ "$SHARDS" -gt 1 ]; then
  "$cli" --cluster rebalance "$first" --cluster-use-empty-masters --cluster-yes | tr -d '#'
fi

whole() { [ "$(info "$1" cluster_state)" = ok ] && [ "$(info "$1" cluster_slots_ok)" = "$slots" ]; }
for node in $NODES; do insist whole "$node"; done
insist agrees
echo "in shape: $SHARDS shards, $REPLICAS replicas each"
