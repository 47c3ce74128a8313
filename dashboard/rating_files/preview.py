"""What a file would bring, told before anything counts: films found, perhaps found, and not."""

import re
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection

from dashboard.rating_files.file_entries import FileEntry, LeftOut
from dashboard.rating_files.rating_file import ReadRatings
from dashboard.rating_files.rating_scales import SCALES
from dashboard.recommend.profile import MOST_FILMS, saved_film
from db import queries
from db.queries import FilmMatch, MeantFilm

LISTED = 200  # rows of what is not found or left out that are told one by one
RANK = {"saved": 0, "seen": 1, "hidden": 1, "dismissed": 1, "rated": 2}
DATED = re.compile(r"\d{4}\D\d")  # such dates sort as texts

Matched = tuple[FileEntry, float | None, FilmMatch]


def preview(connection: Connection, fingerprint: str, file: ReadRatings) -> dict:
    """As JSON for assets/rating_files.js.

    service, rows, fingerprint; scale: {key, words, choices: [{key, words}]}, choices being none
    where it is known; people, person; matched: one element a film; unsure: one a row, with the
    films that may be meant; unmatched and left_out: {total, rows}, of rows the first 200.
    """
    matches = _matches(connection, fingerprint, [entry for entry, _ in file.entries])
    found = [(*each, match) for each, match in zip(file.entries, matches, strict=True)]
    best, again = _one_a_film([each for each in found if each[2].sure])
    unsure = [each for each in found if each[2].movie_ids and not each[2].sure][:LISTED]
    unmatched = [each for each in found if not each[2].movie_ids]
    too_many = [
        _left_out(entry, f"a profile holds {MOST_FILMS:,} films at most")
        for entry, _, _ in best[MOST_FILMS:]
    ]
    wanted = {movie for _, _, match in (*best, *unsure) for movie in match.movie_ids}
    rows = queries.movies(connection, sorted(wanted)).to_dict("records")
    films = {int(row["movie_id"]): saved_film(row) for row in rows}
    return {
        "service": file.service,
        "rows": file.rows,
        "fingerprint": fingerprint,
        "scale": _scale(file),
        "people": file.people,
        "person": file.person,
        "matched": [_told(each, films) for each in best[:MOST_FILMS]],
        "unsure": [_told(each, films) for each in unsure],
        "unmatched": _listed(_left_out(entry, "not in this dataset") for entry, _, _ in unmatched),
        "left_out": _listed([*file.left_out, *again, *too_many]),
    }


def _matches(connection: Connection, fingerprint: str, entries: list[FileEntry]) -> list[FilmMatch]:
    """What each entry is here: by its number where that is of this very dataset."""
    own = [entry.movie_id for entry in entries if entry.dataset == fingerprint]
    numbers = (number for number in own if number is not None)
    known = set(queries.movies(connection, numbers)["movie_id"])
    found = iter(queries.match_films(connection, list(map(_meant, entries))))
    return [
        FilmMatch((entry.movie_id,), True, "number")
        if entry.dataset == fingerprint and entry.movie_id in known
        else match
        for entry, match in zip(entries, found, strict=True)
    ]


def _meant(entry: FileEntry) -> MeantFilm:
    return MeantFilm(entry.titles, entry.year, entry.imdb_id, entry.tmdb_id)


def _scale(file: ReadRatings) -> dict:
    choices = [{"key": scale.key, "words": scale.words} for scale in SCALES.values()]
    chosen = {"key": file.scale.key, "words": file.scale.words}
    return chosen | {"choices": choices if file.guessed else []}


def _one_a_film(found: list[Matched]) -> tuple[list[Matched], list[LeftOut]]:
    """The row that counts for each film, and the ratings that a later one replaces.

    A rating counts more than having seen, and that more than meaning to see; of two ratings the
    later, or the one further down where it is not known when they were given.
    """
    best: dict[int, Matched] = {}
    again = []
    for each in found:
        movie = each[2].movie_ids[0]
        before = best.get(movie)
        winner, loser = (each, before) if before is None or _beats(each, before) else (before, each)
        best[movie] = winner
        if loser is not None and loser[0].kind == "rated":
            again.append(_left_out(loser[0], f"rated again in row {winner[0].row}"))
    return list(best.values()), again


def _beats(entry: Matched, before: Matched) -> bool:
    now, then = entry[0], before[0]
    if now.kind != then.kind:
        return RANK[now.kind] > RANK[then.kind]
    dated = DATED.match(now.given) and DATED.match(then.given)
    return not dated or now.given >= then.given


def _left_out(entry: FileEntry, reason: str) -> LeftOut:
    return LeftOut(entry.file, entry.row, entry.said, reason)


def _listed(rows: Iterable[LeftOut]) -> dict:
    every = list(rows)
    return {"total": len(every), "rows": [vars(row) for row in every[:LISTED]]}


def _told(each: Matched, films: dict[int, dict]) -> dict[str, Any]:
    entry, stars, match = each
    return {
        "row": entry.row,
        "said": entry.said,
        "kind": entry.kind,
        "stars": stars,
        "how": match.how,
        "films": [films[movie] for movie in match.movie_ids],
    }
