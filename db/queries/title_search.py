"""Search for films by the words of their titles."""

import re

import pandas as pd
from sqlalchemy import Connection

from db.queries.frames import frame
from db.store.folding import folded

LONGEST = 200  # characters of a search; the rest is not looked at
UNSTORABLE = re.compile(r"[\0\ud800-\udfff]")  # what no text in PostgreSQL can hold

# In the order of an index, so that few films are looked at for a letter or two
FOUND = """
    select {place} as place, movie_id, title, m.release_year, genres, ratings
    from movies m join movie_totals using (movie_id)
    where {condition}
    order by ratings desc, movie_id
    limit :limit
"""


def search_movies(connection: Connection, text: str, limit: int = 10) -> pd.DataFrame:
    """Rated films whose title and year have every word of a text, in any case, accents or not.

    Returns: movie_id, title, release_year, genres, ratings; first those that begin with the text,
    then by ratings.
    """
    condition, values = has_words(text)
    select = f"""
        select movie_id, title, release_year, genres, ratings
        from (
            ({FOUND.format(condition=f"{condition} and search_text ^@ :beginning", place=1)})
            union all
            ({FOUND.format(condition=f"{condition} and not search_text ^@ :beginning", place=2)})
        ) found
        order by place, ratings desc, movie_id
        limit :limit
    """
    return frame(connection, select, values | {"limit": limit})


def has_words(text: str) -> tuple[str, dict[str, str]]:
    """SQL condition that search_text has every word of a text, with the values it is bound to."""
    if UNSTORABLE.search(text):
        return "false", {"beginning": ""}
    plain = folded(text[:LONGEST])
    words = {f"word{i}": f"%{_escaped(word)}%" for i, word in enumerate(plain.split())}
    conditions = " and ".join(f"search_text like :{name}" for name in words)
    return conditions or "true", words | {"beginning": plain}


def _escaped(word: str) -> str:
    r"""The word with the characters that LIKE reads in its own way, % _ \, taken literally."""
    return re.sub(r"([\\%_])", r"\\\1", word)
