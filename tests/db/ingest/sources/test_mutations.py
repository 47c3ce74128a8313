"""Damaged files, generated: no reader ever raises anything but LoadError, nor invents a rating."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from db.errors import LoadError
from db.ingest.sources import Options, open_source
from db.ingest.sources.accepted import accepted_ratings, accepted_tags
from tests.db.ingest.sources.test_layouts import ML_CSV, ML_DAT, ML_DAT_MOVIES

FLAGS = "0|0|0|0|0|1" + 13 * "|0"
RATINGS = [(user, film, 3.5, 964982703 + user) for user in range(1, 20) for film in (1, 2)]
ROWS = [f"{user},{film},{stars},{when}\n" for user, film, stars, when in RATINGS]


def parquet() -> bytes:
    frame = pd.DataFrame(RATINGS, columns=["user", "movie", "rating", "timestamp"])
    return frame.to_parquet()


def zipped(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


CSV = {name: text.encode() for name, text in ML_CSV.items()}
CSV["ratings.csv"] = ("userId,movieId,rating,timestamp\n" + "".join(ROWS)).encode()
LAYOUTS = {
    "csv": CSV,
    "dat": {name: text.encode() for name, text in ML_DAT.items()}
    | {"movies.dat": ML_DAT_MOVIES.encode("latin-1")},
    "100k": {
        "u.data": "".join(ROWS).replace(",", "\t").replace("3.5", "3").encode(),
        "u.item": f"1|Été (1995)|01-Jan-1995||x|{FLAGS}\n2|B||||{FLAGS}\n".encode("latin-1"),
    },
    "zip": {"set.zip": zipped(CSV)},
    "plain": {"mine.csv": CSV["ratings.csv"]},
    "parquet": {"mine.parquet": parquet()},
}
PATHS = {"zip": "set.zip", "plain": "mine.csv", "parquet": "mine.parquet"}

# Bytes that mean something to one reader or another
TELLING = (
    *(b'"', b",", b"::", b"\t", b"|", b"\n", b"\r", b"\r\n", b"\0", b"\xff", b"\xef\xbb\xbf"),
    *(b"-", b".", b"1e3", b"nan", b"inf", b"0x1", b" ", b"9" * 30, b"\xe2\x80\xa8", b"\x1f"),
)
PIECES = st.one_of(st.binary(max_size=6), st.sampled_from(TELLING))
EDIT = st.tuples(st.floats(0, 1), st.integers(0, 12), PIECES)  # where, bytes taken out, put in


def mutated(content: bytes, edits: list[tuple[float, int, bytes]]) -> bytes:
    for where, out, put_in in edits:
        at = int(where * len(content))
        content = content[:at] + put_in + content[at + out :]
    return content


def read_all(path: Path, directory: Path) -> Iterator[tuple]:
    """User, film, half stars, seconds of every rating that would be loaded."""
    source = open_source(str(path), Options())
    known = None if source.movies is None else set(source.movies["movie_id"])
    for rows in accepted_ratings(source, directory):
        assert known is None or known.issuperset(rows.movie_ids.tolist())
        yield from zip(*(column.tolist() for column in rows[:4]), strict=True)
    for tags in accepted_tags(source):
        assert all("\0" not in text for text in tags.texts)
    counts = source.rejections
    assert counts.rejected.total() == counts.reasons.total() >= len(counts.first)
    assert all(counts.rejected[file] <= counts.read[file] for file in counts.rejected)


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data(), edits=st.lists(EDIT, min_size=1, max_size=4))
def test_a_mutated_file_gives_valid_ratings_or_a_clear_refusal(tmp_path, layout, data, edits):
    files = LAYOUTS[layout]
    victim = data.draw(st.sampled_from(sorted(files)))
    for name, content in files.items():
        (tmp_path / name).write_bytes(mutated(content, edits) if name == victim else content)
    try:
        ratings = list(read_all(tmp_path / PATHS.get(layout, ""), tmp_path))
    except LoadError as error:
        assert str(error) and "\n" not in str(error)
    else:
        pairs = [rating[:2] for rating in ratings]
        assert len(set(pairs)) == len(pairs)
        assert all(1 <= half_stars <= 10 for _, _, half_stars, _ in ratings)
        assert all(0 <= n < 2**31 for rating in ratings for n in rating)


NUMBER = st.integers(-3, 12).map(str) | st.sampled_from(["", "x", "1.0", "99999999999", "٣"])
ORDINARY = [(str(user), "1", "3", "60") for user in range(100, 300)]
"""So many that the file is one of numbers, whatever stands in its other rows."""
STARS = st.sampled_from(["0.5", "3", "5.0", "4.50", "6", "0", "4.3", "nan", "", '"2.0"', "-1"])


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.lists(st.tuples(NUMBER, NUMBER, STARS, NUMBER), max_size=30), crlf=st.booleans())
@example(rows=[("1", "1", "5.0", "1"), ("1", "2", "3", "1"), ("1", "1", "3", "1")], crlf=True)
def test_every_row_is_either_loaded_as_it_is_or_rejected(tmp_path, rows, crlf):
    path = tmp_path / "mine.csv"
    rows = [*ORDINARY, *rows]
    lines = [",".join(row) for row in rows]
    text = ("\r\n" if crlf else "\n").join(["user,movie,rating,timestamp", *lines, ""])
    path.write_bytes(text.encode())
    source = open_source(str(path))
    found = [
        tuple(int(value) for value in row)
        for piece in accepted_ratings(source, tmp_path)
        for row in zip(*piece[:4], strict=True)
    ]
    expected: dict[tuple[int, int], tuple] = {}
    for user, film, stars, when in rows:
        plain = stars.strip('"')
        usable = all(n.isascii() and n.isdigit() and int(n) < 2**31 for n in (user, film, when))
        if usable and plain in ("0.5", "3", "5.0", "4.50", "2.0"):
            pair = int(user), int(film)
            if pair not in expected or int(when) >= expected[pair][3]:
                expected[pair] = (*pair, int(float(plain) * 2), int(when))
    assert sorted(found) == sorted(expected.values())
    assert source.rejections.reasons.total() == len(rows) - len(expected)
