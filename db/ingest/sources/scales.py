"""Ratings that are no plain numbers, and the scale that ratings seem to have."""

import re
from collections.abc import Sequence
from decimal import Decimal

from db.ingest.sources.stars import NUMBER, STARS, Scale

OUT_OF = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?/ ?[0-9]+")
STAR_SIGNS = re.compile(r"([★⭐✭*]*)[☆✩]*([½]?)[☆✩]*")
THUMBS = {
    **dict.fromkeys(("up", "like", "liked", "true", "yes", "👍", "thumbs up"), "1"),
    **dict.fromkeys(("down", "dislike", "disliked", "false", "no", "👎", "thumbs down"), "0"),
}
# The narrowest that holds all ratings is proposed
USUAL = ("0 1", "0.5 5", "0 5", "1 10", "0 10", "-10 10", "0 100")


def as_number(text: str) -> str:
    """The number of "4/5", "★★★½", "like" or "👎"; the text itself where it is something else."""
    if NUMBER.fullmatch(text):
        return text
    if found := OUT_OF.fullmatch(text):
        return found[1]
    stars = STAR_SIGNS.fullmatch(text)
    if stars and (stars[1] or stars[2]):
        return f"{len(stars[1])}.{5 if stars[2] else 0}"
    return THUMBS.get(text.casefold(), text)


def in_signs(texts: Sequence[str]) -> bool:
    """Whether ratings are written otherwise than as numbers."""
    found = [text for text in texts if not NUMBER.fullmatch(text) and as_number(text) != text]
    return len(found) > len(texts) / 2


def proposal(texts: Sequence[str]) -> Scale | None:
    """The scale of ratings that are not on MovieLens', if it can be told from the first of them.

    A zero or -1 below ratings from 1 on stands for none.
    """
    numbers = {Decimal(text) for text in map(as_number, texts) if NUMBER.fullmatch(text)}
    if not numbers or all(STARS.half_stars(f"{number:f}") for number in numbers):
        return None
    above = {number for number in numbers if number > 0}
    if max(numbers) > 1 and min(numbers) in (0, -1) and above and min(above) >= 1:
        numbers = above
    scales = (Scale(Decimal(low), Decimal(high)) for low, high in map(str.split, USUAL))
    lowest, highest = min(numbers), max(numbers)
    return next((s for s in scales if s.low <= lowest and highest <= s.high), None)
