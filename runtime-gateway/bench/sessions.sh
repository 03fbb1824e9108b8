#!/usr/bin/env bash
# Measures what beginning a session costs in processor time, in one node and in a grid of three (in one process), and
# what a million sessions of two fields with 20 characters take in one node, what sweeping all of them up at the same
# moment does to reads, and what an operator does who ends all of them.
#
#   sessions.sh begin          # about a minute
#   sessions.sh many [COUNT] [AFTER]    # 1000000 sessions that end PT20M after the start: time enough to begin them
#   sessions.sh end [COUNT]             # 1000000 sessions of a client, ended as DELETE /api/sessions?client= does
#
# Needs a JDK 25 and a built gateway (mvn package). PORTS may be set: six free ones, by commas.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
java=${JAVA25:-$(ls -d /usr/lib/jvm/*25*/bin/java 2>/dev/null | head -1)}
[[ -x $java ]] || { echo "No JDK 25 found. Set JAVA25 to its bin/java." >&2; exit 2; }
path=${CLASSES:-$here/../target/classes}:$here/../target/libs/*
ports=${PORTS:-17311,17312,17313,17314,17315,17316}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${java}c" -nowarn -cp "$path" -d "$work" "$here"/clients/dev/kinto/gateway/session/ManySessions.java
run() {
  "$java" --sun-misc-unsafe-memory-access=allow --add-opens java.base/java.lang=ALL-UNNAMED \
    --add-opens java.base/java.nio=ALL-UNNAMED --add-opens java.base/java.util=ALL-UNNAMED -Xmx1g \
    -cp "$work:$path" dev.kinto.gateway.session.ManySessions "$@" 2>"$work/log" || { cat "$work/log" >&2; exit 1; }
}
echo "load average: $(cut -d' ' -f1-3 /proc/loadavg), $(nproc) processors"
case ${1:-} in
  begin) run begin-alone; run begin-in-three "$ports" ;;
  many) run many "${2:-1000000}" "${3:-PT20M}" ;;
  end) run end "${2:-1000000}" ;;
  *) sed -n '2,10p' "$0" >&2; exit 2 ;;
esac
echo "load average: $(cut -d' ' -f1-3 /proc/loadavg)"
