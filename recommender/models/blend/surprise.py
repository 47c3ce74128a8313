"""How much a visitor wants to be surprised."""

STEP = 0.2
LEVELS = tuple(round(step * STEP, 1) for step in range(-5, 6))
"""What can be asked for, from popular to surprising."""
