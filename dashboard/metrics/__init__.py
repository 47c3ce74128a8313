"""/metrics, for Prometheus: what all web workers have answered, and what they answer from.

Not by prometheus_client, whose way for several processes is a folder of files, named by an
environment variable, that are merged at each look and outlive their process.
"""
