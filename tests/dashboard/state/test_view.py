from dataclasses import replace

import pytest

from dashboard.state.view import View
from db.filters.rating_filters import RatingFilters
from db.store.engine import dataset


@pytest.mark.parametrize(
    "query",
    [
        "",
        "genres=Comedy,Drama&released=1990-1999",
        "genres=Comedy&movie=318",
        "users=1,2,3",
        "search=heat&model=svd&colour=rating&at=0.25,0.5,4&share=chosen&smooth=quarter&order=deviation",
        "vs=all",
        "genres=Drama&vs=rated%3D2006-01..2010-12%26tag%3Da%2520b",
        "order=deviation&within=deviation,2.5..4,0.85..1.3",
        "within=agreement,1..4.125,-0.5..0",
        "exact=1&search=the%20matrix&sort=-average_rating&page=3",
    ],
)
def test_a_view_survives_its_query_string(query):
    view = View.from_query(query)
    assert view.problems == ()
    assert view.to_query() == query


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("movie=abc", "movie=abc"),
        ("movie=-1", "movie=-1"),
        ("movie=99999999999999999999", "movie=9999"),
        ("users=1,x,3", "users="),
        ("users=" + ",".join(map(str, range(101))), "at most 100"),
        ("sort=evil", "sort=evil"),
        ("page=0", "page=0"),
        ("model=popularity", "model=popularity"),
        ("colour=red", "colour=red"),
        ("at=1,2", "at=1,2"),
        ("share=some", "share=some"),
        ("smooth=week", "smooth=week"),
        ("order=ratings", "order=ratings"),
        ("within=ratings,1..2,3..4", "within=ratings"),
        ("within=agreement,1..2", "within=agreement"),
        ("within=agreement,nan..2,1e9..2", "within=agreement"),
        ("at=0.5,0.5,0", "at=0.5,0.5,0"),
        ("at=9,0.5,1", "at=9,0.5,1"),
        ("at=nan,0,1", "at=nan"),
        ("page=²", "page=²"),
        ("vs=banana", "vs=banana"),
        ("vs=released%3Dx", "vs: released=x"),
        ("vs=genres%3DWar%26min%3Dx", "vs: min=x"),
        ("released=abc", "released=abc"),
    ],
)
def test_what_cannot_be_used_is_dropped_and_named(query, names):
    view = View.from_query(query + "&genres=Comedy")
    assert len(view.problems) == 1
    assert names in view.problems[0]
    assert view.filters.genres == ("Comedy",)


def test_what_can_be_used_of_a_second_set_is_kept():
    view = View.from_query("vs=genres%3DWar%26min%3Dx")
    assert view.vs == RatingFilters(genres=("War",))
    assert View.from_query("vs=banana").vs is None
    assert View.from_query("vs=all").vs == RatingFilters()


def test_users_keep_their_order_once_each():
    assert View.from_query("users=3,1,3,2").users == (3, 1, 2)


@pytest.mark.parametrize(
    "query", ["&" * 5000, "%", "%ff%fe", "movie=%00", "\ud800=1", "search=\ud800", "a=" * 3000]
)
def test_hostile_query_strings_never_raise(query):
    view = View.from_query(query)
    View.from_query(view.to_query())


def test_an_address_names_its_dataset_where_there_are_several(connection):
    alone = dataset(connection)
    one_of_two = replace(alone, others=1)
    named = View.from_query("genres=Drama&dataset=MovieLens%20sample")
    assert View().on(alone).dataset == "" and View().on(one_of_two).dataset == alone.name
    assert named.on(alone) == named and not named.on(one_of_two).problems
    assert named.to_query() == "genres=Drama&dataset=MovieLens%20sample"
    other = View.from_query("dataset=ml-32m").on(alone)
    assert (
        other.dataset == "" and "is of the dataset ml-32m; shown is MovieLens" in other.problems[0]
    )


def test_a_box_may_be_drawn_either_way():
    drawn, other = (
        View.from_query(f"within={text}")
        for text in ("deviation,2..3,1..1.5", "deviation,3..2,1.5..1")
    )
    assert drawn.within == other.within
