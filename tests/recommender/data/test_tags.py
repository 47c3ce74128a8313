"""Tags: who called which film what, from files and from the database alike."""

import numpy as np
import pytest

from db.ingest.sources import SOURCES, open_source
from db.ingest.swap import load
from recommender.data.rating_matrix import RatingMatrix
from recommender.data.tags import Tags
from recommender.serving.ratings import log_of, stored_log, stored_matrix


@pytest.fixture
def tags() -> Tags:
    return Tags.of([7, 8, 7, 9], [20, 20, 10, 20], [5, 6, 7, 8], ["Dark", "dark ", "fun", "long"])


def test_case_and_space_do_not_tell_tags_apart(tags):
    assert tags.names == ["dark", "fun", "long"]
    assert tags.of_films(np.array([10, 15, 20])) == [["fun"], [], ["dark", "long"]]


def test_films_that_are_not_asked_about_are_left_out(tags):
    assert tags.of_films(np.array([10])) == [["fun"]]


def test_a_part_keeps_the_names(tags):
    part = tags.only(tags.seconds < 6)
    assert part.of_films(np.array([10, 20])) == [[], ["dark"]]
    assert part.names == tags.names


def test_no_tags():
    assert Tags.joined([]).of_films(np.array([1, 2])) == [[], []]


@pytest.fixture
def folder(tmp_path):
    films = "".join(f"{movie},Film {movie} (1990),Drama\n" for movie in (1, 2))
    (tmp_path / "movies.csv").write_text("movieId,title,genres\n" + films)
    ratings = "1,1,3.0,900000001\n2,1,4.0,900000002\n3,2,4.0,900000100\n"
    (tmp_path / "ratings.csv").write_text("userId,movieId,rating,timestamp\n" + ratings)
    tags = "1,1,Dark,900000001\n1,2,dark,900000050\n3,2,Fun,900000100\n"
    (tmp_path / "tags.csv").write_text("userId,movieId,tag,timestamp\n" + tags)
    return tmp_path


def called(matrix: RatingMatrix) -> list[list[str]]:
    return matrix.tags.of_films(matrix.movie_ids)


@pytest.mark.slow
def test_the_database_and_the_files_say_the_same_and_it_is_kept(server, folder, tmp_path):
    load(open_source(str(folder)))
    try:
        for matrix in (
            stored_matrix(),
            stored_log().matrix,
            log_of(open_source(str(folder))).matrix,
        ):
            assert called(matrix) == [["dark"], ["dark", "fun"]]
            matrix.save(tmp_path / "ratings")
            assert called(RatingMatrix.load(tmp_path / "ratings")) == called(matrix)
    finally:
        load(SOURCES["sample"]())


def test_no_model_learns_what_held_out_users_or_later_days_said(folder):
    log = log_of(open_source(str(folder)))
    assert called(log.matrix.take_users(np.array([1, 2]))) == [[], ["fun"]]
    assert called(log.before(900_000_060)) == [["dark"]]
