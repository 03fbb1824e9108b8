#!/usr/bin/env bash
# Measures with JMH what reading the head of a request costs: time, and bytes allocated (gc.alloc.rate.norm).
# More arguments go to JMH. Needs a JDK 25 and a built module: mvn package -DskipTests.
set -euo pipefail

module=$(cd "$(dirname "$0")/.." && pwd)
java=${JAVA25:-$(ls -d /usr/lib/jvm/*25*/bin/java 2>/dev/null | head -1)}
[[ -x $java ]] || { echo "No JDK 25 found. Set JAVA25 to its bin/java." >&2; exit 2; }
[[ -f $module/target/kinto-gateway.jar ]] || { echo "Run mvn package first." >&2; exit 2; }

work=$module/target/jmh
mkdir -p "$work/classes"
for artifact in org.openjdk.jmh:jmh-core:1.37 org.openjdk.jmh:jmh-generator-annprocess:1.37 \
  net.sf.jopt-simple:jopt-simple:5.0.4 org.apache.commons:commons-math3:3.6.1; do
  IFS=: read -r _ name version <<<"$artifact"
  [[ -f $work/$name-$version.jar ]] || mvn -B -q dependency:copy -f "$module/pom.xml" \
    -DoutputDirectory="$work" -Dartifact="$artifact"
done
classpath="$module/target/classes:$module/target/libs/*:$work/*"
"${java%java}javac" -d "$work/classes" -cp "$classpath" \
  -processor org.openjdk.jmh.generators.BenchmarkProcessor "$module"/bench/jmh/dev/kinto/gateway/listen/*.java
exec "$java" -cp "$work/classes:$classpath" org.openjdk.jmh.Main -prof gc "$@"
