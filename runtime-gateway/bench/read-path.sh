#!/usr/bin/env bash
# Measures a gateway as a whole process: time to the first listener, memory after start, and processor
# time per request of the read path (token checked, session read, two fields injected, about 200 bytes
# answered). Only the gateway's own processor time counts; load and upstream are other processes.
#
# Needs: wrk, nginx, curl (Debian: apt-get install wrk nginx-light curl), a JDK 25, and a built gateway
# (mvn package). Everything listens on 127.0.0.1, ports 17200 to 17202.
#
# CONNECTIONS=32 WARM=20 SECONDS_MEASURED=15 RUNS=3 and JAVA_FLAGS may be set.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
jar="$here/../target/kinto-gateway.jar"
connections=${CONNECTIONS:-32} warm=${WARM:-20} measured=${SECONDS_MEASURED:-15} runs=${RUNS:-3}
flags=${JAVA_FLAGS:---sun-misc-unsafe-memory-access=allow -Xmx512m}
java=${JAVA25:-$(ls -d /usr/lib/jvm/*25*/bin/java 2>/dev/null | head -1)}
[[ -x $java ]] || { echo "No JDK 25 found. Set JAVA25 to its bin/java." >&2; exit 2; }
[[ -f $jar ]] || { echo "$jar is missing. Run mvn package first." >&2; exit 2; }
for tool in wrk nginx curl; do
  command -v $tool >/dev/null || { echo "$tool is missing: apt-get install wrk nginx-light curl" >&2; exit 2; }
done

work=$(mktemp -d)
gateway= upstream=
stop() {
  [[ -n $gateway ]] && kill "$gateway" 2>/dev/null && wait "$gateway" 2>/dev/null
  [[ -n $upstream ]] && kill "$upstream" 2>/dev/null && wait "$upstream" 2>/dev/null
  rm -rf "$work"
}
trap 'stop || true' EXIT

# user + system time of a process in microseconds
cpu() { awk -v hz="$(getconf CLK_TCK)" '{ printf "%d", ($14 + $15) * 1e6 / hz }' "/proc/$1/stat"; }
rss() { awk '/^VmRSS/ { printf "%d", $2 / 1024 }' "/proc/$1/status"; }
millis() { echo $((${EPOCHREALTIME/[.,]/} / 1000)); }

cat >"$work/nginx.conf" <<CONF
daemon off; worker_processes 1; pid $work/nginx.pid; error_log $work/nginx.log;
events { worker_connections 4096; }
http {
  access_log off; keepalive_requests 100000000; keepalive_timeout 300s; default_type application/json;
  client_body_temp_path $work; proxy_temp_path $work; fastcgi_temp_path $work; uwsgi_temp_path $work; scgi_temp_path $work;
  server {
    listen 127.0.0.1:17200;
    location = /login { add_header auth-userId 1; add_header auth-username KintoUser; return 200 '{}'; }
    location = /articles { return 200 '{"articles":[{"id":1,"title":"An article of the measured upstream","author":"KintoUser","tags":["a","b","c"]},{"id":2,"title":"Another article, padding this answer to 200 B","author":"x"}]}'; }
  }
}
CONF
cat >"$work/auth.json" <<'JSON'
{"manifestVersion": 1, "microservice": "auth", "routes": [
  {"method": "POST", "path": "/login", "name": "login", "writes": [
    {"field": "auth-userId", "type": "String"}, {"field": "auth-username", "type": "String"}]}]}
JSON
cat >"$work/articles.json" <<'JSON'
{"manifestVersion": 1, "microservice": "articles", "routes": [
  {"method": "GET", "path": "/articles", "name": "articles", "reads": [
    {"field": "auth-userId", "type": "String", "required": true},
    {"field": "auth-username", "type": "String", "required": true}]}]}
JSON
secret="a secret of the measurement alone"
cat >"$work/gateway.yaml" <<YAML
listeners: { api: { port: 17201 }, public: { port: 17202 } }
environments:
  bench:
    services:
      auth: { manifest: auth.json, upstreams: [ "http://127.0.0.1:17200" ] }
      articles: { manifest: articles.json, upstreams: [ "http://127.0.0.1:17200" ] }
clients:
  - { id: bench, environment: bench, secretHash: "sha256:$(printf %s "$secret" | sha256sum | cut -d' ' -f1)" }
YAML

nginx -p "$work" -c "$work/nginx.conf" 2>/dev/null & upstream=$!
began=$(millis)
# shellcheck disable=SC2086 # the flags are several words
"$java" $flags -jar "$jar" serve --config "$work/gateway.yaml" >"$work/gateway.log" 2>&1 & gateway=$!
until grep -q '^api listening' "$work/gateway.log"; do
  kill -0 "$gateway" 2>/dev/null || { cat "$work/gateway.log" >&2; exit 1; }
  sleep 0.01
done
echo "start to first listener: $(($(millis) - began)) ms"
echo "memory after start: $(rss "$gateway") MiB resident"

address=http://127.0.0.1:17201
token=$(curl -sf "$address/auth" -H 'Content-Type: application/json' \
  -d "{\"clientId\":\"bench\",\"clientSecret\":\"$secret\"}" | sed 's/.*"token":"\([^"]*\)".*/\1/')
header="Kinto-Authorization: Bearer $token"
curl -sf -X POST "$address/auth/login" -H "$header" >/dev/null
curl -sf "$address/articles/articles" -H "$header" >/dev/null

load() { wrk -t1 -c"$connections" -d"$1s" -H "$header" "$address/articles/articles"; }
load "$warm" >/dev/null
for ((run = 1; run <= runs; run++)); do
  before=$(cpu "$gateway")
  out=$(load "$measured")
  after=$(cpu "$gateway")
  requests=$(awk '/requests in/ { print $1 }' <<<"$out")
  rate=$(awk '/Requests\/sec/ { print $2 }' <<<"$out")
  if grep -q 'Non-2xx' <<<"$out"; then echo "$out" >&2; exit 1; fi
  awk -v n="$requests" -v c=$((after - before)) -v r="$rate" -v k="$connections" \
    'BEGIN { printf "read path, %d connections: %.1f µs processor time per request, %.0f requests/s\n", k, c / n, r }'
done
echo "memory after load: $(rss "$gateway") MiB resident"
