#!/bin/sh
# Makes an environment of its own with PySpark and this checkout, for tests/batch/test_spark.py:
#
#   tools/spark_env.sh build/spark
#   SPARK_PYTHON=build/spark/bin/python .venv/bin/python -m pytest tests/batch/test_spark.py
#
# PySpark needs Java 17 or later.
set -eu
folder=${1:?usage: tools/spark_env.sh FOLDER}
"${PYTHON:-python3}" -m venv "$folder"
"$folder/bin/pip" install --quiet "pyspark==4.3.0" "pandas>=2.2,<4"
"$folder/bin/pip" install --quiet --editable .
echo "SPARK_PYTHON=$folder/bin/python"
