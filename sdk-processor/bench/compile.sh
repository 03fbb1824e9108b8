#!/usr/bin/env bash
# Measures what the processor costs: javac over 1,000 annotated handlers in 100 classes of 10
# microservices, with the processor and without any (-proc:none), in turn, each a process of its own. Prints
# every run and the difference of the medians; it should stay at or below 1.5 s.
#
# Needs: a JDK 17 or newer and the built modules (mvn package -DskipTests). CLASSES=100 HANDLERS=10
# RUNS=7 and JAVAC (the command) may be set.
set -euo pipefail
shopt -s inherit_errexit

here=$(cd "$(dirname "$0")" && pwd)
classes=${CLASSES:-100} handlers=${HANDLERS:-10} runs=${RUNS:-7}
javac=${JAVAC:-javac}
repository=${MAVEN_REPOSITORY:-$HOME/.m2/repository}
jar() { ls "$repository/com/palantir/javapoet/javapoet"/*/*.jar | grep -v sources | tail -1; }

annotations=$here/../../sdk-annotations/target/classes
processor=$here/../target/classes:$annotations:$(jar)
[ -d "$annotations/dev" ] && [ -d "$here/../target/classes/dev" ] || {
  echo "Build first: mvn package -DskipTests -pl sdk-processor -am" >&2
  exit 2
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/src"
for ((c = 0; c < classes; c++)); do
  service=service$((c % 10))
  {
    echo "package bench;"
    echo "import dev.kinto.annotations.*;"
    echo "@Microservice(\"$service\")"
    echo "final class Handlers$c {"
    for ((h = 0; h < handlers; h++)); do
      echo "  /** Changes item $h. */"
      echo "  @Api(method = \"POST\", path = \"/c$c/items/{id}/part$h\", title = \"Part $h\")"
      echo "  @ApiHeader(group = \"Session\", field = \"auth-userId\", type = \"Number\")"
      echo "  @ApiHeader(group = \"Session\", field = \"auth-plan\", type = \"String=\\\"free\\\",\\\"pro\\\"\","
      echo "      optional = true, defaultValue = \"free\")"
      echo "  @ApiBody(field = \"name\", type = \"String{2..80}\")"
      echo "  @ApiSuccess(group = \"Session\", field = \"$service-last\", type = \"Number\")"
      echo "  @ApiSuccess(field = \"id\", type = \"Number\")"
      echo "  String c${c}part$h(String request) { return request; }"
    done
    echo "}"
  } >"$work/src/Handlers$c.java"
done

# Seconds of one compilation; the arguments are javac's.
compile() {
  rm -rf "$work/out"; mkdir "$work/out"
  local start=$EPOCHREALTIME
  "$javac" -d "$work/out" -cp "$annotations" "$@" "$work"/src/*.java
  awk -v from="$start" -v to="$EPOCHREALTIME" 'BEGIN { printf "%.2f\n", to - from }'
}
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

for ((run = 1; run <= runs; run++)); do
  without=$(compile -proc:none)
  with=$(compile -processorpath "$processor")
  [ -f "$work/out/META-INF/kinto/service0.json" ] || { echo "no manifest was written" >&2; exit 1; }
  echo "run $run: without $without s, with $with s"
  echo "$without" >>"$work/without"; echo "$with" >>"$work/with"
done
awk -v handlers=$((classes * handlers)) -v classes="$classes" \
  -v without="$(median <"$work/without")" -v with="$(median <"$work/with")" 'BEGIN {
    printf "%d handlers in %d classes, medians: without %.2f s, with %.2f s, difference %.2f s\n",
      handlers, classes, without, with, with - without }'
