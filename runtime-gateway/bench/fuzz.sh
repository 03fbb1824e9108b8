#!/usr/bin/env bash
# Fuzzes one target with Jazzer: fuzz.sh RequestFuzz 600    (seconds; 600 if left out)
#
# Targets: RequestFuzz TargetFuzz AuthBodyFuzz SessionValueFuzz ManifestFuzz ConfigFuzz AnswerFuzz. Seeds lie
# in src/test/resources/fuzz; what Jazzer adds to them, and what it finds, in target/fuzz. A finding becomes a
# seed, so that FuzzSeedsTest keeps watch over it. Needs a JDK 25 and a built module: mvn package -DskipTests.
set -euo pipefail

module=$(cd "$(dirname "$0")/.." && pwd)
name=${1:?which target?} seconds=${2:-600} version=0.30.0
java=${JAVA25:-$(ls -d /usr/lib/jvm/*25*/bin/java 2>/dev/null | head -1)}
source=$(cd "$module/src/test/java" && find . -name "$name.java")
[[ -n $source ]] || { echo "There is no target $name." >&2; exit 2; }
class=${source#./} class=${class%.java} class=${class//\//.}

work=$module/target/fuzz
mkdir -p "$work/$name/corpus" "$work/$name/found"
for artifact in jazzer jazzer-api; do
  [[ -f $work/$artifact-$version.jar ]] || mvn -B -q dependency:copy -f "$module/pom.xml" \
    -DoutputDirectory="$work" -Dartifact="com.code-intelligence:$artifact:$version"
done
cd "$work/$name/found"
exec "$java" -Xmx1g --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
  -XX:+EnableDynamicAgentLoading \
  -cp "$module/target/classes:$module/target/test-classes:$module/target/libs/*:$work/*" \
  com.code_intelligence.jazzer.Jazzer --target_class="$class" --instrumentation_includes='dev.kinto.**' \
  --keep_going=20 -max_total_time="$seconds" -max_len=4096 -artifact_prefix="$work/$name/found/" \
  "$work/$name/corpus" "$module/src/test/resources/fuzz/$name"
