import numpy as np
import pytest

from recommender.data.rating_log import RatingLog
from recommender.evaluate.later_visits import cut_dates, time_split

DAY = 86_400
DATE = 100 * DAY


@pytest.fixture(scope="module")
def handmade():
    """Films 1 to 40; user 1 was there before the date, user 2 came after it, user 3 left."""
    known = [(1, film, 5.0, DATE - 40 + film) for film in range(1, 21)]
    known += [(1, 30, 4.5, DATE), (1, 31, 2.0, DATE + 1), (1, 40, 5.0, DATE + 2)]
    new = [(2, film, 4.0, DATE + film) for film in range(1, 19)]
    gone = [(3, film, 3.0, DAY) for film in range(1, 39)]
    columns = zip(*known, *new, *gone, strict=True)
    users, films, stars, seconds = (np.array(column) for column in columns)
    return RatingLog("handmade", "f", users, films, stars.astype(np.float32), seconds)


def test_time_split_learns_from_before_the_date_only(handmade):
    training, _ = time_split(handmade, DATE)
    assert training.user_ids.tolist() == [1, 3]
    assert training.csr.nnz == 20 + 38
    assert 40 not in training.movie_ids


def test_a_known_user_gives_the_latest_ratings_and_is_asked_from_the_date_on(handmade):
    _, (known, _) = time_split(handmade, DATE)
    assert list(known.given) == list(range(20, 5, -1))
    assert sorted(known.seen.tolist()) == list(range(1, 21))
    assert known.relevant.tolist() == [30]  # 31 is not liked, nobody had rated 40


def test_a_new_user_gives_the_first_ratings_and_is_asked_after_them(handmade):
    _, (_, new) = time_split(handmade, DATE)
    assert list(new.given) == list(range(1, 16))
    assert new.seen.tolist() == list(range(1, 16))
    assert new.relevant.tolist() == [16, 17, 18]


def test_the_days_by_which_half_and_more_of_the_ratings_were_given(handmade):
    """38 of 79 ratings lie on day 1, 20 just before the date, the others on it."""
    assert cut_dates(handmade) == [DATE - DAY, DATE]


def test_a_day_before_all_ratings_is_no_cut():
    user, film, seconds = np.ones(4, int), np.arange(4), np.full(4, 5 * DAY)
    log = RatingLog("one day", "f", user, film, np.full(4, 3, np.float32), seconds)
    assert cut_dates(log) == []


def test_nobody_after_the_last_rating(handmade):
    assert time_split(handmade, DATE + DAY)[1] == []
