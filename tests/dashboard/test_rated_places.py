"""Which ratings a slider offers."""

import pytest

from dashboard.rated_places import rated_places
from db.store.original_scale import OriginalScale

STARS = OriginalScale()
ONE_TO_FIVE = OriginalScale(1.0, 5.0, 0.5)
TEN = OriginalScale(1.0, 10.0, 1.0)
THUMBS = OriginalScale(0.0, 1.0, 1 / 9)
ONE_OR_TWO = OriginalScale(1.0, 2.0, 1 / 9)


@pytest.mark.parametrize(
    ("scale", "given", "offered"),
    [
        (STARS, set(range(1, 11)), [x / 2 for x in range(1, 11)]),
        (STARS, {2, 4, 6, 8, 10}, [1, 2, 3, 4, 5]),
        (STARS, {2, 4, 7}, [x / 2 for x in range(1, 11)]),
        (ONE_TO_FIVE, {8, 10}, [1, 2, 3, 4, 5]),
        (TEN, set(range(1, 11)), [x / 2 for x in range(1, 11)]),
        (THUMBS, {1, 10}, [0.5, 5]),
        (ONE_OR_TWO, {1, 10}, [0.5, 5]),
        (THUMBS, {10}, [0.5, 5]),
        (STARS, set(), [x / 2 for x in range(1, 11)]),
        (STARS, {10}, [1, 2, 3, 4, 5]),
    ],
)
def test_only_what_the_data_have_is_offered(scale, given, offered):
    worst, step = rated_places(given, scale)
    assert [worst + step * place for place in range(round((5 - worst) / step) + 1)] == offered
