"""What docs/shapes_of_data.md shows of `--dry-run` is what it says of the files made here."""

import gzip
import json
import re
import shlex
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.__main__ import main

PAGE = Path(__file__).parents[3] / "docs" / "shapes_of_data.md"
SHAPES = re.findall(
    r"^    \$ python -m db (.*)\n((?:    .*\n)+)", PAGE.read_text("utf-8"), re.MULTILINE
)
TITLES = {1: "Amélie (2001)", 2: "Alien (1979)", 3: "Heat (1995)"}
NAMES = {1: "ann", 2: "bob", 3: "cy", 4: "dee"}


def half(user, film):
    """1.5 to 5."""
    return min(5, 1 + user * film / 2)


def whole(user, film):
    """1 to 5."""
    return int(half(user, film))


def anime(user, film):
    """6 to 10, or -1 for none."""
    return -1 if user + film == 4 else max(6, 12 - user - film)


def table(header, line):
    """A row for each of four users and three films."""
    rows = "".join(f"{line(user, film)}\n" for user in (1, 2, 3, 4) for film in (1, 2, 3))
    return f"{header}\n{rows}" if header else rows


def in_sqlite():
    """The bytes of a file with tables ratings and films."""
    with closing(sqlite3.connect(":memory:")) as base:
        base.execute("create table ratings (user_id, film_id, stars, rated_at)")
        base.execute("create table films (id, title, genres)")
        rows = [(u, f, half(u, f), f"2024-01-0{u}") for u in (1, 2, 3, 4) for f in (1, 2, 3)]
        base.executemany("insert into ratings values (?, ?, ?, ?)", rows)
        base.executemany("insert into films values (?, ?, 'Drama')", TITLES.items())
        return base.serialize()


TIMED, UNTIMED = "user,movie,rating,time", "user,movie,rating"
PACKED = table(TIMED, lambda u, f: f"{u},{f},{half(u, f)},2024-01-0{u} 10:00:00")
FILES = {
    "excel.csv": table(
        TIMED.replace(",", ";"),
        lambda u, f: f"{u};{f};" + f"{half(u, f):.1f}".replace(".", ",") + f";{12 + f}.{u}.2024",
    ),
    "films.csv": (
        "movie;title;genres\n" + "".join(f"{n};{title};Drama/War\n" for n, title in TITLES.items())
    ).encode("utf-16"),
    "goodbooks.csv": table(UNTIMED, lambda u, f: f"{u},{f},{whole(u, f)}"),
    "imdb-ids.csv": table(
        TIMED, lambda u, f: f"{NAMES[u]},tt000000{f},{whole(u, f)},{1_500_000_000 + u}000"
    ),
    "anime.csv": table(UNTIMED, lambda u, f: f"{u},{f},{anime(u, f)}"),
    "amazon.csv": table(
        "",
        lambda u, f: f"A{u}CX7LUOHB2NDG,B00000000{f},{whole(u, f)}.0,{1_400_000_000 + 100 * u + f}",
    ),
    "us-dates.csv": table(TIMED, lambda u, f: f"{u},{f},{half(u, f)},{u}/{f}/2024"),
    "packed.csv.gz": gzip.compress(PACKED.encode()),
    "joined.csv": table(
        "user,movie,title,genres,rating,time",
        lambda u, f: f"{u},{f},{TITLES[f]},\"['Drama', 'War']\",{half(u, f)},2024",
    ),
    "letter.tsv": table(
        UNTIMED.replace(",", "\t"), lambda u, f: f"{u}\t{f}\t{'★' * whole(u, f):☆<5}"
    ),
    "cut.csv": PACKED + "4,3",
    "reviews.jsonl": table(
        "",
        lambda u, f: json.dumps(
            {"reviewerID": NAMES[u], "asin": f"B0{f}", "overall": whole(u, f), "text": "Well, …"}
        ),
    ),
    "mine.sqlite": in_sqlite(),
    "mine.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
}


def test_the_page_shows_ten_shapes_or_more():
    assert len({command.split()[1] for command, _ in SHAPES}) >= 10 and len(SHAPES) >= 12


@pytest.mark.parametrize(("command", "shown"), SHAPES, ids=[command for command, _ in SHAPES])
def test_what_the_page_shows_is_said(tmp_path, monkeypatch, capsys, command, shown):
    monkeypatch.chdir(tmp_path)
    for name, content in FILES.items():
        data = content if isinstance(content, bytes) else content.encode()
        (tmp_path / name).write_bytes(data)
    main(shlex.split(command))
    said = capsys.readouterr()
    assert (said.out + said.err).splitlines() == [line[4:] for line in shown.splitlines()]
