"""When a rating was given, however people write it."""

import pytest

from db.errors import LoadError
from db.ingest.sources.event_lines import NOT_STORABLE
from db.ingest.sources.read_as import ReadAs
from db.ingest.sources.times import FORMS, form_of

MAY_2ND = 1_714_608_000  # 2024-05-02, UTC


def rows(*times):
    lines = [f"{user},1,4,{when}\n" for user, when in enumerate(times, 1)]
    return "user,movie,rating,timestamp\n" + "".join(lines)


@pytest.mark.parametrize(
    ("form", "text", "seconds"),
    [
        ("seconds", "1714608000", MAY_2ND),
        ("seconds", "1714608000.75", MAY_2ND),
        ("milliseconds", "1714608000000", MAY_2ND),
        ("milliseconds", "1714608000000.0", MAY_2ND),
        ("microseconds", "1714608000000000", MAY_2ND),
        ("nanoseconds", "1714608000000000000", MAY_2ND),
        ("seconds", "2024-05-02", MAY_2ND),
        ("seconds", "2024/5/2", MAY_2ND),
        ("seconds", "2024-05-02 01:02:03", MAY_2ND + 3723),
        ("seconds", "2024-05-02T01:02:03.500Z", MAY_2ND + 3723),
        ("seconds", "2024-05-02 02:00 UTC", MAY_2ND + 7200),
        ("seconds", "2024-05-02T02:00:00+02:00", MAY_2ND),
        ("seconds", "2 May 2024", MAY_2ND),
        ("seconds", "May 2, 2024", MAY_2ND),
        ("seconds", "05 2, 2024", MAY_2ND),
        ("dates without separators", "20240502", MAY_2ND),
        ("years", "2024", 1_704_067_200),
        ("day-first", "2.5.2024", MAY_2ND),
        ("day-first", "02/05/24 13:00", MAY_2ND + 13 * 3600),
        ("month-first", "5/2/2024", MAY_2ND),
        ("month-first", "5/2/2024 1:00 PM", MAY_2ND + 13 * 3600),
        ("month-first", "5/2/2024 12:30 am", MAY_2ND + 1800),
        # A number of another size would be in January 1970, or millennia away
        ("milliseconds", "1714608000", NOT_STORABLE),
        ("day-first", "5/13/2024", NOT_STORABLE),
        ("month-first", "13/5/2024", NOT_STORABLE),
        ("seconds", "2.5.2024", NOT_STORABLE),
        ("seconds", "31 Feb 2024", NOT_STORABLE),
        ("seconds", "2 Foo 2024", NOT_STORABLE),
        ("seconds", "", NOT_STORABLE),
        ("years", "20240", NOT_STORABLE),
    ],
)
def test_a_time(form, text, seconds):
    assert FORMS[form](text) == seconds


@pytest.mark.parametrize(
    ("texts", "form"),
    [
        (["1714608000", "1500000000"], "seconds"),
        (["1714608000000", "0", "1500000000000", "1500000000001", "1", "1500000000002"], "seconds"),
        (["1714608000000", "1500000000000"], "milliseconds"),
        (["1714608000000000"], "microseconds"),
        (["1714608000000000000"], "nanoseconds"),
        (["60", "2001-01-01"], "seconds"),
        (["1999", "2004", ""], "years"),
        (["20240502", "19991231"], "dates without separators"),
        (["2.5.2024", "3.5.2024"], "day-first"),
        (["2/5/2024", "13/5/2024"], "day-first"),
        (["2/5/2024", "2/13/2024"], "month-first"),
        ([], "seconds"),
    ],
)
def test_the_form_is_recognised(texts, form):
    assert form_of(texts, "mine.csv") == form


@pytest.mark.parametrize("texts", [["2/5/2024", "3/5/2024"], ["13/5/2024", "5/13/2024"]])
def test_days_and_months_that_cannot_be_told_apart_are_asked_for(tmp_path, read, texts):
    (tmp_path / "mine.csv").write_text(rows(*texts))
    with pytest.raises(LoadError, match="two ways; say --times day-first or --times month-first"):
        read(tmp_path / "mine.csv")


def test_the_answer(tmp_path, read):
    (tmp_path / "mine.csv").write_text(rows("2/5/2024", "3/5/2024"))
    found = read(tmp_path / "mine.csv", read_as=ReadAs(times="day-first"))
    assert found.ratings == [(1, 1, 4.0, MAY_2ND), (2, 1, 4.0, MAY_2ND + 86_400)]


def test_empty_times_are_counted(tmp_path, read):
    (tmp_path / "mine.csv").write_text(rows("1714608000000", "", "1714608000000"))
    found = read(tmp_path / "mine.csv")
    assert [rating[0] for rating in found.ratings] == [1, 3]
    assert found.reasons == {"timestamp missing, unreadable or out of range": 1}


def test_a_file_without_times(tmp_path, read):
    for text in (rows("", ""), "user,movie,rating\n1,1,4\n2,1,4\n"):
        (tmp_path / "mine.csv").write_text(text)
        found = read(tmp_path / "mine.csv")
        assert found.ratings == [(1, 1, 4.0, 0), (2, 1, 4.0, 0)]
        assert not found.source.has_times
        assert found.source.read_as == ("mine.csv read as: no times",)


def test_without_times_the_last_rating_in_the_file_stays(tmp_path, read):
    (tmp_path / "mine.csv").write_text("user,movie,rating\n1,1,4\n2,1,4\n1,1,5\n")
    found = read(tmp_path / "mine.csv")
    assert sorted(found.ratings) == [(1, 1, 5.0, 0), (2, 1, 4.0, 0)]
    assert found.reasons == {"duplicate user–film pair": 1}
