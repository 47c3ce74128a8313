"""Under which filters charts are measured."""

from dataclasses import replace

from sqlalchemy import Connection, text

from dashboard.state.view import View
from db.filters.rating_filters import RatingFilters
from db.queries.by_genre import OF_CHOSEN

# As the query string has them: none, one genre, several, release years, whole years of rating, and
# the hardest: a period that begins and ends inside a year together with several genres.
MIXES = (
    "",
    "genres=Comedy",
    "genres=Comedy,Drama&without=Horror",
    "released=1990-1999",
    "genres=Thriller&released=1980-2005&rated=2000..2009",
    "genres=Action,Crime&rated=2001-03..2009-10",
)
MOST_USED = text("select tag from tag_films order by films desc, tag limit 1")


def mixes(connection: Connection) -> list[str]:
    """MIXES and, where films are tagged, the tag of most films."""
    tag = connection.scalar(MOST_USED)
    return [*MIXES, *([] if tag is None else [RatingFilters(tags=(tag,)).to_query()])]


def parsed(mix: str) -> View:
    """The view of a mix; its shares are of what passes, which is all that peers know."""
    view = View.from_query(mix)
    assert not view.problems, view.problems
    return replace(view, share=OF_CHOSEN)
