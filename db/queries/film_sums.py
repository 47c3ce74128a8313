"""Each film's ratings that pass the filters, for questions that count, list or rank films."""

from collections.abc import Iterable

from db.filters.filter import Condition
from db.queries.scope import RollupPlan, Scope

AVERAGE = "half_stars::float8 / (2 * ratings::bigint)"

# Of the population. The difference is exact in whole numbers: a film rated alike by all gets 0. Of
# more ratings its parts pass 2^63: ratings * squares is 100 * ratings² at most.
IN_64_BITS = 303_700_049
STANDARD_DEVIATION = f"""
    sqrt(
        case when ratings <= {IN_64_BITS}
            then (ratings::bigint * squares - half_stars::bigint * half_stars)::float8
            else (ratings::numeric * squares - half_stars::numeric * half_stars)::float8
        end
    ) / (2 * ratings::bigint)
"""

# Van der Eijk's agreement A ("Measuring agreement in ordered rating scales", Quality & Quantity 35,
# 2001) of three camps: those who gave 2 stars at most, 4 at least, and what is between. It is 1
# where all are in one, 0 where each has as many, -1 where half are at either end. Three camps mix
# whole and half stars, of which many gave only one kind, as fairly as any.
FEWEST = "least(low, ratings - low - high, high)"
MOST = FEWEST.replace("least", "greatest")
AGREEMENT = f"""
    (
        {MOST} - (ratings - {FEWEST} - {MOST})
        + case when ratings - low - high < least(low, high) then -2 else 1 end
            * (ratings - {MOST} - 2 * {FEWEST})
    )::float8 / ratings
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

NORMAL = 1.96  # standard errors on each side of a 95 % interval

# How far a rating is from its film's mean (stars), of all films together: one film's own standard
# deviation is no guide where it has two ratings. Rounded, as a sum's last digits hang on which of
# the database's processes added up which films
SPREAD_WITHIN_FILMS = """
    select round((sqrt(apart / ratings) / 2)::numeric, 10)::float8 as deviation
    from (
        select sum(squares - half_stars::float8 * half_stars / ratings) as apart,
            sum(ratings) as ratings
        from films
    ) added
"""


def with_interval(columns: str, sums: str, order: str) -> str:
    """SELECT of the columns, ratings, average_rating (stars), low and high, its 95 % interval.

    sums: SELECT of the columns, ratings, half_stars and squares. The interval takes ratings as
    independent: how far the mean of so many would vary by chance.
    """
    return f"""
        select {columns}, ratings, average_rating, average_rating - half as low,
            average_rating + half as high
        from (
            select *, {AVERAGE} as average_rating,
                {NORMAL} * {STANDARD_DEVIATION} / sqrt(ratings) as half
            from ({sums}) s
        ) a
        order by {order}
    """


LAST_MONTH = 2**15 - 1  # that a smallint holds

KEYS = "movie_id, release_year, genre_mask"

# What movie_totals has under another name
SUMS = {"low": "h1 + h2 + h3 + h4", "high": "h8 + h9 + h10"}
# In movie_cumulative i counts a film's months before the period, j those up to its end
ENDS = {"first_month": "months[i + 1]", "last_month": "months[j]"}

# The rows are wide: with their sets of genres named, an index finds those of the wanted genres.
OF_WANTED_SETS = """
    genre_mask = any(array(
        select distinct genre_mask from genre_sets where genre_mask & :any_genre <> 0
    ))
"""


def films(scope: Scope, *measures: str) -> str:
    """SELECT of each film rated: movie_id, release_year, genre_mask and the given measures.

    measures: ratings, half_stars (their sum), squares (of half stars), low (at most 2 stars), high
    (at least 4 stars), first_month, last_month.
    """
    if scope.period:
        return _in_period(scope, measures)
    columns = [f"{SUMS.get(measure, measure)} as {measure}" for measure in measures]
    return scope.plan("totals", ("movie_id",)).select(", ".join([KEYS, *columns]))


def _in_period(scope: Scope, measures: Iterable[str]) -> str:
    """OFFSET keeps the planner from looking the months up anew for each measure."""
    columns = [
        f"{ENDS.get(measure, f'{measure}[j] - coalesce({measure}[i], 0)')} as {measure}"
        for measure in measures
    ]
    wanted = [OF_WANTED_SETS] if scope.filters.genres else []
    conditions = " and ".join([*scope.film_conditions, *wanted])
    return f"""
        select {", ".join([KEYS, *columns])}
        from (
            select *,
                width_bucket(cast(least(:first_month, {LAST_MONTH}) - 1 as smallint), months) as i,
                width_bucket(cast(least(:last_month, {LAST_MONTH}) as smallint), months) as j
            from movie_cumulative where {conditions or "true"}
            offset 0
        ) c
        where i < j
    """


def one_movie(scope: Scope, movie: int) -> RollupPlan:
    """What answers questions about one film by month; its SELECT is bound to :movie as well."""
    is_it = Condition({"movie_id": "movie_id = :movie"})
    return scope.plan("months", also=[is_it])


def with_films(scope: Scope, *measures: str) -> str:
    """WITH clause of `films`: added up once for a period, else read from its table each time."""
    kept = "materialized" if scope.period else "not materialized"
    return f"with films as {kept} ({films(scope, *measures)})"
