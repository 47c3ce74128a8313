"""Apache Spark, for datasets too large for one machine: training ALS and EASE, and adding up.

`train_als.py`, `train_ease.py` and `aggregate.py` are for spark-submit, from a checkout on the
driver; what executors run of ours is sent to them.
"""
