"""How far two ranked lists agree, their beginnings counting most."""

from collections.abc import Sequence

PERSISTENCE = 0.9  # the first ten places hold 86 % of the weight


def rank_biased_overlap(one: Sequence[int], other: Sequence[int], p: float = PERSISTENCE) -> float:
    """0 (nothing in common) to 1 (the same list), extrapolated beyond the shorter list's end.

    Webber, Moffat & Zobel, "A similarity measure for indefinite rankings" (2010), equation 23. No
    film stands twice in a list.
    """
    depth = min(len(one), len(other))
    if not depth:
        return 0.0
    seen: tuple[set[int], set[int]] = set(), set()
    total, overlap = 0.0, 0
    for place in range(depth):
        seen[0].add(one[place])
        seen[1].add(other[place])
        overlap = len(seen[0] & seen[1])
        total += overlap / (place + 1) * p ** (place + 1)
    return overlap / depth * p**depth + (1 - p) / p * total
