"""Ratings of any service as stars: which scale they are on, and what each means."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from dashboard.rating_files.file_entries import FileEntry, RatingFileError, UnusableRow
from db.ingest.sources.scales import THUMBS, as_number
from db.ingest.sources.stars import NUMBER

LIKED, DISLIKED = 4.0, 2.0  # stars of a thumb up and of one down
NONE = ("0", "-1")  # what services write for no rating, on scales that begin above


@dataclass(frozen=True)
class RatingScale:
    """words: how the visitor is told. stars: of a rating as written; raises UnusableRow."""

    key: str
    words: str
    stars: Callable[[str], float]


def _linear(top: int, text: str) -> float:
    """The nearest half star, upwards where two are as near; never less than half a star."""
    rating = number(text)
    if rating < 0 or (rating == 0 and top <= 10):
        raise UnusableRow(f"{text} stands for no rating")
    if rating > top:
        raise UnusableRow(f"{text} is more than {top}, the best rating")
    return max(1, int(rating * 10 / top + Decimal("0.5"))) / 2


def _thumb(text: str) -> float:
    if (value := number(text)) not in (0, 1, -1):
        raise UnusableRow(f"{text} is neither up nor down")
    return LIKED if value == 1 else DISLIKED


def number(text: str) -> Decimal:
    """Of "4", "4,5", "4/5", "★★★½", "like". Raises: UnusableRow."""
    plain = as_number(text.strip().replace(",", "."))
    if not NUMBER.fullmatch(plain):
        raise UnusableRow(f"“{text[:40]}” is no rating")
    return Decimal(plain)


FIVE = RatingScale("5", "up to 5, as they are", partial(_linear, 5))
TEN = RatingScale("10", "up to 10: two points are a star", partial(_linear, 10))
HUNDRED = RatingScale("100", "up to 100: twenty points are a star", partial(_linear, 100))
THUMB = RatingScale("thumbs", f"thumbs: up is {LIKED:g} stars, down {DISLIKED:g}", _thumb)
SCALES = {scale.key: scale for scale in (FIVE, TEN, HUNDRED, THUMB)}
"""Those that a visitor may choose where a file does not say its own."""


def scale_of(entries: Iterable[FileEntry]) -> RatingScale:
    """The narrowest that holds all ratings. Raises: RatingFileError where none does."""
    highest, words = Decimal(0), 0
    rated = [entry for entry in entries if entry.kind == "rated"]
    for entry in rated:
        words += entry.rating.casefold() in THUMBS
        try:
            value = number(entry.rating)
        except UnusableRow:
            continue  # the row is told about when it is read on the scale
        if value > 100:
            raise RatingFileError(
                f"Row {entry.row} of {entry.file} has the rating {entry.rating[:40]}; the scales"
                " that are known end at 5, 10 and 100."
            )
        highest = max(highest, value)
    if words > len(rated) / 2 or highest <= 1:
        return THUMB
    return next(scale for scale in (FIVE, TEN, HUNDRED) if highest <= int(scale.key))
