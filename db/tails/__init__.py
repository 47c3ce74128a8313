"""Heavy tails of counts: the power law that is closest, and whether counts may follow it."""
