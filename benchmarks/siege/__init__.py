"""Many visitors at once, and hostile ones among them, against the server as `make run` starts it.

The load comes from the same machine, so figures are compared with `/healthz`'s own of the same run.
"""
