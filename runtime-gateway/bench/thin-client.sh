#!/usr/bin/env bash
# Measures a read and a write of a gateway without data, by Ignite's thin client as the gateway has it: three data
# nodes with one backup, each a process, on loopback without TLS; one caller, one at a time.
#
# Needs a JDK 25 and a built gateway (mvn package). PORTS may be set: nine free ones, by commas.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
java=${JAVA25:-$(ls -d /usr/lib/jvm/*25*/bin/java 2>/dev/null | head -1)}
[[ -x $java ]] || { echo "No JDK 25 found. Set JAVA25 to its bin/java." >&2; exit 2; }
path=${CLASSES:-$here/../target/classes}:$here/../target/libs/*
ports=${PORTS:-17301,17302,17303,17304,17305,17306,17307,17308,17309}
work=$(mktemp -d)
nodes=()
stop() { kill -9 "${nodes[@]}" 2>/dev/null || true; rm -rf "$work"; }
trap stop EXIT
"${java}c" -nowarn -cp "$path" -d "$work" "$here"/clients/dev/kinto/gateway/grid/*.java
run() {
  "$java" --sun-misc-unsafe-memory-access=allow --add-opens java.base/java.lang=ALL-UNNAMED \
    --add-opens java.base/java.nio=ALL-UNNAMED --add-opens java.base/java.util=ALL-UNNAMED -Xmx256m \
    -cp "$work:$path" dev.kinto.gateway.grid.ThinClient "$@"
}
for node in 0 1 2; do run $node "$ports" >"$work/$node.log" 2>&1 & nodes+=($!); done
run client "$ports" 2>"$work/client.log" || { cat "$work/client.log" >&2; exit 1; }
