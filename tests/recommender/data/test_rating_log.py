"""The same ratings, by file and by database."""

import numpy as np
import pytest
from pandas.testing import assert_frame_equal

from db.errors import LoadError
from db.ingest.sources import SOURCES, open_source
from recommender.serving.ratings import log_of, stored_log

MOVIES = "movieId,title,genres\n1,One (1990),Drama\n2,Two (1991),Comedy|Drama\n"
HEADER = "userId,movieId,rating,timestamp\n"


@pytest.fixture
def folder(tmp_path):
    def written(*rows: str):
        (tmp_path / "movies.csv").write_text(MOVIES)
        (tmp_path / "ratings.csv").write_text(HEADER + "".join(f"{row}\n" for row in rows))
        return open_source(str(tmp_path))

    return written


def test_the_order_is_the_files(folder):
    log = log_of(folder("7,2,4.5,900000003", "3,1,2.0,900000001", "7,1,1.0,900000002"))
    assert log.user_ids.tolist() == [7, 3, 7]
    assert log.movie_ids.tolist() == [2, 1, 1]
    assert log.stars.tolist() == [4.5, 2.0, 1.0]
    assert log.seconds.tolist() == [900000003, 900000001, 900000002]
    assert log.matrix.n_users == 2
    assert log.matrix.movies["genres"].tolist() == ["Drama", "Comedy|Drama"]


def test_of_a_repeated_pair_the_latest_stays_as_in_an_import(folder):
    rows = [f"{user},1,3.0,900000000" for user in range(1, 200)]
    source = folder(*rows, "5,1,4.0,900000009")
    log = log_of(source)
    assert len(log) == 199
    assert log.stars[log.user_ids == 5].tolist() == [4.0]
    assert source.rejections.in_words() == "duplicate user–film pair (1 row)"


def test_too_many_unusable_rows_are_refused(folder):
    with pytest.raises(LoadError, match="can't be used"):
        log_of(folder("1,1,9,900000000", "1,2,4,900000000"))


def test_no_ratings_are_refused(folder):
    with pytest.raises(LoadError, match=r"ratings.csv has no ratings"):
        log_of(folder())


def test_the_database_has_the_same_ratings_films_and_fingerprint(database):
    file, stored = log_of(SOURCES["sample"]()), stored_log()
    assert (file.name, file.fingerprint) == (stored.name, stored.fingerprint)
    order = np.lexsort((file.movie_ids, file.user_ids))
    for name in ("user_ids", "movie_ids", "stars", "seconds"):
        assert np.array_equal(getattr(file, name)[order], getattr(stored, name)), name
    assert_frame_equal(file.matrix.movies, stored.matrix.movies, check_dtype=False)
