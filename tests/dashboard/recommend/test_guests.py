"""What of the people is let in."""

import pytest
from pydantic import TypeAdapter

from dashboard.recommend.guests import Guest, Guests, seen, sent_away
from dashboard.state.payloads import UnusableInput, usable

GUESTS: TypeAdapter[list[Guest]] = TypeAdapter(Guests)
ANN = {"name": "Ann", "ratings": [[1, 4.5], [2, 1]], "dismissed": [3]}


def test_what_somebody_has_seen_or_does_not_want():
    guests = usable("guests", GUESTS, [ANN, ANN | {"ratings": [[5, 3]], "dismissed": []}])
    assert seen(guests) == {1, 2, 5}
    assert sent_away(guests) == {3}


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x" * 31},
        {"ratings": [[1, 4.2]]},
        {"ratings": [[1, 6]]},
        {"ratings": [[-1, 4]]},
        {"ratings": [[1]]},
        {"ratings": [[1, True]]},
        {"ratings": [[1, 4]] * 10_001},
        {"dismissed": ["1"]},
    ],
)
def test_what_no_page_sends_is_refused(wrong):
    with pytest.raises(UnusableInput):
        usable("guests", GUESTS, [ANN | wrong])


def test_six_people_and_no_more():
    assert len(usable("guests", GUESTS, [ANN] * 6)) == 6
    with pytest.raises(UnusableInput):
        usable("guests", GUESTS, [ANN] * 7)
