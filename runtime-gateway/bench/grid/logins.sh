#!/usr/bin/env bash
# What a login (POST /auth, which saves a session) costs in each shape of the grid: processor time of all gateways together
# for each login, which other load on the machine hardly changes. Time on the clock is not shown for that reason.
#
# Needs: a JDK 25, a built gateway (mvn package), wrk and curl. SECONDS_EACH=25 (as long again before, to warm up), JAR and JAVA25 may be set.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
jar=${JAR:-$here/../../target/kinto-gateway.jar} each=${SECONDS_EACH:-25}
java=${JAVA25:-$(ls -d /usr/lib/jvm/*25*/bin/java 2>/dev/null | head -1)}
command -v wrk >/dev/null || { echo "wrk is missing." >&2; exit 2; }
[[ -f $jar ]] || { echo "$jar is missing. Run mvn package first." >&2; exit 2; }

work=$(mktemp -d)
started=()
stop_all() {
  for pid in "${started[@]}"; do kill -9 "$pid" 2>/dev/null || true; wait "$pid" 2>/dev/null || true; done
  started=()
}
trap 'stop_all; rm -rf "$work"' EXIT
base=$((20000 + RANDOM % 10000))

cat >"$work/login.lua" <<'LUA'
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"clientId":"bench","clientSecret":"of the bench"}'
done = function(summary)
  local errors = summary.errors
  print("logins " .. summary.requests .. " " .. errors.status + errors.read + errors.timeout)
end
LUA

# configuration NODE GRID: its file
configuration() {
  cat >"$work/$1.yaml" <<YAML
listeners: { api: { port: $((base + 10 + $1)) }, public: { port: 0 }, admin: { port: $((base + 20 + $1)) } }
environments: { bench: {} }
clients:
  - { id: bench, environment: bench, secretHash: "sha256:$(printf 'of the bench' | sha256sum | cut -d' ' -f1)" }
authLimits: { perAddress: { requests: 1000000, per: PT1S }, perClient: { requests: 1000000, per: PT1S } }
session: { maxUnusedSessions: 10000000 }
tokens: { keys: [ { id: bench, secret: one-key-for-the-gateways-of-the-bench } ] }
dataDirectory: $work/data-$1
grid: $2
YAML
}

ticks() { for pid in "${started[@]}"; do awk '{ print $14 + $15 }' "/proc/$pid/stat"; done | awk '{ s += $1 } END { print s }'; }
logins() { wrk -t1 -c8 -d"$1s" -s "$work/login.lua" "http://127.0.0.1:$((base + 11))/auth" | awk '$1 == "logins" { print $2, $3 }'; }

# measure NAME NODES GRID...: the configuration of each node is GRID, where NODE is its number
measure() {
  local name=$1 nodes=$2 node before count errors
  rm -rf "$work"/data-* "$work"/kept-*
  for ((node = 1; node <= nodes; node++)); do
    configuration "$node" "$(sed "s/DISCOVERY/$((base + 30 + node))/; s/DATA/$((base + 40 + node))/; s|KEPT|$work/kept-$node|" <<<"$3")"
    "$java" -Xmx256m -jar "$jar" serve --config "$work/$node.yaml" >"$work/$node.log" 2>&1 &
    started+=($!)
  done
  for ((node = 1; node <= nodes; node++)); do
    until curl -fs -o /dev/null "http://127.0.0.1:$((base + 20 + node))/health/ready"; do
      kill -0 "${started[node - 1]}" || { cat "$work/$node.log" >&2; exit 1; }
      sleep 0.1
    done
  done
  logins "$each" >/dev/null
  before=$(ticks)
  read -r count errors < <(logins "$each")
  awk -v t="$(($(ticks) - before))" -v hz="$(getconf CLK_TCK)" -v n="$count" -v e="$errors" -v name="$name" \
    'BEGIN { printf "%-42s %5.0f us of processor time a login (%d logins, %d failed)\n", name, t * 1e6 / hz / n, n, e }'
  stop_all
}

members="'127.0.0.1:$((base + 31))', '127.0.0.1:$((base + 32))', '127.0.0.1:$((base + 33))'"
three="mode: cluster, name: bench, size: 3, members: [ $members ], address: { host: 127.0.0.1, discoveryPort: DISCOVERY, dataPort: DATA }"
measure 'embedded' 1 '{ mode: embedded }'
measure 'embedded, persistence' 1 '{ mode: embedded, persistence: KEPT }'
measure 'three gateways, backups: 1' 3 "{ $three, backups: 1 }"
measure 'three gateways, backups: 2' 3 "{ $three, backups: 2 }"
measure 'three gateways, backups: 1, persistence' 3 "{ $three, backups: 1, persistence: KEPT }"
measure 'three gateways, backups: 1, with fsync' 3 "{ $three, backups: 1, persistence: KEPT, fsync: true }"
