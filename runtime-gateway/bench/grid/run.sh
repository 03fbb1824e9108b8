#!/usr/bin/env bash
# Trials of a grid of gateways: real processes of the jar, in network namespaces joined by a bridge, are
# killed, restarted, frozen and cut off under load, and all that clients were told is checked like a
# register test of Jepsen's. The driver is src/test/java/dev/kinto/gateway/trial.
#
#   run.sh [--length PT1M] [--seed 1] [--visitors 12] [--old JAR] [--out DIR] [TRIAL...]
#
# Without names all trials run that must be good; each does its faults at least once, and again until its length is over.
# DIR (default target/grid-trials) gets report.md, a plot for each trial, and the logs of the gateways.
# --old JAR (old-jar.sh makes one) adds the trial "upgrade": a rolling upgrade between two builds, and back.
# JAVA25 (a java) and JAR (the gateway) may be set.
# Exit code 0: everything was as promised; 1: not; 2: wrong use.
#
# Needs: a JDK 25, a built gateway with its test classes (mvn package), and for the cuts root and
# iproute2; without those the gateways run on loopback, and the trials that cut are left out and named.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
target=$here/../../target
java=${JAVA25:-$(ls -d /usr/lib/jvm/*25*/bin/java 2>/dev/null | head -n 1)}
jar=${JAR:-$target/kinto-gateway.jar}

exec "${java:-java}" -cp "$target/test-classes:$target/kinto-gateway.jar" dev.kinto.gateway.trial.GridTrials \
  --jar "$jar" --out "$target/grid-trials" "$@"
