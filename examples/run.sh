#!/usr/bin/env bash
# Builds what is needed, starts the gateway and two microservices, walks through what the product
# does, and stays up for your own calls. See usage below.
set -euo pipefail

readonly CLIENT_ID=demo-web CLIENT_SECRET=demo-secret   # as in kinto.yaml

usage() {
  cat <<'END'
Usage: examples/run.sh [--once] [--services java|js]

  --once           end after the walk: exit code 0 if everything was as it should be, else 1
  --services java  the microservices in Java (Helidon), the default
  --services js    the same two in JavaScript (hapi); needs node 18 or newer, and npm
  --help           this text

Ports: 8080 (api), 8081 (public), 9090 (admin), 9001 and 9002 (microservices); change them with
API_PORT, PUBLIC_PORT, ADMIN_PORT, AUTH_PORT and ARTICLES_PORT. With --once free ones are taken.
END
}

misuse() { echo "run.sh: $*" >&2; usage >&2; exit 2; }

once=false services=java
while [ $# -gt 0 ]; do
  case $1 in
    --once) once=true ;;
    --services) [ $# -ge 2 ] || misuse "--services wants java or js"; services=$2; shift ;;
    --services=*) services=${1#*=} ;;
    -h | --help) usage; exit 0 ;;
    *) misuse "unknown option: $1" ;;
  esac
  shift
done
case $services in java | js) ;; *) misuse "--services wants java or js. Found: $services" ;; esac

. "$(dirname "${BASH_SOURCE[0]}")/processes.sh"

# --- Ports ---------------------------------------------------------------------------------------------------

port API_PORT 8080
port PUBLIC_PORT 8081
port ADMIN_PORT 9090
port AUTH_PORT 9001
port ARTICLES_PORT 9002

# --- Build ---------------------------------------------------------------------------------------------------

prepare

if [ "$services" = js ]; then
  command -v node >/dev/null || fail "node is needed for --services js, and is not on the PATH."
  if [ ! -d "$here/hapi/node_modules" ] || [ "$here/hapi/package-lock.json" -nt "$here/hapi/node_modules" ]; then
    command -v npm >/dev/null || fail "npm is needed for --services js, and is not on the PATH."
    say "Installing hapi"
    (cd "$here/hapi" && npm ci --silent --no-audit --no-fund) || fail "npm ci failed in examples/hapi."
    touch "$here/hapi/node_modules"
  fi
fi

# --- The microservices ----------------------------------------------------------------------------------

# Each comes with its manifest: the Java ones in their jar; for the others it is taken from their comments.
say "Starting the microservices ($services)"
for name in auth articles; do
  upper=$(echo "$name" | tr '[:lower:]' '[:upper:]')
  port_variable=${upper}_PORT
  export PORT=${!port_variable}
  if [ "$services" = java ]; then
    start_microservice "$name"
    manifest=$examples_jar
  else
    manifest=$work/$name.json
    "$java" -jar "$gateway_jar" import --service "$name" --out "$manifest" "$here/hapi/$name.js" >/dev/null ||
      fail "import found no manifest in examples/hapi/$name.js."
    MANIFEST=$manifest start "$name" node "$here/hapi/$name.js"
  fi
  export "${upper}_MANIFEST=$manifest"
  url_of "$name" "$name"
  export "${upper}_URL=$url"
  echo "    $name at $url"
done
unset PORT

# --- The gateway ---------------------------------------------------------------------------------------------

say "Starting the gateway with examples/kinto.yaml"
export DATA_DIRECTORY=$work/data
# Ignite reads memory through sun.misc.Unsafe, which JDK 25 would report.
start gateway "$java" --sun-misc-unsafe-memory-access=allow -jar "$gateway_jar" serve --config "$here/kinto.yaml"
url_of gateway api && api=$url
url_of gateway public && public=$url
echo "    api at $api (calls need a token), public at $public (no token, listed routes only)"

# --- The walk -------------------------------------------------------------------------------------------------

say "The walk"
"$java" -XX:+UseSerialGC -cp "$examples_jar" dev.kinto.examples.walk.Walk \
  "$api" "$public" "$CLIENT_ID" "$CLIENT_SECRET" || {
  echo "run.sh: what the gateway had to say:" >&2
  tail -n 20 "$work/gateway.log" | sed 's/^/    /' >&2
  exit 1
}
if $once; then exit 0; fi

cat <<END

==> Now you. In another terminal:

TOKEN=\$(curl -s $api/auth -H 'Content-Type: application/json' \\
  -d '{"clientId": "$CLIENT_ID", "clientSecret": "$CLIENT_SECRET"}' | sed 's/.*"token": *"\([^"]*\)".*/\1/')
curl -i $api/articles/articles -H "Kinto-Authorization: Bearer \$TOKEN"
# The login brings a new token, and the one from before is dead:
TOKEN=\$(curl -si $api/auth/login -H "Kinto-Authorization: Bearer \$TOKEN" \\
  -H 'Content-Type: application/json' -d '{"username": "Ada", "password": "lovelace"}' |
  sed -n 's/^[Kk]into-[Tt]oken: *\([^[:space:]]*\).*/\1/p')
curl -i $api/articles/articles -H "Kinto-Authorization: Bearer \$TOKEN" \\
  -H 'Content-Type: application/json' -d '{"title": "My first article"}'
curl -i $api/articles/echo -H "Kinto-Authorization: Bearer \$TOKEN" -H 'auth-userId: 999'
curl -i $public/$CLIENT_ID/articles/articles/1
curl -i -X DELETE $api/auth -H "Kinto-Authorization: Bearer \$TOKEN"

Logs are in $work. Ctrl-C ends everything.
END
while :; do
  for i in "${!pids[@]}"; do
    kill -0 "${pids[i]}" 2>/dev/null || died "${names[i]}" "ended unexpectedly"
  done
  sleep 1
done
