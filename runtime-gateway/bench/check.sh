#!/usr/bin/env bash
# Measures the command check over 1,000 manifests (5 routes with 4 reads and 2 writes each) as a whole
# process, and over one manifest, which is the start-up. What is left is the work; it should stay below 1 s.
#
# Needs: a JDK 25 and a built gateway (mvn package). MANIFESTS=1000 READS=4 WRITES=2 RUNS=5 and KINTO (the command)
# may be set.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
manifests=${MANIFESTS:-1000} runs=${RUNS:-5}
java=${JAVA25:-$(ls -d /usr/lib/jvm/*25*/bin/java 2>/dev/null | head -1)}
kinto=${KINTO:-$java -jar $here/../target/kinto-gateway.jar}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/all" "$work/one"

# Service n reads what services n-1 and n-2 set, so that every read is compared with a write.
awk -v count="$manifests" -v reads="${READS:-4}" -v writes="${WRITES:-2}" -v folder="$work/all" '
  function field(service, i) { return "s" service "-field" i }
  BEGIN {
    for (n = 0; n < count; n++) {
      file = folder "/s" n ".json"
      printf "{\n  \"manifestVersion\": 1,\n  \"microservice\": \"s%d\",\n  \"routes\": [", n > file
      for (r = 0; r < 5; r++) {
        printf "%s\n    {\n      \"method\": \"POST\",\n      \"path\": \"/items/{id}/part%d\",\n", r ? "," : "", r > file
        printf "      \"name\": \"part%d\",\n      \"title\": \"Part %d\",\n      \"reads\": [", r, r > file
        for (i = 0; i < reads; i++) {
          printf "%s\n        {\n          \"field\": \"%s\",\n", i ? "," : "", field(n > 1 ? n - 1 - i % 2 : n, i) > file
          printf "          \"type\": \"String{..20}\",\n          \"required\": false\n        }" > file
        }
        printf "\n      ],\n      \"writes\": [" > file
        for (i = 0; i < writes; i++)
          printf "%s\n        {\n          \"field\": \"%s\",\n          \"type\": \"String{2..10}\"\n        }", i ? "," : "", field(n, (r * writes + i) % reads) > file
        printf "\n      ]\n    }" > file
      }
      print "\n  ]\n}" > file
      close(file)
    }
  }'
cp "$work/all/s0.json" "$work/one/"

seconds() { # the fastest of some runs: others only show what else the machine did
  local best=999999 start end
  for ((run = 0; run < runs; run++)); do
    start=$(date +%s%N)
    $kinto check "$1" > "$work/out" || true
    end=$(date +%s%N)
    (( (end - start) / 1000000 < best )) && best=$(( (end - start) / 1000000 ))
  done
  echo "$best"
}

one=$(seconds "$work/one")
all=$(seconds "$work/all")
tail -1 "$work/out"
echo "start-up (one manifest): $one ms"
echo "$manifests manifests:      $all ms, $((all - one)) ms after start-up"
