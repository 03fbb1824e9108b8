#!/usr/bin/env bash
# Measures what the processor costs: javac over 1,000 annotated handlers in 100 classes of 10
# microservices, in turn, each a process of its own:
#   without  -proc:none, the handlers alone
#   with     the processor
# and with FLOOR=1 also what no processor could save:
#   copied   a processor that does nothing but copy the sources which ours generates: javac's part;
#            "with" less "without" should stay at or below 1.5 times "copied" less "without"
#   bare     the same with the least that contract C13 allows, for each handler one record without
#            methods and one class without members
# Prints wall clock and processor time of every run, and medians. Where other work runs on the machine only
# processor time (user and system, the JVM's compiler threads too) can be compared.
#
# Needs: a JDK 17 or newer and the built modules (mvn package -DskipTests). CLASSES=100 HANDLERS=10
# RUNS=7, JAVAC (the command) and JAVAC_OPTIONS (-J-XX:TieredStopAtLevel=1) may be set.
set -euo pipefail
shopt -s inherit_errexit

here=$(cd "$(dirname "$0")" && pwd)
classes=${CLASSES:-100} handlers=${HANDLERS:-10} runs=${RUNS:-7} floor=${FLOOR:-0}
javac=${JAVAC:-javac}
read -ra options <<<"${JAVAC_OPTIONS:-}"
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
mkdir "$work/src" "$work/bare" "$work/copying"
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
  {
    echo "package bench;"
    echo "import java.util.Optional;"
    echo "final class Handlers${c}Session {"
    for ((h = 0; h < handlers; h++)); do
      echo "  record C${c}part$h(Optional<String> authPlan, long authUserId) {}"
      echo "  static final class C${c}part${h}Writer {}"
    done
    echo "}"
  } >"$work/bare/Handlers${c}Session.java"
done

# One compilation, under a name; the arguments are javac's. Puts its seconds down.
TIMEFORMAT='%R %U %S'
compile() {
  local name=$1
  shift
  rm -rf "$work/out" "$work/generated"; mkdir "$work/out" "$work/generated"
  { time "$javac" "${options[@]}" -d "$work/out" -s "$work/generated" -cp "$annotations" "$@" \
      "$work"/src/*.java 2>&3; } 3>&2 2>"$work/time"
  awk '{ printf "%.2f %.2f\n", $1, $2 + $3 }' "$work/time" >>"$work/$name.seconds"
  tail -1 "$work/$name.seconds" | awk -v name="$name" '{ printf "  %-8s %6.2f s  cpu %6.2f s\n", name, $1, $2 }'
}
copied() { compile "$1" -processorpath "$work/copying" -processor CopyingProcessor -Adirectory="$2"; }
median() { cut -d ' ' -f "$2" "$work/$1.seconds" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

[ "$floor" = 0 ] || "$javac" -proc:none -d "$work/copying" "$here/CopyingProcessor.java"
for ((run = 1; run <= runs; run++)); do
  echo "run $run"
  compile without -proc:none
  compile with -processorpath "$processor"
  [ -f "$work/out/META-INF/kinto/service0.json" ] || { echo "no manifest was written" >&2; exit 1; }
  if [ "$floor" != 0 ]; then
    [ -d "$work/ours" ] || mv "$work/generated/bench" "$work/ours"
    copied copied "$work/ours"
    copied bare "$work/bare"
  fi
done
echo "$((classes * handlers)) handlers in $classes classes, medians, and what they are above \"without\""
for name in without with copied bare; do
  [ -f "$work/$name.seconds" ] || continue
  awk -v name="$name" -v wall="$(median "$name" 1)" -v cpu="$(median "$name" 2)" \
    -v wall0="$(median without 1)" -v cpu0="$(median without 2)" 'BEGIN {
      printf "  %-8s %6.2f s (%+.2f)  cpu %6.2f s (%+.2f)\n", name, wall, wall - wall0, cpu, cpu - cpu0 }'
done
