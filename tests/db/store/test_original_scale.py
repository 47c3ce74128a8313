"""Numbers of a dataset's own scale, from the half stars that are stored."""

from decimal import Decimal

import pandas as pd
import pytest

from db.ingest.sources import Options, open_source
from db.ingest.sources.stars import Scale
from db.ingest.swap import load
from db.store.engine import dataset, reading
from db.store.original_scale import OriginalScale
from tests.db.importing import source


@pytest.mark.parametrize(
    ("ends", "given"),
    [
        (("1", "10"), ["1", "7", "10"]),
        (("1", "5"), ["1", "2", "5"]),
        (("0", "1"), ["0", "1"]),
        (("0", "9"), ["0", "4", "9"]),
        (("1", "7"), ["1", "2", "7"]),
        (("-2", "2"), ["-2", "-0.5", "2"]),
    ],
)
def test_whole_numbers_come_back_as_they_were(ends, given):
    read = Scale(*map(Decimal, ends)).fitted(given)
    scale = OriginalScale(float(ends[0]), float(ends[1]), float(read.step))
    for text in given:
        assert scale.value(read.half_stars(text)) == pytest.approx(float(text))
        assert scale.half_stars(float(text)) == pytest.approx(read.half_stars(text))
    assert scale.values[0] == pytest.approx(float(ends[0]))
    assert scale.values[-1] == float(ends[1])


def test_stars_are_halves_of_what_is_stored():
    assert OriginalScale().values == [n / 2 for n in range(1, 11)]
    assert OriginalScale(1.0, 5.0, 0.5).values == [n / 2 for n in range(2, 11)]
    assert OriginalScale(1.0, 5.0, 0.5).is_stars and not OriginalScale(1.0, 10.0, 1.0).is_stars
    assert OriginalScale(1.0, 10.0, 1.0).value(pd.Series([7.25])).tolist() == [7.25]
    assert str(OriginalScale(0.0, 100.0, 100 / 9)) == "0 to 100"


def test_the_scale_is_stored_with_the_dataset(scratch, tmp_path):
    assert load(source()).scale == OriginalScale()
    (tmp_path / "anime.csv").write_text("user,anime_id,rating\n1,1,10\n1,2,7\n")
    options = Options(scale=Scale(Decimal(1), Decimal(10)))
    loaded = load(open_source(str(tmp_path / "anime.csv"), options))
    assert loaded.scale == OriginalScale(1.0, 10.0, 1.0)
    with reading() as connection:
        assert dataset(connection).scale == loaded.scale
