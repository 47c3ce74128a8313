"""Films that carry any of some tags, whoever gave them; a tag is the same in any case."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from sqlalchemy import Connection, text

from db.filters.filter import (
    MAX_VALUE_LENGTH,
    UNPRINTABLE,
    Choices,
    Condition,
    Filter,
    name_by_name,
)
from db.store.datasets import Dataset

MOST_TAGS = 20
SHOWN = 30  # of those that match a search

KNOWN = text("select tag from tag_films where tag = any(:tags)")
FILMS = text("select distinct unnest(movie_ids) from tag_films where tag = any(:tags)")
# The best known first. An index has them in this order; a word's letters are taken literally.
SEARCH = text("""
    select tag from tag_films where strpos(tag, :words) > 0 order by films desc, tag limit :shown
""")


def _parse(texts: list[str]) -> tuple[str, ...]:
    """One tag each time that the key is given: a tag may hold a comma."""
    if len(texts) > MOST_TAGS or any(_unusable(tag) for tag in texts):
        raise ValueError
    return tuple(texts)


def _unusable(tag: str) -> bool:
    return len(tag) > MAX_VALUE_LENGTH or UNPRINTABLE.search(tag) is not None


def _canonical(tags: Iterable[str]) -> tuple[str, ...]:
    folded = (tag.strip().lower() for tag in tags)
    return tuple(sorted({tag for tag in folded if tag}))


def _storable(tags: Iterable[str]) -> list[str]:
    return [tag for tag in tags if not _unusable(tag)]


def _known(
    tags: tuple[str, ...], connection: Connection, dataset: Dataset
) -> tuple[tuple[str, ...], list[str]]:
    found = set(connection.scalars(KNOWN, {"tags": _storable(tags)}))
    return tuple(tag for tag in tags if tag in found), [tag for tag in tags if tag not in found]


def _conditions(tags: tuple[str, ...], connection: Connection, dataset: Dataset) -> list[Condition]:
    """By number, as the films of a tag are few among all: an index finds their rows."""
    films = list(connection.scalars(FILMS, {"tags": _storable(tags)}))
    return [Condition({"movie_id": "movie_id = any(:tagged)"}, {"tagged": films})]


def _search(connection: Connection, words: str) -> list[str]:
    plain = "" if UNPRINTABLE.search(words) else words.strip().lower()
    return list(connection.scalars(SEARCH, {"words": plain, "shown": SHOWN}))


def _films(tags: tuple[str, ...], films: pd.DataFrame) -> np.ndarray:
    return np.array([bool(set(tags) & set(carried)) for carried in films["tags"]], bool)


def _describe(tags: tuple[str, ...]) -> str:
    return f"tagged {' or '.join(f'“{tag}”' for tag in tags)}"


def _offered(dataset: Dataset) -> bool:
    return dataset.tags > 0


TAGS = Filter(
    key="tag",
    name="tags",
    noun="tag",
    expected=f"expected a tag, or up to {MOST_TAGS}, like tag=dark comedy&tag=space",
    parse=_parse,
    write=lambda tags: list(tags),
    describe=_describe,
    control=Choices("Tagged with any of", "All tags", search=_search),
    canonical=_canonical,
    unset=(),
    singly=name_by_name,
    offered=_offered,
    known=_known,
    conditions=_conditions,
    films=_films,
)
