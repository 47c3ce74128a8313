"""What films of others are in a dataset; ids and years are real, the dataset is made up."""

import pytest
from sqlalchemy import text

from db.ingest.swap import load
from db.queries import FilmMatch, MeantFilm, match_films
from db.store.engine import reading, writing
from tests.db.importing import source

FILMS = (
    (1, "Shawshank Redemption, The", 1994, "0111161", 278, 50),
    (2, "Amelie (Fabuleux destin d'Amélie Poulain, Le)", 2001, "0211915", 194, 9),
    (3, "Titanic", 1997, "0120338", 597, 40),
    (4, "Titanic", 1953, "0046435", 16535, 3),
    (5, "Hamlet", 1996, None, None, 5),
    (6, "Hamlet", 1990, None, None, 4),
    (7, "Twins", 2000, None, None, 3),
    (8, "Twins", 2000, None, None, 2),
    (9, "Grand Day Out with Wallace and Gromit, A", 1989, None, None, 6),
    (10, "Batman Forever", 1995, None, None, 6),
    (11, "Spider-Man", 2002, None, None, 6),
    (12, "Undated", None, None, None, 1),
)


@pytest.fixture(scope="module")
def films(second_server):
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATABASE_URL", second_server)
        ratings = [(user, film[0], 4.0, 0) for film in FILMS for user in range(1, film[5] + 1)]
        movies = [(film[0], film[1], film[2], "Drama") for film in FILMS]
        load(source(ratings, movies, name="matched"))
        with writing() as connection:
            schema = connection.scalar(
                text("select 'reelscope_' || dataset from reelscope.current")
            )
            for movie, _, _, imdb, tmdb, _ in FILMS:
                connection.execute(
                    text(
                        f"update {schema}.movies set imdb_id = :i, tmdb_id = :t where movie_id = :m"
                    ),
                    {"i": imdb, "t": tmdb, "m": movie},
                )
            connection.commit()
        with reading() as connection:
            yield connection


@pytest.mark.parametrize(
    ("meant", "found"),
    [
        (MeantFilm(imdb_id="0111161"), ((1,), True, "id")),
        (MeantFilm(("Anything",), 1950, imdb_id="0211915"), ((2,), True, "id")),
        (MeantFilm(tmdb_id=194), ((2,), True, "id")),
        (MeantFilm(("The Shawshank Redemption",), 1994), ((1,), True, "title")),
        (MeantFilm(("Shawshank Redemption, The (1994)",)), ((1,), True, "title")),
        (MeantFilm(("the SHAWSHANK redemption",), 1995), ((1,), True, "year off by one")),
        (MeantFilm(("Le Fabuleux Destin d'Amélie Poulain",), 2001), ((2,), True, "title")),
        (MeantFilm(("天使爱美丽", "Amélie"), 2001), ((2,), True, "title")),
        (MeantFilm(("Spiderman",), 2002), ((11,), True, "title")),
        (MeantFilm(("Titanic",), 1953), ((4,), True, "title")),
        (MeantFilm(("Titanic",)), ((3,), True, "most rated")),
        (MeantFilm(("Hamlet",)), ((5, 6), False, "several")),
        (MeantFilm(("Hamlet",), 1948), ((5, 6), False, "other year")),
        (MeantFilm(("Twins",), 2000), ((7, 8), False, "several")),
        (MeantFilm(("A Grand Day Out",), 1989), ((9,), True, "beginning")),
        (MeantFilm(("Batman",), 1995), ((), False, "title")),
        (MeantFilm(("Shawshenk Redemtion",), 1994), ((1,), False, "nearly")),
        (MeantFilm(("Undated",), 1980), ((12,), True, "title")),
        (MeantFilm(("Titanic",), 1997, imdb_id="9999999"), ((3,), False, "title")),
        (MeantFilm(("Breaking Bad",), 2008), ((), False, "title")),
        (MeantFilm(("\0",), 2008), ((), False, "title")),
        (MeantFilm(), ((), False, "title")),
    ],
)
def test_the_film_that_is_meant(films, meant, found):
    assert match_films(films, [meant]) == [FilmMatch(*found)]


def test_many_at_once_are_in_their_order(films):
    meant = [MeantFilm(("Titanic",), 1997), MeantFilm(("Nothing",), 1), MeantFilm(tmdb_id=278)]
    assert [match.movie_ids for match in match_films(films, meant)] == [(3,), (), (1,)]
