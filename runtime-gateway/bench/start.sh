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
clients: [ { id: bench, environment: bench, secretHash: "sha256:$(printf 'of the bench' | sha256sum | cut -d' ' -f1)" } ]
grid: $1
YAML
}

# measure MODE LINE COMMAND...: prints the medians of one command that says LINE when it is up
measure() {
  local mode=$1 line=$2 run began times=() memory=() cpu=(); shift 2
  for ((run = 1; run <= runs; run++)); do
    rm -rf "$work/kinto-data"
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
  printf '%-10s %5d ms to the first listener (%d ms processor time), %4d MiB resident, %3d threads\n' "$mode" \
    "$(printf '%s\n' "${times[@]}" | median)" "$(printf '%s\n' "${cpu[@]}" | median)" \
    "$(printf '%s\n' "${memory[@]}" | median)" "$threads"
}

gateway_of '{ mode: embedded }' >"$work/embedded.yaml"
measure embedded '^api listening' serve --config "$work/embedded.yaml"
