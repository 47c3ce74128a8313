"""Numbers and counts in words."""


def count(number: int, noun: str, margin: int = 0) -> str:
    """`1 film`, `9,412 ratings`; of an estimate `≈ 151,000 ± 2,400 users`."""
    plural = noun if number == 1 and not margin else f"{noun}s"
    return f"{estimate(number, margin)} {plural}"


def estimate(number: int, margin: int) -> str:
    """`9,412`, or `≈ 151,000 ± 2,400` where it may be off by so much."""
    return f"≈ {number:,} ± {margin:,}" if margin else f"{number:,}"


def listed(items: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)
