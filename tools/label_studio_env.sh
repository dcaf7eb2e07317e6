#!/bin/sh
# Makes an environment of its own with the real Label Studio, for tests/exchange/test_label_studio.py:
#
#   tools/label_studio_env.sh build/label-studio
#   LABEL_STUDIO_BIN=build/label-studio/bin/label-studio .venv/bin/python -m pytest tests/exchange/test_label_studio.py
set -eu
folder=${1:?usage: tools/label_studio_env.sh FOLDER}
"${PYTHON:-python3}" -m venv "$folder"
"$folder/bin/pip" install --quiet "label-studio==1.23.2"
echo "LABEL_STUDIO_BIN=$folder/bin/label-studio"
