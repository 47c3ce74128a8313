"""Numbers and counts in words."""


def count(number: int, noun: str, *, about: bool = False) -> str:
    """`1 film`, `9,412 ratings`, `≈ 151,000 users`."""
    plural = noun if number == 1 else f"{noun}s"
    return f"{'≈ ' if about else ''}{number:,} {plural}"


def listed(items: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)
