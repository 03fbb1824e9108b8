#!/usr/bin/env bash
# Starts three gateways that share their sessions, a load balancer and two microservices, logs in, kills
# each gateway in turn, and stays up for you to do the same. See usage below.
set -euo pipefail

readonly CLIENT_ID=demo-web CLIENT_SECRET=demo-secret   # as in cluster.yaml
readonly GATEWAYS="1 2 3"

usage() {
  cat <<'END'
Usage: examples/cluster.sh [--once]

  --once  end after the walk: exit code 0 if everything was as it should be, else 1
  --help  this text

Ports: 8080 (the balancer), 9001 and 9002 (microservices); change them with BALANCER_PORT, AUTH_PORT and
ARTICLES_PORT. With --once free ones are taken. The gateways take free ones. Everything is on 127.0.0.1.
END
}

misuse() { echo "cluster.sh: $*" >&2; usage >&2; exit 2; }

once=false
while [ $# -gt 0 ]; do
  case $1 in
    --once) once=true ;;
    -h | --help) usage; exit 0 ;;
    *) misuse "unknown option: $1" ;;
  esac
  shift
done

. "$(dirname "${BASH_SOURCE[0]}")/processes.sh"

port BALANCER_PORT 8080
port AUTH_PORT 9001
port ARTICLES_PORT 9002
prepare

say "Starting the microservices"
for name in auth articles; do
  upper=$(echo "$name" | tr '[:lower:]' '[:upper:]')
  port_variable=${upper}_PORT
  PORT=${!port_variable} start_microservice "$name"
  url_of "$name" "$name"
  export "${upper}_URL=$url" "${upper}_MANIFEST=$examples_jar"
  echo "    $name at $url"
done

# --- The gateways --------------------------------------------------------------------------------------------

# Each has two listeners that others must know, and two ports at which the others of the grid find it. A
# gateway that is started again gets the same.
api_ports=() admin_ports=() data_ports=() gateway_pids=()
for n in $GATEWAYS; do
  api_ports[n]=$(free_port) admin_ports[n]=$(free_port) data_ports[n]=$(free_port)
  export "DISCOVERY_PORT_$n=$(free_port)"
done

start_gateway() { # start_gateway NUMBER
  local discovery=DISCOVERY_PORT_$1
  API_PORT=${api_ports[$1]} ADMIN_PORT=${admin_ports[$1]} DATA_PORT=${data_ports[$1]} \
    DISCOVERY_PORT=${!discovery} DATA_DIRECTORY=$work/data-$1 \
    start "gateway-$1" "$java" -Xmx256m --sun-misc-unsafe-memory-access=allow -jar "$gateway_jar" \
    serve --config "$here/cluster.yaml"
  gateway_pids[$1]=${pids[${#pids[@]}-1]}
  echo "${gateway_pids[$1]}" >"$work/gateway-$1.pid"
}

say "Starting three gateways with examples/cluster.yaml"
for n in $GATEWAYS; do start_gateway "$n"; done
balanced=() walked=()
for n in $GATEWAYS; do
  waited=0
  until grep -q '^admin listening' "$work/gateway-$n.log"; do
    kill -0 "${gateway_pids[$n]}" 2>/dev/null || died "gateway-$n" "ended while it started"
    [ $((waited += 1)) -le $((START_LIMIT * 10)) ] || died "gateway-$n" "did not listen within $START_LIMIT s"
    sleep 0.1
  done
  api=http://127.0.0.1:${api_ports[$n]}
  balanced+=("$api" "http://127.0.0.1:${admin_ports[$n]}")
  walked+=("$api" "$work/gateway-$n.pid")
  echo "    gateway $n at $api, process ${gateway_pids[$n]}"
done

say "Starting the balancer"
start balancer "$java" -Xmx64m -XX:+UseSerialGC -cp "$examples_jar" dev.kinto.examples.balancer.Balancer \
  "$BALANCER_PORT" "${balanced[@]}"
url_of balancer balancer && balancer=$url
echo "    balancer at $balancer"

# Starts gateways again that were killed, after a while in which one sees that they are not needed.
look_after_gateways() { # look_after_gateways SECONDS
  local n
  for n in $GATEWAYS; do
    kill -0 "${gateway_pids[$n]}" 2>/dev/null && continue
    wait "${gateway_pids[$n]}" 2>/dev/null || true
    if ! $walking; then echo "==> gateway $n is gone. It is started again in $1 s."; fi
    sleep "$1"
    start_gateway "$n"
    if ! $walking; then echo "==> gateway $n is started again, as process ${gateway_pids[$n]}."; fi
  done
}

# --- The walk ------------------------------------------------------------------------------------------------

say "The walk"
walking=true
"$java" -XX:+UseSerialGC -cp "$examples_jar" dev.kinto.examples.walk.ClusterWalk \
  "$balancer" "$CLIENT_ID" "$CLIENT_SECRET" "${walked[@]}" </dev/null &
walk=$!
pids+=("$walk") names+=(walk)
while kill -0 "$walk" 2>/dev/null; do
  look_after_gateways 1
  sleep 0.2
done
wait "$walk" || {
  for n in $GATEWAYS; do
    echo "cluster.sh: what gateway $n had to say:" >&2
    tail -n 20 "$work/gateway-$n.log" | sed 's/^/    /' >&2
  done
  exit 1
}
if $once; then exit 0; fi
walking=false

cat <<END

==> Now you. In another terminal log in, through the balancer:

TOKEN=\$(curl -s $balancer/auth -H 'Content-Type: application/json' \\
  -d '{"clientId": "$CLIENT_ID", "clientSecret": "$CLIENT_SECRET"}' | sed 's/.*"token": *"\([^"]*\)".*/\1/')
TOKEN=\$(curl -si $balancer/auth/login -H "Kinto-Authorization: Bearer \$TOKEN" \\
  -H 'Content-Type: application/json' -d '{"username": "Ada", "password": "lovelace"}' |
  sed -n 's/^[Kk]into-[Tt]oken: *\([^[:space:]]*\).*/\1/p')

Call as often as you like, and kill a gateway meanwhile; it is started again after 10 s:

curl -i $balancer/articles/articles -H "Kinto-Authorization: Bearer \$TOKEN"
$(for n in $GATEWAYS; do echo "kill -9 \$(cat $work/gateway-$n.pid)"; done)

Logs are in $work. Ctrl-C ends everything.
END
while :; do
  look_after_gateways 10
  sleep 0.5
done
