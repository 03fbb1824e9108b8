#!/usr/bin/env bash
# Builds the gateway of an earlier commit or tag beside this one, for the trial of a rolling upgrade, and prints its jar:
#
#   run.sh --old "$(old-jar.sh v1.0.0)" upgrade
#
# Needs what a build needs. The build is kept in target/old-COMMIT and made only once.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
commit=$(git -C "$here" rev-parse --verify --short "${1:?a commit or a tag is wanted}^{commit}")
folder=$here/../../target/old-$commit
jar=$folder/kinto-gateway.jar
if [[ ! -f $jar ]]; then
  tree=$(mktemp -d)
  trap 'git -C "$here" worktree remove --force "$tree" || true' EXIT
  git -C "$here" worktree add --detach --force "$tree" "$commit" >&2
  (cd "$tree" && mvn -q -pl runtime-gateway -am -DskipTests package) >&2
  mkdir -p "$folder"
  cp -r "$tree/runtime-gateway/target/libs" "$tree/runtime-gateway/target/kinto-gateway.jar" "$folder"
fi
(cd "$folder" && echo "$PWD/kinto-gateway.jar")
