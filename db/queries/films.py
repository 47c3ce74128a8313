"""Each film's ratings that pass the filters, for questions that count, list or rank films."""

from db.queries.rollups import MOVIES
from db.queries.scope import Scope

AVERAGE = "half_stars::float8 / (2 * ratings)"

# Of the population. The difference is exact in whole numbers: a film rated alike by all gets 0.
STANDARD_DEVIATION = """
    sqrt((ratings::bigint * squares - half_stars::bigint * half_stars)::float8) / (2 * ratings)
"""

MIN_RATINGS_TO_WEIGH = 50
FEWEST_FILMS_TO_WEIGH = 10

# (v·R + m·C) / (v + m): C is the mean rating and m the 75th percentile of the number of ratings, of
# the films with at least 50 ratings, or of all films where fewer than ten have so many. That many
# are looked for first: then an index finds the few films that count.
PRIOR = f"""
    select
        sum(half_stars)::float8 / (2 * sum(ratings)) as mean_rating,
        percentile_cont(0.75) within group (order by ratings) as weight
    from films
    where ratings >= (
        select case when count(*) < {FEWEST_FILMS_TO_WEIGH} then 1 else {MIN_RATINGS_TO_WEIGH} end
        from (
            select from films where ratings >= {MIN_RATINGS_TO_WEIGH}
            limit {FEWEST_FILMS_TO_WEIGH}
        ) enough
    )
"""
WEIGHTED_SCORE = "(half_stars::float8 / 2 + weight * mean_rating) / (ratings + weight)"


def films(scope: Scope, *measures: str) -> str:
    """SELECT of movie_id, release_year, genre_mask and the given measures of each film rated."""
    keys = "movie_id, release_year, genre_mask"
    rows = scope.totals(MOVIES, ", ".join((keys, *measures)))
    if not scope.period:
        return rows
    columns = ", ".join((keys, *(f"sum({measure}) as {measure}" for measure in measures)))
    return f"select {columns} from ({rows}) r group by {keys}"


def with_films(scope: Scope, *measures: str) -> str:
    """WITH clause of `films`: added up once for a period, else read from its table each time."""
    kept = "materialized" if scope.period else "not materialized"
    return f"with films as {kept} ({films(scope, *measures)})"
