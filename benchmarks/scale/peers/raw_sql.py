"""Every chart as one SELECT from all ratings, in SQL that PostgreSQL and DuckDB both run.

They read ratings (user_id, movie_id, month, half_stars) and movies (movie_id, release_year, genres,
as "A|B" or ""). Films are grouped before their genres are told apart, as someone who knows SQL
would.
"""

from collections.abc import Sequence

import numpy as np

from benchmarks.scale.peers.peer import directions
from db.filters.months import MonthRange
from db.queries.disagreement import MIN_RATINGS
from db.queries.user_sums import BINS
from db.similarity import DEFAULT_USERS

AVERAGE = "sum(half_stars)::double precision / (2 * count(*))"
SPREAD = "stddev_pop(half_stars::double precision) / 2"
CUMULATIVE = "sum(count(*)) over (order by month)"

# Films with their ratings, and what is known of them, before genres are told apart
BY_FILM = """
    select movie_id, count(*) as ratings, sum(half_stars) as half_stars from passing
    group by movie_id
"""
EACH_GENRE = """
    select movie_id, release_year, unnest(string_to_array(genres, '|')) as genre
    from movies where genres <> ''
"""
FILMS = f"films as ({BY_FILM}), each_genre as ({EACH_GENRE})"
PER_USER = "select user_id, count(*) as n, sum(half_stars) as half_stars from passing group by 1"

SIMILARITY = f"""
    chosen as (select user_id from ({PER_USER}) u order by n desc, user_id limit {DEFAULT_USERS}),
    of_chosen as (
        select user_id, movie_id, half_stars::double precision as x
        from passing join chosen using (user_id)
    ),
    lengths as (select user_id, sqrt(sum(x * x)) as length from of_chosen group by user_id),
    products as (
        select a.user_id, b.user_id as other_user_id, sum(a.x * b.x) as product
        from of_chosen a join of_chosen b using (movie_id) group by 1, 2
    )
    select a.user_id, b.user_id as other_user_id,
        coalesce(product, 0) / (a.length * b.length) as similarity
    from lengths a cross join lengths b
    left join products p on p.user_id = a.user_id and p.other_user_id = b.user_id
"""

POLARISING = f"""
    select movie_id, count(*) as ratings, {AVERAGE} as average_rating,
        {SPREAD} as standard_deviation,
        count(*) filter (where half_stars <= 4)::double precision / count(*) as low_share,
        count(*) filter (where half_stars >= 8)::double precision / count(*) as high_share
    from passing group by movie_id having count(*) >= {MIN_RATINGS}
"""

TOP = f"""
    films as ({BY_FILM}),
    weighed as (
        select * from films
        where ratings >= 50 or (select count(*) from films where ratings >= 50) < 10
    ),
    prior as (
        select sum(half_stars)::double precision / (2 * sum(ratings)) as c,
            percentile_cont(0.75) within group (order by ratings) as m
        from weighed
    )
    select movie_id, ratings, half_stars::double precision / (2 * ratings) as average_rating,
        (half_stars::double precision / 2 + m * c) / (ratings + m) as weighted_score
    from films, prior
"""

USER_AVERAGES = f"""
    bins as (
        select f as ratings_from, lead(f) over (order by f) - 1 as ratings_to
        from (select unnest(array{BINS.tolist()}) as f) b
    ),
    users as (
        select n, floor(5 * half_stars / n)::double precision / 10 as average_rating
        from ({PER_USER}) u
    )
    select ratings_from, ratings_to, average_rating, count(*) as users
    from users join bins on n between ratings_from and ratings_to group by 1, 2, 3
"""

# Each follows "with passing as (...)": either more such queries and a SELECT, or a SELECT
CHARTS = {
    "average-rating-by-month": f"""
        select month, count(*) as ratings, {AVERAGE} as average_rating from passing group by month
    """,
    "ratings-by-month": f"""
        select month, count(*) as ratings, {CUMULATIVE} as cumulative_ratings
        from passing group by month
    """,
    "rating-distribution": """
        select half_stars::double precision / 2 as stars, count(*) as ratings,
            count(*)::double precision / sum(count(*)) over () as share
        from passing group by half_stars
    """,
    "ratings-per-user": f"select n as ratings, count(*) as users from ({PER_USER}) u group by n",
    "ratings-per-movie": f"select ratings, count(*) as movies from ({BY_FILM}) f group by ratings",
    "movies-by-genre": f"""
        {FILMS}
        select genre, count(*) as movies from films join each_genre using (movie_id) group by genre
    """,
    "ratings-by-genre": f"""
        {FILMS}
        select genre, sum(ratings) as ratings,
            sum(half_stars)::double precision / (2 * sum(ratings)) as average_rating
        from films join each_genre using (movie_id) group by genre
    """,
    "genre-share-by-year": f"""
        years as (
            select movie_id, 1970 + floor(month / 12) as year, count(*) as ratings from passing
            group by 1, 2
        ),
        totals as (select year, sum(ratings) as total from years group by year),
        each_genre as ({EACH_GENRE})
        select year, genre, sum(ratings) as ratings,
            sum(ratings)::double precision / min(total) as share
        from years join totals using (year) join each_genre using (movie_id) group by year, genre
    """,
    "genre-by-decade": f"""
        {FILMS}
        select genre, floor(release_year / 10) * 10 as decade, sum(ratings) as ratings,
            sum(half_stars)::double precision / (2 * sum(ratings)) as average_rating
        from films join each_genre using (movie_id) where release_year is not null group by 1, 2
    """,
    "polarising-movies": POLARISING,
    "top-movies": TOP,
    "movie-by-month": f"""
        select month, count(*) as ratings, {AVERAGE} as average_rating,
            {CUMULATIVE} as cumulative_ratings
        from passing where movie_id = {{movie}} group by month
    """,
    "user-similarity": SIMILARITY,
    "user-averages": USER_AVERAGES,
}


def raw_sql(
    chart: str,
    films: np.ndarray | None,
    rated: MonthRange | None,
    movie: int,
    order: Sequence[str],
    limit: int | None,
) -> str:
    """The chart's SELECT, with values written into it (the benchmark's own).

    films: ids of those that pass, None for all; for either engine a list is quicker than a join.
    """
    by = ", ".join(f"{column} {direction}" for column, direction in directions(order).items())
    first = f"order by {by} limit {limit}" if limit else ""
    query = CHARTS[chart].format(movie=movie).strip()
    conditions = " and ".join([*_film_conditions(films), *_month_conditions(rated)])
    separator = "" if query.startswith("select") else ","
    return f"""
        with passing as (
            select user_id, movie_id, month, half_stars from ratings
            where {conditions or "true"}
        ){separator}
        {query}
        {first}
    """


def _film_conditions(films: np.ndarray | None) -> list[str]:
    if films is None:
        return []
    listed = ",".join(map(str, films.tolist()))
    return [f"movie_id in (select unnest(array[{listed}]::integer[]))"]


def _month_conditions(rated: MonthRange | None) -> list[str]:
    first, last = rated or (None, None)
    conditions = [f"month >= {first.number}"] if first else []
    return conditions + ([f"month <= {last.number}"] if last else [])
