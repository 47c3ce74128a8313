"""Choices of one value among a few, and the check of what a browser sends for one."""

from collections.abc import Collection, Mapping


def options(labels: Mapping[str, str]) -> list[dict]:
    """Values and their labels as Dash takes them."""
    return [{"value": value, "label": label} for value, label in labels.items()]


def one_of(value: object, known: Collection[str]) -> str:
    """The value, if it is one of the known. Raises ValueError."""
    if not isinstance(value, str) or value not in known:
        raise ValueError(f"{value!r:.40} is none of {', '.join(known)}")
    return value
