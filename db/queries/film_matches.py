"""Which films others mean: by their ids on IMDb and TMDB, else by title and year."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from rapidfuzz import fuzz, process
from sqlalchemy import Connection, text

from db.queries.title_index import YEAR, TitleIndex, compact, names, title_index
from db.store.folding import folded

How = Literal[
    "number",
    "id",
    "title",
    "year off by one",
    "most rated",
    "beginning",
    "several",
    "other year",
    "nearly",
]

ALIKE = 85.0  # of 100, by fuzz.ratio, of what may be meant by a title
MOST_FAMOUS = 10  # times as many ratings as the next of its name has the film that is surely meant
CANDIDATES = 3
WORDS = 3  # of a title that may be the beginning of a longer one: fewer are of many films
MOST_TRIED = 500  # titles of a file for which similar ones are looked for: 0.5 s


class MeantFilm(NamedTuple):
    """What is known of a film elsewhere. imdb_id: digits, at least seven."""

    titles: tuple[str, ...] = ()
    year: int | None = None
    imdb_id: str | None = None
    tmdb_id: int | None = None


@dataclass(frozen=True)
class FilmMatch:
    """movie_ids: the film, if `sure`; else those that may be meant, the likeliest first; or none.

    how: by what they were found.
    """

    movie_ids: tuple[int, ...] = ()
    sure: bool = False
    how: How = "title"


NO_MATCH = FilmMatch()


def match_films(connection: Connection, meant: Sequence[MeantFilm]) -> list[FilmMatch]:
    """What each film is in the dataset.

    Sure is an id; and the title with its year, where one film alone has both; a year may be off by
    one, unless another film has that title in that very year. Where no year is given, the one film
    of that title, or the one with ten times as many ratings as the next. A title of three words may
    be the beginning of a longer one, if one film of that year has such. Articles, accents,
    punctuation and what stands in brackets do not matter. A film whose id on IMDb is known to be
    another is never sure.
    """
    by_id = _by_id(connection, meant)
    index = title_index(connection)
    found = [by_id.get(place) or _by_title(index, film) for place, film in enumerate(meant)]
    tried = [place for place, match in enumerate(found) if not match.movie_ids][:MOST_TRIED]
    similar = Similar(index)
    for place in tried:
        found[place] = similar.match(meant[place])
    return _settled(connection, meant, found)


def _by_id(connection: Connection, meant: Sequence[MeantFilm]) -> dict[int, FilmMatch]:
    """Those found by an id, by their place."""
    imdb = [_bare(film.imdb_id) for film in meant if film.imdb_id]
    tmdb = [film.tmdb_id for film in meant if film.tmdb_id is not None]
    select = """
        select movie_id, ltrim(imdb_id, '0') as imdb_id, tmdb_id from movies
        where ltrim(imdb_id, '0') = any(cast(:imdb as text[]))
            or tmdb_id = any(cast(:tmdb as integer[]))
        order by movie_id desc
    """
    rows = connection.execute(text(select), {"imdb": imdb, "tmdb": tmdb}).all()
    of_imdb = {row.imdb_id: row.movie_id for row in rows if row.imdb_id}
    of_tmdb = {row.tmdb_id: row.movie_id for row in rows if row.tmdb_id is not None}
    found = {}
    for place, film in enumerate(meant):
        movie = of_imdb.get(_bare(film.imdb_id or ""), of_tmdb.get(film.tmdb_id))
        if movie is not None:
            found[place] = FilmMatch((movie,), True, "id")
    return found


def _bare(imdb_id: str) -> str:
    """Without zeros in front, which not every dataset has."""
    return imdb_id.lstrip("0")


def called(titles: Iterable[str]) -> Iterator[str]:
    """The compact names that titles stand for; of one with a colon, not what is before it alone."""
    for title in titles:
        yield from (compact(name) for name in names(title.replace(":", " ")))


def year_of(film: MeantFilm) -> int | None:
    """The year that is given, or that ends a title."""
    ends = (YEAR.search(title) for title in film.titles)
    return film.year or next((int(end[1]) for end in ends if end), None)


def _by_title(index: TitleIndex, film: MeantFilm) -> FilmMatch:
    names_ = {name for name in called(film.titles) if name}
    places = sorted({place for name in names_ for place in index.by_name.get(name, ())})
    if not places:
        return NO_MATCH
    year = year_of(film)
    if year is None:
        return _match(index, places, len(places) == 1, "title" if len(places) == 1 else "several")
    years = {place: index.years[place] for place in places}
    exact = [place for place in places if years[place] == year]
    near = [place for place in places if abs(years[place] - year) == 1]
    undated = [place for place in places if np.isnan(years[place])]
    hows: tuple[tuple[list[int], How], ...] = (
        *((exact, "title"), (near, "year off by one"), (undated, "title")),
    )
    for pool, how in hows:
        if pool:
            return _match(index, pool, len(pool) == 1, how if len(pool) == 1 else "several")
    return _match(index, places, False, "other year")


def _match(index: TitleIndex, places: list[int], sure: bool, how: How) -> FilmMatch:
    return FilmMatch(tuple(index.movie_ids[places[:CANDIDATES]].tolist()), sure, how)


class Similar:
    """Films of about that year whose name is nearly that."""

    def __init__(self, index: TitleIndex) -> None:
        self.index = index
        self.of_year: dict[int, tuple[list[str], list[int]]] = {}

    def match(self, film: MeantFilm) -> FilmMatch:
        """Sure where one film of that very year has a title that begins so."""
        year = year_of(film)
        if year is None or not film.titles:
            return NO_MATCH
        title = folded(YEAR.sub("", film.titles[0]))
        begun = self._begun(title, year) if len(title.split()) >= WORDS else []
        if begun:
            return _match(self.index, begun, len(begun) == 1, "beginning")
        names_, places = self._about(year)
        wanted = compact(title)
        found = process.extract(
            wanted, names_, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=CANDIDATES
        )
        films = list(dict.fromkeys(places[each] for _, _, each in found))
        return _match(self.index, films, False, "nearly") if films else NO_MATCH

    def _begun(self, title: str, year: int) -> list[int]:
        """Films of that year with a name that begins with the words of a folded title."""
        wanted, index = compact(title), self.index
        each = np.flatnonzero(index.years[index.films] == year).tolist()
        begun = [
            one
            for one in each
            if index.names[one].startswith(wanted) and len(wanted) in index.starts[one]
        ]
        return sorted(set(index.films[begun].tolist()))

    def _about(self, year: int) -> tuple[list[str], list[int]]:
        """Names, and the places of their films, from a year before to a year after."""
        if year not in self.of_year:
            films = self.index.films
            each = np.flatnonzero(np.abs(self.index.years[films] - year) <= 1)
            self.of_year[year] = [self.index.names[one] for one in each], films[each].tolist()
        return self.of_year[year]


def _settled(
    connection: Connection, meant: Sequence[MeantFilm], found: list[FilmMatch]
) -> list[FilmMatch]:
    """The matches with what the films' ids on IMDb and their fame say of them."""
    asked = {movie for match in found if match.how != "id" for movie in match.movie_ids}
    select = """
        select movie_id, ltrim(imdb_id, '0') as imdb_id, coalesce(ratings, 0) as ratings
        from movies left join movie_totals using (movie_id)
        where movie_id = any(cast(:wanted as integer[]))
    """
    rows = connection.execute(text(select), {"wanted": list(asked)}).all()
    imdb = {row.movie_id: row.imdb_id for row in rows}
    ratings = {row.movie_id: row.ratings for row in rows}
    return [
        match if match.how == "id" else _settle(film, match, imdb, ratings)
        for film, match in zip(meant, found, strict=True)
    ]


def _settle(
    film: MeantFilm, match: FilmMatch, imdb: dict[int, str | None], ratings: dict[int, int]
) -> FilmMatch:
    if film.imdb_id and match.sure:
        known = imdb[match.movie_ids[0]]
        other = known is not None and known != _bare(film.imdb_id)
        return FilmMatch(match.movie_ids, not other, match.how)
    if match.how == "several" and year_of(film) is None:
        first, second = (ratings[movie] for movie in match.movie_ids[:2])
        if first >= MOST_FAMOUS * second:
            return FilmMatch(match.movie_ids[:1], True, "most rated")
    return match
