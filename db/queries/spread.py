"""How ratings spread over the stars and over the films."""

import numpy as np
import pandas as pd
from sqlalchemy import Connection, text

from db.filters.rating_filters import RatingFilters
from db.queries.film_sums import films, one_movie
from db.queries.frames import frame
from db.queries.identifiers import identifier
from db.queries.scope import Scope

HALF_STARS = np.arange(1, 11)
COUNTS = [f"h{value}" for value in HALF_STARS]


def rating_distribution(
    connection: Connection, filters: RatingFilters, movie: int | None = None
) -> pd.DataFrame:
    """How often each rating was given, to all films that pass or to one of them.

    Returns: stars (0.5 to 5, those given at least once), ratings, share (0 to 1), by stars.
    """
    scope = Scope.of(connection, filters)
    counts = ", ".join(COUNTS)
    plan = scope.plan("totals") if movie is None else one_movie(scope, movie)
    rows = plan.select(counts)
    sums = ", ".join(f"coalesce(sum({count}), 0)" for count in COUNTS)
    values = scope.bound | {"movie": identifier(movie)}
    found = np.array(connection.execute(text(f"select {sums} from ({rows}) r"), values).one())
    given = found > 0
    ratings = found[given].astype(np.int64)
    return pd.DataFrame(
        {
            "stars": HALF_STARS[given] / 2,
            "ratings": ratings,
            "share": ratings / max(1, found.sum()),
        }
    )


def ratings_per_movie(connection: Connection, filters: RatingFilters) -> pd.DataFrame:
    """Returns: ratings, movies (how many films got exactly so many), by ratings.

    attrs: as ratings_per_user has them, of films.
    """
    scope = Scope.of(connection, filters)
    select = f"""
        select ratings, count(*) as movies from ({films(scope, "ratings")}) f
        group by ratings order by ratings
    """
    rows = frame(connection, select, scope.bound)
    if scope.is_everything:
        rows.attrs["goodness"] = scope.dataset.movie_tail_p
    return rows
