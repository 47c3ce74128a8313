"""Choices of one value among a few."""

from collections.abc import Mapping


def options(labels: Mapping[str, str]) -> list[dict]:
    """Values and their labels as Dash takes them."""
    return [{"value": value, "label": label} for value, label in labels.items()]
