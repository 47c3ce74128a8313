"""Search for films by their titles: as written, by their words, or nearly."""

import re

import pandas as pd
from sqlalchemy import Connection

from db.queries.frames import frame
from db.queries.title_index import LONGEST, title_index
from db.queries.word_index import word_index
from db.store.folding import folded

UNSTORABLE = re.compile(r"[\0\ud800-\udfff]")  # what no text in PostgreSQL can hold


def search_movies(connection: Connection, text: str, limit: int = 10) -> pd.DataFrame:
    """Rated films that a text may mean; accents, punctuation and spaces don't matter.

    Those that are called so come first, then those whose name begins so, those that have it, and
    those whose title and year have every word of it; equals by ratings. Where there are none: those
    whose title is nearly that.

    Returns: movie_id, title, release_year, genres, ratings.
    """
    found = [*having(connection, text)[:limit], *_worded(connection, text, limit)]
    meant = list(dict.fromkeys(found)) or alike(connection, text)
    return _films(connection, meant[:limit])


def having(connection: Connection, text: str) -> list[int]:
    """The movie_ids of rated films whose name has the text, best first."""
    return [] if UNSTORABLE.search(text) else title_index(connection).having(text)


def alike(connection: Connection, text: str) -> list[int]:
    """The movie_ids of rated films whose name is nearly the text, best first."""
    return [] if UNSTORABLE.search(text) else title_index(connection).alike(text)


def _films(connection: Connection, movie_ids: list[int]) -> pd.DataFrame:
    select = """
        select movie_id, title, m.release_year, genres, ratings
        from unnest(cast(:wanted as integer[])) with ordinality as w (movie_id, place)
        join movies m using (movie_id) join movie_totals using (movie_id)
        order by place
    """
    return frame(connection, select, {"wanted": movie_ids})


def _worded(connection: Connection, text: str, limit: int) -> list[int]:
    """Films that have every word: first those that begin with the text, then by ratings."""
    return word_index(connection).find(folded(text[:LONGEST]), limit)


def has_words(text: str) -> tuple[str, dict[str, str]]:
    """SQL condition that search_text has every word of a text, with the values it is bound to."""
    if UNSTORABLE.search(text):
        return "false", {}
    plain = folded(text[:LONGEST])
    words = {f"word{i}": f"%{_escaped(word)}%" for i, word in enumerate(plain.split())}
    conditions = " and ".join(f"search_text like :{name}" for name in words)
    return conditions or "true", words


def _escaped(word: str) -> str:
    r"""The word with the characters that LIKE reads in its own way, % _ \, taken literally."""
    return re.sub(r"([\\%_])", r"\\\1", word)
