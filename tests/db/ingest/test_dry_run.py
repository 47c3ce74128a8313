"""`python -m db load SOURCE --dry-run`: what it says, without a database."""

import pytest

from db.__main__ import main

RATINGS = [f"{user};{1 + user % 2};3,5;1.2.2024\n" for user in range(1, 151)]
MOVIES = "movieId,title,genres\n1,A (1999),Drama/War\n2,B (2000),Comedy\n"


@pytest.fixture(autouse=True)
def no_database(tmp_path, monkeypatch):
    monkeypatch.setenv("REELSCOPE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")


@pytest.fixture
def folder(tmp_path):
    def write(rows):
        (tmp_path / "ratings.csv").write_text("userId;movieId;rating;timestamp\n" + "".join(rows))
        (tmp_path / "movies.csv").write_text(MOVIES)
        return str(tmp_path)

    return write


def test_all_that_was_understood(folder, capsys):
    where = folder([*RATINGS, "7;9;4,0;1.2.2024\n", "1;2;4,0;1.2.2023\n"])
    assert main(["load", where, "--dry-run"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[:2] == [
        "ratings.csv read as: semicolon, comma decimals, times: day-first",
        "movies.csv read as: genres between /",
    ]
    assert said[2].endswith(
        ": 150 ratings of 2 films by 150 users, 2024-02-01 to 2024-02-01; 2 films listed"
    )
    assert len([line for line in said if line.startswith("  user")]) == 5
    assert said[3] == "  user 1, film 2 'B (2000)': 3.5 stars, 2024-02-01 00:00:00"
    assert said[8:] == [
        "Left out: unknown film (1 row)",
        "  ratings.csv line 152: 7;9;4,0;1.2.2024",
        "Left out: duplicate user–film pair (1 row)",
        "  ratings.csv line 153: 1;2;4,0;1.2.2023",
        "Nothing was loaded: this was a dry run.",
    ]


def test_what_would_be_refused(folder, capsys):
    where = folder([row.replace("3,5", str(i % 10 + 1)) for i, row in enumerate(RATINGS)])
    assert main(["load", where, "--dry-run"]) == 1
    said = capsys.readouterr()
    assert "ratings seem to go from 1 to 10: say --scale 1 10" in said.out
    assert "  ratings.csv line 7: 6;1;6;1.2.2024" in said.out.splitlines()
    assert said.err.startswith("75 of 150 rows of ratings.csv can't be used")
    assert "say --scale 1 10." in said.err
    assert main(["load", where, "--dry-run", "--scale", "1", "10"]) == 0
    said = capsys.readouterr().out
    assert "150 ratings" in said and "user 1, film 2 'B (2000)': 1 (1 to 10), " in said


def test_texts_without_times_and_without_films(tmp_path, capsys):
    path = tmp_path / "mine.csv"
    path.write_text("user,movie,rating\n" + "ann,tt01,4\nbob,tt02,3\ncy,tt03,5\ncy,tt03,2\n")
    assert main(["load", str(path), "--dry-run"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert "mine.csv: 3 ratings of 3 films by 3 users, no times" in said
    assert "  user cy, film tt03: 2 stars" in said


def test_nothing(tmp_path, capsys):
    (tmp_path / "mine.csv").write_text("user,movie,rating,timestamp\n")
    assert main(["load", str(tmp_path / "mine.csv"), "--dry-run"]) == 1
    assert capsys.readouterr().err == "mine.csv has no ratings.\n"


def test_the_order_of_a_file_does_not_matter(folder, capsys, monkeypatch):
    monkeypatch.setattr("db.ingest.sources.blocks.BLOCK_BYTES", 200)
    where = folder([*RATINGS, "1;2;4,0;1.2.2025\n"])
    assert main(["load", where, "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert ": 150 ratings of 2 films by 150 users, 2024-02-01 to 2025-02-01" in said
