#!/usr/bin/env bash
# Builds what is needed, starts the gateway and two microservices, walks through what the product
# does, and stays up for your own calls. See usage below.
set -euo pipefail

readonly CLIENT_ID=demo-web CLIENT_SECRET=demo-secret   # as in kinto.yaml
readonly START_LIMIT=60 STOP_LIMIT=10                   # seconds

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

fail() { echo "run.sh: $*" >&2; exit 1; }
misuse() { echo "run.sh: $*" >&2; usage >&2; exit 2; }
say() { echo "==> $*"; }

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

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
readonly gateway_jar=$root/runtime-gateway/target/kinto-gateway.jar
readonly examples_jar=$here/target/kinto-examples.jar

# --- A JDK 25 or newer: the `java` on the PATH may be older -----------------------------------------

# Prints the feature release of the JDK in a folder, or 0.
release_of() {
  if [ ! -x "$1/bin/java" ] || [ ! -x "$1/bin/javac" ]; then echo 0; return; fi
  local version
  version=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)
  echo "${version:-0}"
}

# Prints the folder that a `java` on the PATH stands for, links followed.
home_on_path() {
  command -v java >/dev/null || return 0
  java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p' | head -n 1
}

find_jdk() {
  local home
  for home in "${JAVA_HOME:-}" "$(home_on_path)" \
    /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$HOME"/.jdks/* "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$home" ] && [ "$(release_of "$home")" -ge 25 ]; then echo "$home"; return; fi
  done
}

# --- What this script starts, it ends -------------------------------------------------------------------

pids=() names=()
work=$(mktemp -d "${TMPDIR:-/tmp}/kinto-example.XXXXXX")

end_all() {
  local status=$? pid waited=0
  trap - EXIT INT TERM
  for pid in ${pids[@]+"${pids[@]}"}; do kill "$pid" 2>/dev/null || true; done
  for pid in ${pids[@]+"${pids[@]}"}; do
    while kill -0 "$pid" 2>/dev/null && [ "$waited" -lt $((STOP_LIMIT * 10)) ]; do
      sleep 0.1
      waited=$((waited + 1))
    done
    kill -KILL "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
  rm -rf "$work"
  exit "$status"
}
trap end_all EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# start NAME COMMAND...: in the background, with its output in a log.
start() {
  local name=$1
  shift
  : >"$work/$name.log"   # It is there before the process is, for whoever reads it.
  "$@" >>"$work/$name.log" 2>&1 </dev/null &
  pids+=("$!") names+=("$name")
}

# url_of NAME LISTENER: sets $url to what the process that was started last says that it listens on.
url_of() {
  local log=$work/$1.log pid=${pids[${#pids[@]}-1]} waited=0
  url=
  while :; do
    url=$(sed -n "s|^$2 listening on \(http://[^ ]*\).*|\1|p" "$log" | head -n 1)
    [ -z "$url" ] || return 0
    kill -0 "$pid" 2>/dev/null || died "$1" "ended while it started"
    [ "$waited" -lt $((START_LIMIT * 10)) ] || died "$1" "did not listen within $START_LIMIT s"
    sleep 0.1
    waited=$((waited + 1))
  done
}

died() {
  echo "run.sh: $1 $2. The end of its output:" >&2
  tail -n 20 "$work/$1.log" | sed 's/^/    /' >&2
  exit 1
}

# --- Ports ---------------------------------------------------------------------------------------------------

port() { # port VARIABLE DEFAULT
  local port=${!1:-$2}
  if $once; then port=${!1:-0}; fi
  if [ "$port" != 0 ] && (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
    fail "port $port is taken. Set $1 to another one (0: any free one)."
  fi
  printf -v "$1" %s "$port"
  export "${1?}"
}
port API_PORT 8080
port PUBLIC_PORT 8081
port ADMIN_PORT 9090
port AUTH_PORT 9001
port ARTICLES_PORT 9002

# --- Build ---------------------------------------------------------------------------------------------------

jdk=$(find_jdk)
[ -n "$jdk" ] || fail "no JDK 25 or newer found. Install one (https://adoptium.net), or set JAVA_HOME to it."
readonly java=$jdk/bin/java

is_built() {
  [ -f "$gateway_jar" ] && [ -f "$examples_jar" ] || return 1
  local newer
  newer=$(cd "$root" && find pom.xml */pom.xml client-sdk/java/pom.xml \
    sdk-annotations/src/main sdk-processor/src/main client-sdk/java/src/main runtime-gateway/src/main \
    examples/src/main \( -newer "$gateway_jar" -o -newer "$examples_jar" \) -type f -print | head -n 1)
  [ -z "$newer" ]
}

# Runs Maven, whose output goes to a log; of it is shown which module is built, and whenever nothing new
# was to be shown for a while, how long that has been going on.
build() {
  local shown=0 waited=0 lines maven
  : >"$work/build.log"
  (cd "$root" && exec mvn -B -Dstyle.color=never -Dmaven.test.skip=true -pl runtime-gateway,examples -am package) \
    >"$work/build.log" 2>&1 </dev/null &
  maven=$!
  pids+=("$maven")
  while kill -0 "$maven" 2>/dev/null; do
    sleep 1
    waited=$((waited + 1))
    lines=$(grep -c '^\[INFO\] Building Kinto' "$work/build.log" || true)
    if [ "$lines" -gt "$shown" ]; then
      grep '^\[INFO\] Building Kinto' "$work/build.log" | tail -n +$((shown + 1)) | sed 's/^\[INFO\] /    /; s/  *\[/ [/'
      shown=$lines
    elif [ $((waited % 15)) = 0 ]; then
      echo "    … ${waited} s: $(grep -c 'Downloaded from' "$work/build.log" || true) files downloaded so far"
    fi
  done
  pids=()
  wait "$maven"
}

if ! is_built; then
  command -v mvn >/dev/null || fail "Maven (mvn) is needed to build the gateway, and is not on the PATH."
  say "Building the gateway and the examples with Maven. The first time it downloads their libraries (about"
  say "150 MB), which takes a few minutes; later only what changed is built, in less than one."
  # Maven itself needs only a Java 17, and finds JDK 25 by itself.
  if [ "$(release_of "${JAVA_HOME:-$(home_on_path)}")" -lt 17 ]; then export JAVA_HOME=$jdk; fi
  build || fail "the build failed. The end of what Maven said:
$(tail -n 40 "$work/build.log")"
  touch "$gateway_jar" "$examples_jar"   # Maven leaves a jar alone whose content did not change.
fi

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
    main=$(echo "${name:0:1}" | tr '[:lower:]' '[:upper:]')${name:1}
    start "$name" "$java" -Xmx64m -XX:+UseSerialGC -cp "$examples_jar" "dev.kinto.examples.$name.$main"
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
