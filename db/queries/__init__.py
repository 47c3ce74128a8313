"""Every question that is asked of the ratings: one function each.

Each takes a connection from `engine.reading()` and, where it is about ratings, the visitor's
filters. The charts' functions return exactly the columns of the chart's CSV, months as the first
day of the month (datetime64), release_year as nullable Int64; rows that count nothing are left out.
Values are always bound: nothing in the filters, a search or an id makes a query fail.
"""

from db.queries.by_genre import (
    genre_by_decade,
    genre_share_by_year,
    movies_by_genre,
    ratings_by_genre,
)
from db.queries.disagreement import most_agreed, polarising_movies
from db.queries.film_listing import movie_table
from db.queries.film_matches import FilmMatch, MeantFilm, match_films
from db.queries.headline_figures import Summary, summary
from db.queries.likeness import user_similarity
from db.queries.lookup import Movie, film_tags, imdb_ids, movie, movies, rated_movies
from db.queries.over_time import average_rating_by_month, movie_by_month, ratings_by_month
from db.queries.own_ratings import film_counts, known_users, ratings_by_decade, user_ratings
from db.queries.spread import (
    movie_by_stars,
    rating_distribution,
    ratings_by_release_year,
    ratings_per_movie,
)
from db.queries.title_search import search_movies
from db.queries.user_sums import ratings_per_user, user_averages
from db.queries.weighted_ranking import movie_ranks, top_movies

__all__ = [
    "FilmMatch",
    "MeantFilm",
    "Movie",
    "Summary",
    "average_rating_by_month",
    "film_counts",
    "film_tags",
    "genre_by_decade",
    "genre_share_by_year",
    "imdb_ids",
    "known_users",
    "match_films",
    "most_agreed",
    "movie",
    "movie_by_month",
    "movie_by_stars",
    "movie_ranks",
    "movie_table",
    "movies",
    "movies_by_genre",
    "polarising_movies",
    "rated_movies",
    "rating_distribution",
    "ratings_by_decade",
    "ratings_by_genre",
    "ratings_by_month",
    "ratings_by_release_year",
    "ratings_per_movie",
    "ratings_per_user",
    "search_movies",
    "summary",
    "top_movies",
    "user_averages",
    "user_ratings",
    "user_similarity",
]
