"""How reasons are said."""

import pytest

import app  # noqa: F401  links are made below the app's prefix
from dashboard.rated_words import RatedWords
from dashboard.recommend.result_lists import NO_REASON, Reasons, comparison
from db.store.original_scale import OriginalScale
from recommender.serving.shelves import Recommendation

STARS = {1: 5.0, 2: 4.5, 3: 4.0, 4: 1.0, 5: 0.5}
TITLES = {1: "Heat", 2: "Alien", 3: "Jaws", 4: "Titanic", 5: "Shrek"}


def film(because: tuple[int, ...], unlike: tuple[int, ...]) -> Recommendation:
    return Recommendation(9, "Ran", 1985, "Drama", 4.0, 10, because, unlike)


@pytest.mark.parametrize(
    ("because", "unlike", "exact", "said"),
    [
        ((1,), (), True, "Because you rated Heat"),
        ((1, 2, 3), (4,), True, "Because you rated Heat and Alien"),
        ((1,), (), False, "Close to Heat"),
        ((), (4,), True, "Less like Titanic, which you gave 1"),
        ((), (5, 4), True, "Less like Shrek (you gave 0.5) and Titanic (you gave 1)"),
        ((), (), True, None),
        ((77,), (), True, None),  # which is not in the model's dataset
    ],
)
def test_one_plain_reason(because, unlike, exact, said):
    assert Reasons(STARS, TITLES, exact).said(film(because, unlike)) == said


def test_two_that_got_the_same_are_said_together():
    reasons = Reasons({4: 1.0, 5: 1.0}, TITLES, True)
    assert reasons.said(film((), (4, 5))) == "Less like Titanic and Shrek, which you gave 1"


def test_a_list_repeats_no_reason_where_others_speak_for_a_film_as_well():
    films = [film((1, 2, 3), ()), film((1, 2, 3), ()), film((1,), ()), film((), ())]
    assert Reasons(STARS, TITLES, True).of_shelf(films) == [
        "Because you rated Heat and Alien",
        "Because you rated Jaws and Heat",
        "Because you rated Heat",
        NO_REASON,
    ]


def test_reasons_speak_in_the_numbers_of_the_datasets_scale():
    words = RatedWords(OriginalScale(1.0, 10.0, 1.0))
    said = Reasons(STARS, TITLES, True, words).said(film((), (4,)))
    assert said == "Less like Titanic, which you gave 2"


def test_each_model_is_held_to_the_first():
    films = [film((), ())]
    first, same = comparison({"Blend": films, "NMF": films}).children[1].children
    assert first.children[1] is None
    assert same.children[1].children == "Agreement with Blend: 1.00"


def test_without_a_model_there_is_nothing_to_compare():
    assert comparison({}).children[1].children == []
