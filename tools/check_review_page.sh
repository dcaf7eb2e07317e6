#!/usr/bin/env bash
# Is the committed bundle of the annotators' page what its sources build to? Needs Node.js and npm.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
built=pipeline/pobratim/review/static
make ui
if [[ -n "$(git status --porcelain -- "$built")" ]]; then
  git --no-pager diff --stat -- "$built"
  echo "error: $built is not what review-ui/ builds; run 'make ui' and commit the result" >&2
  exit 1
fi
echo "$built is what review-ui/ builds"
