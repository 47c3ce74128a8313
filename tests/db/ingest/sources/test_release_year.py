"""When a film came out."""

import pytest

from db.ingest.sources.release_year import release_year


@pytest.mark.parametrize(
    ("title", "column", "year"),
    [
        ("Toy Story (1995)", "", 1995),
        ("Fawlty Things (1975-1979)", "", 1975),
        ("Some Series (2007-)", "", 2007),
        ("Other Series (2014– )", "", 2014),
        ("Cut (1994) (Director's Cut)", "", 1994),
        ("City, The (Cité, La) (1995) ", "", 1995),
        ("17 Years Again (2009)", "", 2009),
        ("2001: A Story (1968)", "", 1968),
        ("Blade 2049 (2017)", "", 2017),
        ("No Year", "", None),
        ("(500) Days", "", None),
        ("Nothing (0000)", "", None),
        ("Twice (1996) (2000)", "", 2000),
        ("Film (1990)", "1999", 1999),
        ("Film", "1999.0", 1999),
        ("Film", "1999-10-30", 1999),
        ("Film", "30/10/1999", 1999),
        ("Film", "Oct 30, 1999", 1999),
        ("Film", "1975–1979", 1975),
        ("Film (1990)", "0", 1990),
        ("Film (1990)", "nan", 1990),
        ("Film", "19991030", None),
    ],
)
def test_release_year(title, column, year):
    assert release_year(title, column) == year
