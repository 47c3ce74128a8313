"""`python -m db load`: options, what is said, and exit codes."""

import json
import threading

import pytest

from db.__main__ import main
from db.ingest.swap import load
from tests.db.importing import source

MOVIES = "movieId,title,genres\n1,A (1999),Drama\n2,B (2000),Comedy\n"


@pytest.fixture
def folder(tmp_path):
    """150 good ratings, and one on line 3 of a film that is not listed."""
    rows = [f"{user},{1 + user % 2},3.5,{964982703 + user}\n" for user in range(1, 151)]
    rows.insert(1, "1,9,3.5,964982703\n")
    (tmp_path / "ratings.csv").write_text("userId,movieId,rating,timestamp\n" + "".join(rows))
    (tmp_path / "movies.csv").write_text(MOVIES)
    (tmp_path / "tags.csv").write_text("userId,movieId,tag,timestamp\n1,1,dark,964982703\n")
    return tmp_path


def status(capsys):
    capsys.readouterr()
    assert main(["status", "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_what_was_left_out_is_listed_and_remembered(scratch, folder, capsys):
    assert main(["load", str(folder)]) == 0
    said = capsys.readouterr()
    assert said.err.splitlines() == [
        "ratings.csv line 3: unknown film",
        "Left out: unknown film (1 row).",
    ]
    assert said.out.splitlines()[-1].endswith(": 150 ratings of 2 films by 150 users")
    found = status(capsys)
    assert (found["ratings"], found["tags"]) == (150, 1)
    assert found["rejected"] == {
        "rows": 1,
        "reasons": {"unknown film": 1},
        "first": [
            {
                "file": "ratings.csv",
                "line": 3,
                "reason": "unknown film",
                "text": "1,9,3.5,964982703",
            }
        ],
    }
    assert main(["status"]) == 0
    assert "1 row (unknown film 1)" in capsys.readouterr().out


def test_equal_lines_are_said_once_and_so_is_one_of_each(scratch, tmp_path, capsys):
    rows = "1,1,4,964982703\n" + "2,9,4,964982703\n" * 200
    (tmp_path / "ratings.csv").write_text("userId,movieId,rating,timestamp\n" + rows)
    (tmp_path / "movies.csv").write_text(MOVIES)
    assert main(["load", str(tmp_path), "--max-rejected", "100"]) == 0
    said = capsys.readouterr()
    assert said.err.splitlines() == [
        "ratings.csv lines 3, 4, 5, 6, 7 and 95 more: unknown film",
        "Left out, the first 100 above: unknown film (200 rows).",
    ]
    assert said.out.splitlines()[-1].endswith(": 1 rating of 1 film by 1 user")
    assert main(["status"]) == 0
    assert "1 of 1 film by 1 user" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("share", "code"), [("0.5%", 1), ("0.005", 1), ("0", 1), ("1", 0), ("1%", 0), ("0.01", 0)]
)
def test_how_much_may_be_left_out(scratch, folder, capsys, share, code):
    load(source(name="before"))
    assert main(["load", str(folder), "--max-rejected", share]) == code
    error = capsys.readouterr().err.splitlines()[-1]
    assert ("1 of 151 rows of ratings.csv can't be used (0.66%" in error) == bool(code)
    assert status(capsys)["name"] == ("before" if code else folder.name)


def test_a_file_of_ones_own(scratch, folder, capsys):
    path = folder / "mine.csv"
    path.write_text("who,film,score,when\n7,1,100,60\n8,2,0,2001-01-01\n9,2,50,60\n")
    columns = ["user=who", "rating=score", "timestamp=when"]
    options = [word for column in columns for word in ("--column", column)]
    films = ["--movies", str(folder / "movies.csv")]
    assert main(["load", str(path), *options, *films, "--scale", "0", "100"]) == 0
    found = status(capsys)
    assert (found["name"], found["ratings"], found["genres"]) == (
        "mine.csv",
        3,
        ["Comedy", "Drama"],
    )
    assert found["last_rating"] == "2001-01-01T00:00:00+00:00"


def test_what_cannot_be_loaded_is_one_line_and_changes_nothing(scratch, folder, capsys):
    load(source(name="before"))
    (folder / "ratings.csv").write_text("userId,movieId,rating,timestamp\n1,1,3.5,9649\n2,1,")
    for arguments in ([str(folder)], [str(folder / "none")], ["sample", "--scale", "5", "1"]):
        capsys.readouterr()
        assert main(["load", *arguments]) == 1
        assert capsys.readouterr().err.count("\n") == 1
    assert status(capsys)["name"] == "before"


def test_a_second_importer_says_so_and_exits(scratch, folder, capsys, monkeypatch):
    monkeypatch.setattr("db.ingest.importer.LOCK_SECONDS", 0)
    inside, done = threading.Event(), threading.Event()

    def hold(step, share):
        inside.set()
        assert done.wait(30)

    first = threading.Thread(target=load, args=(source(name="first"), hold))
    first.start()
    assert inside.wait(30)
    try:
        assert main(["load", str(folder)]) == 1
    finally:
        done.set()
        first.join()
    assert "Another import is running" in capsys.readouterr().err
    assert status(capsys)["name"] == "first"


@pytest.mark.parametrize("words", [["--max-rejected", "2x"], ["--max-rejected", "101"]])
def test_options_that_make_no_sense(capsys, words):
    with pytest.raises(SystemExit):
        main(["load", "sample", *words])
    assert "is not a" in capsys.readouterr().err
