"""Ratings that are no numbers, and the scale that they seem to have."""

from decimal import Decimal

import pytest

from db.errors import LoadError
from db.ingest.sources.scales import as_number, in_signs, proposal
from db.ingest.sources.stars import Scale


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("4.5", "4.5"),
        ("4/5", "4"),
        ("7.5 / 10", "7.5"),
        ("★★★", "3.0"),
        ("★★★½", "3.5"),
        ("★★☆☆☆", "2.0"),
        ("½", "0.5"),
        ("Like", "1"),
        ("👎", "0"),
        ("good", "good"),
        ("", ""),
        ("☆☆", "☆☆"),
    ],
)
def test_signs_as_numbers(text, number):
    assert as_number(text) == number


def test_a_file_of_signs():
    assert in_signs(["★", "★★", "3"])
    assert not in_signs(["1", "2", "★★"])
    assert not in_signs(["good", "bad"])


@pytest.mark.parametrize(
    ("texts", "ends"),
    [
        (["1", "4.5", "0.5"], None),
        (["1", "0", "1"], ("0", "1")),
        (["like", "dislike"], ("0", "1")),
        (["4.3", "2.1"], ("0.5", "5")),
        (["0", "4.5", "0.5"], ("0", "5")),
        (["1", "10", "7"], ("1", "10")),
        (["0", "10", "7"], ("1", "10")),
        (["-1", "10", "7"], ("1", "10")),
        (["0.5", "10", "0"], ("0", "10")),
        (["-9.5", "10"], ("-10", "10")),
        (["88", "7", "0.5"], ("0", "100")),
        (["1000", "1"], None),
        (["good"], None),
    ],
)
def test_the_scale_is_proposed(texts, ends):
    found = proposal(texts)
    assert (found and (str(found.low), str(found.high))) == ends


def test_what_is_refused_names_the_option_that_helps(tmp_path, read):
    rows = "".join(f"{user},1,{user % 10 + 1},964982703\n" for user in range(1, 50))
    (tmp_path / "r.csv").write_text("user,movie,rating,timestamp\n" + rows)
    found = read(tmp_path / "r.csv")
    with pytest.raises(LoadError, match="Ratings seem to go from 1 to 10: say --scale 1 10"):
        found.source.check(0.01)
    assert len(read(tmp_path / "r.csv", scale=Scale(Decimal(1), Decimal(10))).ratings) == 49


def test_stars_are_read(tmp_path, read):
    rows = "user,movie,rating\n1,1,★★★½\n1,2,★\n1,3,5/5\n1,4,\n"
    (tmp_path / "r.csv").write_text(rows)
    found = read(tmp_path / "r.csv")
    assert [rating[2] for rating in found.ratings] == [3.5, 1.0, 5.0]
    assert found.reasons == {"rating off the scale or not a number": 1}
    assert "ratings as signs or words" in found.source.read_as[0]
