# What the scripts beside this one share: a JDK, what is built with it, ports, and processes that end
# with the script. To be sourced, with $once set.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
readonly gateway_jar=$root/runtime-gateway/target/kinto-gateway.jar
readonly examples_jar=$here/target/kinto-examples.jar
readonly START_LIMIT=60 STOP_LIMIT=10   # seconds

fail() { echo "${0##*/}: $*" >&2; exit 1; }
say() { echo "==> $*"; }

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
  echo "${0##*/}: $1 $2. The end of its output:" >&2
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

# Prints a port that nobody listens on, below those that the system gives to connections, for a program that
# has to be told which one it gets.
free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 12000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}

# --- Build ---------------------------------------------------------------------------------------------------

# A build that runs this script as a test says that it has built all.
is_built() {
  [ -z "${KINTO_IS_BUILT:-}" ] || return 0
  [ -f "$gateway_jar" ] && [ -f "$examples_jar" ] || return 1
  local newer
  newer=$(cd "$root" && find pom.xml */pom.xml client-sdk/java/pom.xml \
    sdk-annotations/src/main sdk-processor/src/main client-sdk/java/src/main runtime-gateway/src/main \
    runtime-gateway/src/console/src examples/src/main \( -newer "$gateway_jar" -o -newer "$examples_jar" \) -type f -print | head -n 1)
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

# Finds a JDK, and builds what is not built or is older than its sources. Sets $java.
prepare() {
  jdk=$(find_jdk)
  [ -n "$jdk" ] || fail "no JDK 25 or newer found. Install one (https://adoptium.net), or set JAVA_HOME to it."
  java=$jdk/bin/java
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
}

# --- The microservices in Java -------------------------------------------------------------------------------

# start_microservice NAME: its manifest is in the jar.
start_microservice() {
  local main
  main=$(echo "${1:0:1}" | tr '[:lower:]' '[:upper:]')${1:1}
  start "$1" "$java" -Xmx64m -XX:+UseSerialGC -cp "$examples_jar" "dev.kinto.examples.$1.$main"
}
