"""Search that forgives: titles without accents, punctuation and spaces, and with a typo or two.

One index for each dataset and process, made at its first search.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, islice
from threading import Lock
from typing import Self

import numpy as np
from cachetools import LRUCache, cached
from rapidfuzz import fuzz, process
from sqlalchemy import Connection

from db.queries.frames import frame
from db.queries.joined_texts import JoinedTexts
from db.store.engine import dataset
from db.store.folding import folded

LONGEST = 200  # characters of a search; the rest is not looked at
DATASETS = 2  # of which an index is kept
SHORTEST = 3  # letters and digits of a search; fewer are in too many titles
ALIKE = 80.0  # of 100, by fuzz.ratio: one wrong letter in five
AS_GOOD = 6.0  # points below the best: then fame decides
MOST_NAMES = 1000  # of a search that are looked at, the most famous films' first
NO_LETTER = re.compile(r"[\W_]+")

YEAR = re.compile(r"\s*\((\d{4})\)\s*$")
ASKED_YEAR = re.compile(r"\s+\(?((?:18|19|20)\d\d)\)?\s*$")
ALIAS = re.compile(r"\((?:a\.?k\.?a\.?\s+)?([^()]*)\)")
ARTICLE = re.compile(r"^(?P<name>.+), (?P<article>the|an?|les?|la|l'|das|der|die|el|los|las|il)$")
FILMS = """
    select movie_id, title, m.release_year from movies m join movie_totals using (movie_id)
    order by ratings desc, movie_id
"""


def compact(text: str) -> str:
    """Letters and digits alone of a folded text: those of "wall·e" and "wall-e" are "walle"."""
    return NO_LETTER.sub("", text)


def names(title: str) -> Iterator[str]:
    """What a film may be called, folded: its title, what is before a bracket or colon, each a.k.a.

    Each with its article in front, where it has one, and without.
    """
    whole = folded(YEAR.sub("", title))
    main = ALIAS.sub("", whole).strip() or whole
    for name in (main, whole, main.partition(":")[0], *ALIAS.findall(whole)):
        moved = ARTICLE.match(name.strip())
        if moved:
            yield moved["name"]
            yield f"{moved['article']} {moved['name']}"
        else:
            yield name


@dataclass(frozen=True, eq=False)
class TitleIndex:
    """names: compact ones, of famous films first. films: the places of their films in movie_ids.

    starts: where the words of each name begin. joined: all names.
    """

    names: list[str]
    starts: list[frozenset[int]]
    films: np.ndarray
    movie_ids: np.ndarray
    years: np.ndarray
    joined: JoinedTexts

    @classmethod
    def of(cls, movie_ids: Iterable[int], titles: Iterable[str], years: Iterable[float]) -> Self:
        """Of films in the order of their fame; years: NaN where unknown."""
        found, films = list[str](), list[int]()
        starts = list[frozenset[int]]()
        for place, title in enumerate(titles):
            of_film = {compact(name): name for name in names(title)}
            of_film.pop("", None)
            found += of_film
            starts += map(word_starts, of_film.values())
            films += [place] * len(of_film)
        return cls(
            found,
            starts,
            np.array(films, int),
            np.array(list(movie_ids), int),
            np.array(list(years), float),
            JoinedTexts.of(found),
        )

    @cached_property
    def by_name(self) -> dict[str, list[int]]:
        """The places of the films that have a compact name, by fame."""
        found: dict[str, list[int]] = {}
        for name, place in zip(self.names, self.films.tolist(), strict=True):
            found.setdefault(name, []).append(place)
        return found

    def having(self, text: str) -> list[int]:
        """The movie_ids of films whose name has the text, best first.

        A year at the end of the text is the film's.
        """
        return self._find(text, self._having)

    def alike(self, text: str) -> list[int]:
        """The movie_ids of films whose name is nearly the text, best first; the year as above."""
        return self._find(text, self._alike)

    def _find(self, text: str, find: Callable[[str], list[int]]) -> list[int]:
        asked = ASKED_YEAR.search(text[:LONGEST])
        wanted = compact(folded(text[: asked.start()] if asked else text[:LONGEST]))
        if len(wanted) < SHORTEST:
            return []
        places = list(dict.fromkeys(find(wanted)))
        if asked:
            places = [place for place in places if self.years[place] == int(asked[1])]
        return self.movie_ids[places].tolist()

    def _having(self, wanted: str) -> list[int]:
        """Films that are called so, then those whose name begins so, then those that have it."""
        ranked = sorted(
            (self.names[each] != wanted, start > 0, int(self.films[each]))
            for each, start in islice(self._places(wanted), MOST_NAMES)
        )
        return [place for _, _, place in ranked]

    def _places(self, wanted: str) -> Iterator[tuple[int, int]]:
        """Names that have the text from the beginning of a word on, and where in them."""
        found = self.joined.having(wanted)
        return ((each, start) for each, start in found if start in self.starts[each])

    def _alike(self, wanted: str) -> list[int]:
        """Films whose name is nearly that: the nearest by fame, then the others."""
        found = process.extract(
            wanted, self.names, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=MOST_NAMES
        )
        best = max((score for _, score, _ in found), default=0.0)
        ranked = sorted((score < best - AS_GOOD, int(self.films[each])) for _, score, each in found)
        return [place for _, place in ranked]


def word_starts(name: str) -> frozenset[int]:
    """Where the words of a folded name begin in its compact form."""
    words = [compact(word) for word in re.split(r"[\W_]+", name)]
    return frozenset(accumulate(map(len, words), initial=0))


def title_index(connection: Connection) -> TitleIndex:
    """The index of the rated films of the current dataset."""
    return _index(dataset(connection).fingerprint, connection)


@cached(LRUCache(DATASETS), key=lambda fingerprint, connection: fingerprint, lock=Lock())
def _index(fingerprint: str, connection: Connection) -> TitleIndex:
    films = frame(connection, FILMS, {})
    years = films["release_year"].astype("Float64").to_numpy(float, na_value=np.nan)
    return TitleIndex.of(films["movie_id"], films["title"], years)
