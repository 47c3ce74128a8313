"""The charts' figures worked out a second time, by plain pandas from the files as they come.

Nothing here reads the database or shares code with `db`: it follows the words of the definitions.
Which function a chart's rows must equal is at the end; it takes the ratings that pass the filters
and, by their names, the fields of the view that it asks for.
"""

import numpy as np
import pandas as pd


def passing(ratings: pd.DataFrame, filters) -> pd.DataFrame:
    """The ratings that pass the filters; each filter says by itself which films pass it."""
    films = ratings.drop_duplicates("movie_id")
    keep = ratings["movie_id"].isin(films["movie_id"][filters.passing_films(films)])
    if filters.rated:
        first, last = filters.rated
        number = ratings["month"].dt.year * 100 + ratings["month"].dt.month
        if first is not None:
            keep &= number >= first.year * 100 + first.month
        if last is not None:
            keep &= number <= last.year * 100 + last.month
    return ratings[keep]


def average_rating_by_month(r):
    return _averages(r.groupby("month")["rating"])


def _averages(each):
    rows = each.agg(ratings="count", average_rating="mean").reset_index()
    error = each.std(ddof=0).to_numpy() / rows["ratings"].to_numpy() ** 0.5
    return _with_interval(rows, "average_rating", error)


def ratings_by_month(r):
    counts = r.groupby("month").size().rename("ratings").reset_index()
    return counts.assign(cumulative_ratings=counts["ratings"].cumsum())


def rating_distribution(r, movie=None):
    r = r if movie is None else r[r["movie_id"] == movie]
    counts = r.groupby("rating").size().rename("ratings").reset_index()
    counts = counts.rename(columns={"rating": "stars"})
    return counts.assign(share=counts["ratings"] / len(r))


def movie_by_stars(r, movie):
    """The film's, and beside them those of all films that share a genre with it."""
    own = rating_distribution(r, movie)
    genres = {
        genre for each in r.loc[r["movie_id"] == movie, "genres"] for genre in each.split("|")
    }
    of_genre = _each_genre(r)
    akin = of_genre.loc[of_genre["genre"].isin(genres), "movie_id"].unique()
    others = rating_distribution(r[r["movie_id"].isin(akin)])
    others = others.rename(columns={"ratings": "genres_ratings", "share": "genres_share"})
    both = own.merge(others, on="stars", how="outer" if len(own) else "left")
    counts = ["ratings", "genres_ratings"]
    both[counts] = both[counts].fillna(0).astype(int)
    return both.assign(
        share=both["share"].fillna(0),
        genres_share=both["genres_share"].fillna(0 if len(others) else np.nan),
    )


def _how_many(sizes, name):
    counts = sizes.value_counts().sort_index()
    return pd.DataFrame({"ratings": counts.index, name: counts.to_numpy()})


def ratings_per_user(r):
    return _counted_all(_how_many(r.groupby("user_id").size(), "users"))


def _counted_all(rows):
    """Where nothing is estimated, the interval of the users is their number."""
    return rows.assign(users_low=rows["users"], users_high=rows["users"])


def ratings_per_movie(r):
    return _how_many(r.groupby("movie_id").size(), "movies")


def _each_genre(r):
    """One row per rating and genre of its film."""
    each = r.assign(genre=r["genres"].str.split("|")).explode("genre")
    return each[each["genre"] != ""]


def movies_by_genre(r):
    return _each_genre(r).groupby("genre")["movie_id"].nunique().rename("movies").reset_index()


def ratings_by_genre(r):
    return _averages(_each_genre(r).groupby("genre")["rating"])


def _with_interval(rows, value, standard_error):
    half = 1.96 * standard_error
    return rows.assign(low=rows[value] - half, high=rows[value] + half)


def genre_share_by_year(r, share="chosen", of_any_genre=None):
    r = r.assign(year=r["month"].dt.year)
    counts = _each_genre(r).groupby(["year", "genre"]).size().rename("ratings").reset_index()
    whole = of_any_genre if share == "all" else r
    each_year = whole.groupby(whole["month"].dt.year).size()
    return counts.assign(share=counts["ratings"] / counts["year"].map(each_year))


def genre_by_decade(r):
    r = r[r["release_year"].notna()]
    r = r.assign(decade=r["release_year"].astype("int64") // 10 * 10)
    return _averages(_each_genre(r).groupby(["genre", "decade"])["rating"])


def film_sums(r):
    by_film = r.groupby("movie_id")
    films = by_film[["title", "release_year", "genres"]].first()
    return films.assign(ratings=by_film.size(), average_rating=by_film["rating"].mean())


def _standard_deviation(r):
    return r.groupby("movie_id")["rating"].std(ddof=0)


def _agreement(camps):
    """Van der Eijk's A of three camps in order, layer by layer: https://doi.org/10.1023/A:1010374114305"""
    agreement, shares = 0.0, np.array(camps)
    while (there := shares > 1e-9).any():
        height = shares[there].min()
        one_peak = tuple(there) != (True, False, True)
        unimodal = 1 if one_peak else -2  # ((K − 2)·0 − (K − 1)·1) / ((K − 2)·1) of K = 3
        agreement += height * there.sum() * unimodal * (1 - (there.sum() - 1) / 2)
        shares = shares - height * there
    return agreement


def polarising_movies(r, min_ratings=None, within=None):
    films = film_sums(r).assign(
        standard_deviation=_standard_deviation(r),
        low_share=(r["rating"] <= 2).groupby(r["movie_id"]).mean(),
        high_share=(r["rating"] >= 4).groupby(r["movie_id"]).mean(),
    )
    shares = zip(films["low_share"], films["high_share"], strict=True)
    films["agreement"] = [_agreement((low, 1 - low - high, high)) for low, high in shares]
    films = films[films["ratings"] >= (50 if min_ratings is None else min_ratings)].reset_index()
    if within is None:
        return films
    apart = "agreement" if within.measure == "agreement" else "standard_deviation"
    inside = films["average_rating"].between(*within.averages)
    return films[inside & films[apart].between(*within.spreads)]


def _prior(r):
    """The mean and the weight that a film's mean is drawn towards the overall mean with."""
    films = film_sums(r)
    often = films[films["ratings"] >= 50]
    prior = often if len(often) >= 10 else films
    mean = r[r["movie_id"].isin(prior.index)]["rating"].mean()
    return mean, np.percentile(prior["ratings"], 75) if len(prior) else np.nan


def _weighted(r):
    films = film_sums(r)
    mean, weight = _prior(r)
    score = (films["ratings"] * films["average_rating"] + weight * mean) / (
        films["ratings"] + weight
    )
    return films.assign(weighted_score=score)


def top_movies(r, min_ratings=None):
    films = _weighted(r)
    within = (r["rating"] - r["movie_id"].map(films["average_rating"])).std(ddof=0)
    # The score is n·mean / (n + weight) and what does not vary
    error = within * films["ratings"] ** 0.5 / (films["ratings"] + _prior(r)[1])
    films = _with_interval(films, "weighted_score", error)
    return films[films["ratings"] >= (min_ratings or 1)].reset_index()


def film_table(r, min_ratings=None):
    films = _weighted(r)
    films.insert(5, "standard_deviation", _standard_deviation(r))
    return films[films["ratings"] >= (min_ratings or 1)].reset_index()


def movie_by_month(r, movie):
    by_month = average_rating_by_month(r[r["movie_id"] == movie])
    by_month.insert(3, "cumulative_ratings", by_month["ratings"].cumsum())
    return by_month


def movie_ranks(r, movie):
    films = _weighted(r)
    rows = []
    for genre in filter(None, sorted(films["genres"].get(movie, "").split("|"))):
        scores = films[("|" + films["genres"] + "|").str.contains(f"|{genre}|", regex=False)]
        better = scores["weighted_score"] > scores["weighted_score"][movie] + 1e-12
        rows.append((genre, 1 + better.sum(), len(scores)))
    return pd.DataFrame(rows, columns=["genre", "rank", "movies"])


def user_averages(r):
    ends = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000]
    users = r.groupby("user_id")["rating"].agg(["count", "sum"])
    # In tenths of stars by whole numbers: sum and count are exact, 10 × mean is not
    tenths = (users["sum"] * 10).astype("int64") // users["count"]
    place = np.searchsorted(ends, users["count"], side="right")
    binned = pd.DataFrame(
        {
            "ratings_from": np.take(ends, place - 1),
            "ratings_to": np.take(ends, place) - 1,
            "average_rating": tenths.to_numpy() / 10,
        }
    )
    keys = ["ratings_from", "ratings_to", "average_rating"]
    return _counted_all(binned.groupby(keys).size().rename("users").reset_index())


def user_similarity(r, users=()):
    if not users:
        sizes = r.groupby("user_id").size().rename("ratings").reset_index()
        order = sizes.sort_values(["ratings", "user_id"], ascending=[False, True])
        users = list(order["user_id"][:40])
    grid = r[r["user_id"].isin(users)].pivot_table(
        index="user_id", columns="movie_id", values="rating", fill_value=0.0
    )
    rows = []
    for user, vector in zip(grid.index, grid.to_numpy(), strict=True):
        for other, other_vector in zip(grid.index, grid.to_numpy(), strict=True):
            cosine = vector @ other_vector / np.linalg.norm(vector) / np.linalg.norm(other_vector)
            rows.append((user, other, cosine))
    return pd.DataFrame(rows, columns=["user_id", "other_user_id", "similarity"])


def summary(r):
    users, movies = r["user_id"].nunique(), r["movie_id"].nunique()
    return {
        "ratings": len(r),
        "users": users,
        "movies": movies,
        "average_rating": r["rating"].mean() if len(r) else None,
        "first": r["month"].min().date() if len(r) else None,
        "last": r["month"].max().date() if len(r) else None,
        "density": len(r) / (users * movies) if len(r) else 0.0,
    }


def rating_comparison(r, movie=None, min_ratings=None):
    """The chosen film, else the most polarising, then the one with the smallest deviation."""
    films = polarising_movies(r, min_ratings)
    names = ["movie_id", "title", "release_year"]
    every = film_sums(r).reset_index()[names]
    if movie is None:
        chosen = films.sort_values(
            ["standard_deviation", "ratings", "movie_id"], ascending=[False, False, True]
        )["movie_id"].head(1)
    else:
        chosen = pd.Series([movie])
    agreed = films.sort_values(
        ["standard_deviation", "ratings", "movie_id"], ascending=[True, False, True]
    )["movie_id"].head(1)
    parts = [
        every[every["movie_id"] == film].merge(rating_distribution(r, film), how="cross")
        for film in dict.fromkeys([*chosen, *agreed])
    ]
    return (
        pd.concat(parts) if parts else pd.DataFrame(columns=[*names, "stars", "ratings", "share"])
    )


ORACLES = {
    "average-rating-by-month": average_rating_by_month,
    "ratings-by-month": ratings_by_month,
    "rating-distribution": rating_distribution,
    "ratings-per-user": ratings_per_user,
    "ratings-per-user-tail": ratings_per_user,
    "ratings-per-movie": ratings_per_movie,
    "ratings-per-movie-tail": ratings_per_movie,
    "movies-by-genre": movies_by_genre,
    "ratings-by-genre": ratings_by_genre,
    "genre-share-by-year": genre_share_by_year,
    "genre-by-decade": genre_by_decade,
    "polarising-movies": polarising_movies,
    "rating-comparison": rating_comparison,
    "top-movies": top_movies,
    "movie-by-month": movie_by_month,
    "movie-by-stars": movie_by_stars,
    "user-averages": user_averages,
    "user-similarity": user_similarity,
}
"""By chart; those of charts that are not of ratings: tests/dashboard/charting/contract.py."""
