"""Apache Spark, for datasets too large for one machine: training ALS and adding up the rollups.

`train_als.py` and `aggregate.py` are for spark-submit. Only the driver needs this package; what the
executors run is Spark's own.
"""
