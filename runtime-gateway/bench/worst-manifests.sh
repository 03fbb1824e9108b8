#!/usr/bin/env bash
# What manifests of 1 MiB cost the gateway that were written to cost as much as possible: for each the processor
# time to read it and to compare it four times with others, and how many lines it can bring into the log.
# Needs a JDK 25 and a built module: mvn package -DskipTests.
set -euo pipefail

module=$(cd "$(dirname "$0")/.." && pwd)
java=${JAVA25:-$(ls -d /usr/lib/jvm/*25*/bin/java 2>/dev/null | head -1)}
exec "$java" -Xmx512m -cp "$module/target/classes:$module/target/test-classes:$module/target/libs/*" \
  dev.kinto.gateway.contracts.WorstManifests
