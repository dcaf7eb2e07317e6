"""Extract a table of texts with PySpark.

    spark-submit examples/spark_extract.py TEXTS.parquet DOCUMENTS.parquet

TEXTS has the columns ``id`` and ``text``, and may have ``uri``; pobratim has to be installed for the
Python of every worker. The number of partitions is the number of times that models are loaded.
"""

import sys

from pyspark.sql import SparkSession

from pobratim.batch.engines.spark import SCHEMA, extract_partition


def main(texts: str, documents: str) -> None:
    """Read ``texts``, write ``documents``: Parquet at any path that Spark knows."""
    spark = SparkSession.builder.appName("pobratim").getOrCreate()
    found = spark.read.parquet(texts).mapInPandas(extract_partition, SCHEMA)
    found.write.mode("overwrite").parquet(documents)
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
