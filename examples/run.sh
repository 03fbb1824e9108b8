#!/usr/bin/env bash
# Builds what is needed, starts the gateway and two microservices, walks through what the product
# does, and stays up for your own calls. See usage below.
set -euo pipefail

readonly CLIENT_ID=demo-web CLIENT_SECRET=demo-secret   # as in kinto.yaml
readonly ADMIN_SECRET=demo-secret-of-the-operators-0123456789

usage() {
  cat <<'END'
Usage: examples/run.sh [--once] [--services java|js] [--web]

  --once           end after the walk: exit code 0 if everything was as it should be, else 1
  --services java  the microservices in Java (Helidon), the default
  --services js    the same two in JavaScript (hapi); needs node 18 or newer, and npm
  --web            a web application besides, from a third microservice; needs node 20 or newer, and npm
  --help           this text

Ports: 8080 (api), 8081 (public), 9090 (admin), 9001 to 9003 (microservices); change them with
API_PORT, PUBLIC_PORT, ADMIN_PORT, AUTH_PORT, ARTICLES_PORT and WEB_PORT. With --once free ones are taken.
END
}

misuse() { echo "run.sh: $*" >&2; usage >&2; exit 2; }

once=false services=java web=false
while [ $# -gt 0 ]; do
  case $1 in
    --once) once=true ;;
    --services) [ $# -ge 2 ] || misuse "--services wants java or js"; services=$2; shift ;;
    --services=*) services=${1#*=} ;;
    --web) web=true ;;
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
if $web; then
  port WEB_PORT 9003
  # The page has to be told the gateway's address, and the gateway the page's, before either is there.
  [ "$API_PORT" != 0 ] || API_PORT=$(free_port)
  [ "$PUBLIC_PORT" != 0 ] || PUBLIC_PORT=$(free_port)
  export API_URL=http://127.0.0.1:$API_PORT WEB_ORIGIN=http://127.0.0.1:$PUBLIC_PORT
fi

# --- Build ---------------------------------------------------------------------------------------------------

# needs_node OPTION RELEASE: fails where there is no node of that release or a newer one, or no npm.
needs_node() {
  local found
  command -v node >/dev/null || fail "node is needed for $1, and is not on the PATH."
  command -v npm >/dev/null || fail "npm is needed for $1, and is not on the PATH."
  found=$(node --version) found=${found#v}
  [ "${found%%.*}" -ge "$2" ] || fail "node $2 is needed for $1. Found: $found"
}

if [ "$services" = js ]; then needs_node "--services js" 18; fi
if $web; then needs_node --web 20; fi
prepare

# npm_install FOLDER NAME: what its lock file says, unless it is there.
npm_install() {
  local lock=$root/$1/package-lock.json modules=$root/$1/node_modules
  if [ ! -d "$modules" ] || [ "$lock" -nt "$modules" ]; then
    say "Installing $2"
    (cd "$root/$1" && npm ci --silent --no-audit --no-fund) || fail "npm ci failed in $1."
    touch "$modules"
  fi
}

npm_build() { # npm_build FOLDER ARGUMENT...
  (cd "$root/$1" && shift && npm run --silent build -- "$@") >"$work/build.log" 2>&1 || fail "the build of $1 failed:
$(tail -n 20 "$work/build.log")"
}

if [ "$services" = js ]; then npm_install examples/hapi hapi; fi

if $web; then
  npm_install client-sdk/web "what builds the client for the web"
  npm_install examples/web "what builds the web application"
  say "Building the web application"
  client=$root/client-sdk/web
  if [ ! -f "$client/dist/index.js" ] || [ -n "$(find "$client/src" -newer "$client/dist/index.js" -print)" ]; then
    npm_build client-sdk/web
  fi
  VITE_API_URL=$API_URL npm_build examples/web --outDir "$work/web"
fi

# --- The microservices ----------------------------------------------------------------------------------

# Each comes with its manifest: the Java ones in their jar; for the others it is taken from their comments.
start_in_node() { # start_in_node NAME FILE
  manifest=$work/$1.json
  "$java" -jar "$gateway_jar" import --service "$1" --out "$manifest" "$here/$2" >/dev/null ||
    fail "import found no manifest in examples/$2."
  MANIFEST=$manifest DIST=$work/web start "$1" node "$here/$2"
}

say "Starting the microservices ($services)"
for name in auth articles $($web && echo web); do
  upper=$(echo "$name" | tr '[:lower:]' '[:upper:]')
  port_variable=${upper}_PORT
  export PORT=${!port_variable}
  if [ "$name" = web ]; then
    start_in_node web web/server.js
  elif [ "$services" = js ]; then
    start_in_node "$name" "hapi/$name.js"
  else
    start_microservice "$name"
    manifest=$examples_jar
  fi
  export "${upper}_MANIFEST=$manifest"
  url_of "$name" "$name"
  export "${upper}_URL=$url"
  echo "    $name at $url"
done
unset PORT

# --- The gateway ---------------------------------------------------------------------------------------------

config=kinto.yaml
if $web; then config=web/kinto.yaml; fi
say "Starting the gateway with examples/$config"
export DATA_DIRECTORY=$work/data
# Ignite reads memory through sun.misc.Unsafe, which JDK 25 would report.
start gateway "$java" --sun-misc-unsafe-memory-access=allow -jar "$gateway_jar" serve --config "$here/$config"
url_of gateway api && api=$url
url_of gateway public && public=$url
url_of gateway admin && admin=$url
echo "    api at $api (calls need a token), public at $public (no token, listed routes only)"

# --- The walk -------------------------------------------------------------------------------------------------

say "The walk"
"$java" -XX:+UseSerialGC -cp "$examples_jar" dev.kinto.examples.walk.Walk \
  "$api" "$public" "$CLIENT_ID" "$CLIENT_SECRET" | tee "$work/walk.log" || {
  echo "run.sh: what the gateway had to say:" >&2
  tail -n 20 "$work/gateway.log" | sed 's/^/    /' >&2
  exit 1
}

# An operator asks why, by the id that the refused call's answer had.
refused=$(sed -n 's/.*session-field-required.*"requestId": *"\([0-9a-f]*\)".*/\1/p' "$work/walk.log" | head -n 1)
why=("$java" --sun-misc-unsafe-memory-access=allow -jar "$gateway_jar" why "$refused" --admin "$admin")
printf '\nWhy the call before the log-in was refused, as an operator sees it:\n    '
KINTO_ADMIN_SECRET=$ADMIN_SECRET "${why[@]}" || fail "the gateway does not know why $refused was refused."
if $web; then
  page=$public/$CLIENT_ID/web/
  node -e 'fetch(process.argv[1]).then(({ ok }) => process.exit(ok ? 0 : 1))' "$page" || fail "there is no page at $page"
  printf '\n==> The web application: %s\n' "$page"
fi
if $once; then exit 0; fi

has_console=
if [ ! -f "$root/runtime-gateway/target/classes/dev/kinto/gateway/admin/console/index.html" ]; then
  has_console="
    (This build has no console, for there was no node 20.19 or newer, and no npm.)"
fi
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

# What became of the call before the log-in, and of any other whose Kinto-Request-Id you have:
KINTO_ADMIN_SECRET=$ADMIN_SECRET $(printf '%q ' "${why[@]}")

==> The operators' console: $admin/console/
    The secret is $ADMIN_SECRET$has_console

Logs are in $work. Ctrl-C ends everything.
END
while :; do
  for i in "${!pids[@]}"; do
    kill -0 "${pids[i]}" 2>/dev/null || died "${names[i]}" "ended unexpectedly"
  done
  sleep 1
done
