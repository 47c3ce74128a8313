"""Films of any of some genres, and of none of others."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from db.filters.filter import (
    MAX_VALUE_LENGTH,
    UNPRINTABLE,
    Choices,
    Condition,
    Filter,
    name_by_name,
)
from db.store.datasets import Dataset

MAX_GENRES = 62  # the bits of a dataset's genre mask


def _parse(texts: list[str]) -> tuple[str, ...]:
    """Names, comma separated (no genre's name has a comma: the importer splits there)."""
    names = {name.strip() for text in texts for name in text[: MAX_VALUE_LENGTH + 1].split(",")}
    names.discard("")
    too_long = any(len(text) > MAX_VALUE_LENGTH for text in texts)
    if too_long or not names or len(names) > MAX_GENRES or any(map(UNPRINTABLE.search, names)):
        raise ValueError
    return tuple(names)


def _write(names: tuple[str, ...]) -> list[str]:
    return [",".join(names)]


def _canonical(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names)))


def _known(names: tuple[str, ...], _: Any, dataset: Dataset) -> tuple[tuple[str, ...], list[str]]:
    """In the dataset's spelling, whatever case they are given in."""
    spelling = {genre.casefold(): genre for genre in dataset.genres}
    unknown = [name for name in names if name.casefold() not in spelling]
    return tuple(spelling[n.casefold()] for n in names if n.casefold() in spelling), unknown


def _mask(names: tuple[str, ...], dataset: Dataset) -> int:
    """One bit for each; a name that the dataset doesn't have has none."""
    bits = {genre: 1 << i for i, genre in enumerate(dataset.genres)}
    return sum(bits.get(name, 0) for name in names)


def _wanted(names: tuple[str, ...], _: Any, dataset: Dataset) -> list[Condition]:
    mask = _mask(names, dataset)
    sql, values = {"genre_mask": "genre_mask & :any_genre <> 0"}, {"any_genre": mask}
    if mask.bit_count() == 1:  # then the sums of that genre alone answer as well
        sql["only_genre"] = "genre = :only_genre"
        values["only_genre"] = mask.bit_length() - 1
    return [Condition(sql, values)]


def _unwanted(names: tuple[str, ...], _: Any, dataset: Dataset) -> list[Condition]:
    mask = _mask(names, dataset)
    # "< 1" for "= 0", of which the planner would expect too few rows to hash
    condition = Condition({"genre_mask": "genre_mask & :no_genre < 1"}, {"no_genre": mask})
    return [condition] if mask else []


def _of_any(names: tuple[str, ...], films: pd.DataFrame) -> np.ndarray:
    listed = films["genres"].str.split("|")
    return np.array([bool(set(names) & set(genres)) for genres in listed], bool)


ANY_OF = Choices("Genres, any of", "All genres", lambda dataset: dataset.genres)
NONE_OF = Choices("Without genres", "None left out", lambda dataset: dataset.genres)
GENRES = Filter(
    key="genres",
    name="genres",
    noun="genre",
    expected="expected genres like Comedy,Drama",
    parse=_parse,
    write=_write,
    describe=" or ".join,
    control=ANY_OF,
    canonical=_canonical,
    unset=(),
    singly=name_by_name,
    known=_known,
    conditions=_wanted,
    films=_of_any,
)
WITHOUT = Filter(
    key="without",
    name="without",
    noun="genre",
    expected="expected genres like Horror,War",
    parse=_parse,
    write=_write,
    describe=lambda names: f"not {' or '.join(names)}",
    control=NONE_OF,
    canonical=_canonical,
    unset=(),
    singly=name_by_name,
    known=_known,
    conditions=_unwanted,
    films=lambda names, films: ~_of_any(names, films),
)
