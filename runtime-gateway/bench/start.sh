#!/usr/bin/env bash
# Measures how the jar starts, as users start it: time to the first listener, memory and threads when idle.
# The median of RUNS starts for each mode of the grid, each in a new folder.
#
# Needs: a JDK 25 and a built gateway (mvn package). Ports are chosen by the system.
#
# RUNS=5, IDLE=5 (seconds after the start at which memory is read) and JAVA_FLAGS (none) may be set.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
jar=${JAR:-$here/../target/kinto-gateway.jar}
runs=${RUNS:-5} idle=${IDLE:-5}
java=${JAVA25:-$(ls -d /usr/lib/jvm/*25*/bin/java 2>/dev/null | head -1)}
[[ -x $java ]] || { echo "No JDK 25 found. Set JAVA25 to its bin/java." >&2; exit 2; }
[[ -f $jar ]] || { echo "$jar is missing. Run mvn package first." >&2; exit 2; }

work=$(mktemp -d)
started=()
stop_all() {
  for pid in "${started[@]}"; do kill -9 "$pid" 2>/dev/null && wait "$pid" 2>/dev/null; done
  started=()
}
trap 'stop_all || true; rm -rf "$work"' EXIT

status() { awk -v key="$2:" '$1 == key { print $2 }' "/proc/$1/status"; }
millis() { echo $((${EPOCHREALTIME/[.,]/} / 1000)); }
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

# begin NAME COMMAND...: starts the jar; its output is in $work/NAME.log, its id in $pid
begin() {
  local name=$1; shift
  # shellcheck disable=SC2086 # the flags are several words
  "$java" ${JAVA_FLAGS:-} -jar "$jar" "$@" >"$work/$name.log" 2>&1 & pid=$!
  started+=("$pid")
}

# await NAME TEXT: waits for a line of its output
await() {
  until grep -q "$2" "$work/$1.log"; do
    kill -0 "$pid" 2>/dev/null || { cat "$work/$1.log" >&2; exit 1; }
    sleep 0.01
  done
}

gateway_of() {
  cat <<YAML
listeners: { api: { port: 0 }, public: { port: 0 }, admin: { port: 0 } }
environments: { bench: {} }
tokens: { keys: [ { id: bench, secret: one-key-for-the-gateways-of-the-bench } ] }
clients: [ { id: bench, environment: bench, secretHash: "sha256:$(printf 'of the bench' | sha256sum | cut -d' ' -f1)" } ]
grid: $1
YAML
}

# measure MODE LINE COMMAND...: prints the medians of one command that says LINE when it is up
measure() {
  local mode=$1 line=$2 run began times=() memory=() cpu=(); shift 2
  for ((run = 1; run <= runs; run++)); do
    rm -rf "$work/kinto-data" "$work/kept"
    began=$(millis)
    begin measured "$@"
    await measured "$line"
    times+=($(($(millis) - began)))
    sleep "$idle"
    memory+=($(($(status "$pid" VmRSS) / 1024)))
    cpu+=($(awk -v hz="$(getconf CLK_TCK)" '{ printf "%d", ($14 + $15) * 1000 / hz }' "/proc/$pid/stat"))
    threads=$(status "$pid" Threads)
    kill -9 "$pid"; wait "$pid" 2>/dev/null || true
  done
  printf '%-21s %5d ms to the first listener (%d ms processor time), %4d MiB resident, %3d threads\n' "$mode" \
    "$(printf '%s\n' "${times[@]}" | median)" "$(printf '%s\n' "${cpu[@]}" | median)" \
    "$(printf '%s\n' "${memory[@]}" | median)" "$threads"
}

gateway_of '{ mode: embedded }' >"$work/embedded.yaml"
measure embedded '^api listening' serve --config "$work/embedded.yaml"

gateway_of '{ mode: embedded, persistence: kept }' >"$work/kept.yaml"
measure 'embedded, persistence' '^api listening' serve --config "$work/kept.yaml"

# Ports that are known beforehand; "0" cannot be one of a member.
base=$((20000 + RANDOM % 10000))
address() { echo "{ host: 127.0.0.1, discoveryPort: $((base + $1)), dataPort: $((base + $1 + 1))${2:-} }"; }
member() {
  echo "{ mode: cluster, name: bench, size: 1, members: [ '127.0.0.1:$((base + $1))' ], address: $(address "$@")${3:-} }"
}

gateway_of "$(member 0)" >"$work/cluster.yaml"
measure cluster '^api listening' serve --config "$work/cluster.yaml"
gateway_of "$(member 0 '' ', persistence: kept')" >"$work/cluster-kept.yaml"
measure 'cluster, persistence' '^api listening' serve --config "$work/cluster-kept.yaml"
echo "grid: $(member 0 ", clientPort: $((base + 2))")" >"$work/node.yaml"
measure 'data node' '^grid node listening' grid --config "$work/node.yaml"

begin node grid --config "$work/node.yaml"
await node '^grid node listening'
gateway_of "{ mode: client, name: bench, members: [ '127.0.0.1:$((base + 2))' ] }" >"$work/client.yaml"
measure client '^api listening' serve --config "$work/client.yaml"
