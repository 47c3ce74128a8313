"""Spark's scripts on a cluster of processes: `python -m benchmarks spark`."""
