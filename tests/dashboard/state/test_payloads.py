"""What is not of its parameter's type never comes in, and the refusal names it."""

from typing import Annotated, Any

import pytest

from dashboard.state.payloads import (
    FROM_LIST,
    Clicks,
    MovieIds,
    StoredAddress,
    StoredView,
    Texts,
    UnusableInput,
    checked,
    one_of,
)


@checked
def answer(
    view: StoredView | None = None,
    address: StoredAddress | None = None,
    clicks: Clicks = None,
    movies: MovieIds | None = None,
    genres: Texts | None = None,
    colour: Annotated[str, one_of(["red", "blue"])] = "red",
    pair: Annotated[tuple[str, int] | None, FROM_LIST] = None,
    either: Texts | str | int | None = None,
    anything: Any = None,
):
    return locals()


@pytest.mark.parametrize(
    ("name", "sent", "got"),
    [
        ("view", {"query": "genres=Comedy", "by": "url"}, StoredView(query="genres=Comedy")),
        ("view", None, None),
        ("address", {"path": "/", "search": ""}, StoredAddress(path="/", search="")),
        ("clicks", 3, 3),
        ("movies", [1, 2**31 - 1], [1, 2**31 - 1]),
        ("genres", [], []),
        ("colour", "blue", "blue"),
        ("pair", ["a", 1], ("a", 1)),
        ("either", ["a"], ["a"]),
        ("either", 5, 5),
        ("anything", {"a": [None]}, {"a": [None]}),
    ],
)
def test_what_pages_send_comes_in(name, sent, got):
    assert answer(**{name: sent})[name] == got


@pytest.mark.parametrize(
    ("name", "sent", "says"),
    [
        ("view", [], "view = [] can't be used: input should be a valid dictionary"),
        ("view", {}, "view.query = {} can't be used: field required."),
        ("view", {"query": None}, "view.query = None can't be used: input should be a valid str"),
        ("address", {"path": 1, "search": ""}, "address.path = 1 can't be used: "),
        ("clicks", True, "clicks = True can't be used: input should be a valid integer."),
        ("clicks", "1", "clicks = '1' can't be used: input should be a valid integer."),
        ("clicks", 1.0, "clicks = 1.0 can't be used: input should be a valid integer."),
        ("movies", [1, -1], "movies.1 = -1 can't be used: input should be greater than or equal"),
        ("movies", [2**31], "movies.0 = 2147483648 can't be used: input should be less than"),
        ("genres", ["a", None], "genres.1 = None can't be used: input should be a valid string."),
        ("colour", "green", "colour = 'green' can't be used: input should be one of red, blue."),
        ("pair", ["a"], "pair.1 = ('a',) can't be used: field required."),
        ("either", {}, "can't be used: input should be a valid list or input should be a valid s"),
    ],
)
def test_what_no_page_sends_is_named(name, sent, says):
    with pytest.raises(UnusableInput) as refused:
        answer(**{name: sent})
    assert says in str(refused.value)
    assert refused.value.name == name


@pytest.mark.parametrize(
    "sent", ["a" * 100_000, ["a" * 100_000] * 3, {"a" * 1000: {"b" * 1000: 1}}]
)
def test_a_long_value_is_shortened(sent):
    with pytest.raises(UnusableInput) as refused:
        answer(clicks=sent)
    assert len(str(refused.value)) < 120


def test_inputs_may_come_by_their_place():
    assert answer({"query": ""}, None, 2)["clicks"] == 2
    with pytest.raises(UnusableInput, match="clicks"):
        answer(None, None, "2")


def test_an_error_behind_the_door_is_left_as_it_is():
    @checked
    def wrong(clicks: Clicks):
        return int("x")

    with pytest.raises(ValueError, match="invalid literal"):
        wrong(1)


def test_a_parameter_without_a_type_is_refused_at_once():
    with pytest.raises(TypeError, match="forgotten must say the types of clicks"):

        @checked
        def forgotten(clicks):
            return clicks
