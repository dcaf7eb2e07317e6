#!/usr/bin/env bash
# Every run of the ablation table in models/README.md, one after the other; `make models` comes first.
#   models/ner/ablate.sh PYTHON
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
export PYTHONPATH=pipeline:models/ner
for run in head-bio head-span layers-8 layers-12; do
  [[ -f build/models/runs/$run/result.json ]] || "$1" models/ner/train.py "models/ner/configs/$run.toml"
done
for run in fast-short fast-no-embeddings fast-no-copies fast-no-teacher fast-narrow fast-wide; do
  [[ -f build/models/runs/$run/result.json ]] || "$1" models/ner/student.py "models/ner/configs/$run.toml"
done
"$1" models/ner/table.py
