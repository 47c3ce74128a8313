"""Datasets that are kept beside the current one, and those of earlier versions."""

import pytest
from sqlalchemy import text

from db.__main__ import main
from db.errors import OutdatedDataset
from db.ingest.swap import load
from db.store.engine import dataset, reading, writing
from tests.db.importing import dataset_schemas, source
from tests.db.ingest.dataset_contents import contents


def shown():
    with reading() as connection:
        return dataset(connection)


def names(capsys):
    capsys.readouterr()
    assert main(["list"]) == 0
    return {line.partition(": ")[0]: line for line in capsys.readouterr().out.splitlines()}


def made_old():
    """As if all datasets had been loaded by an earlier version, whose catalogue knew less."""
    with writing() as connection, connection.begin():
        connection.execute(text("update reelscope.datasets set layout = 'older'"))


def test_kept_datasets_are_listed_chosen_and_dropped(scratch, capsys):
    assert names(capsys) == {
        "No ratings are loaded yet. Load some with": "No ratings are loaded yet. Load some with:"
        " python -m db load sample"
    }
    load(source(name="first"))
    load(source([(1, 10, 4.0, 0), (2, 10, 1.0, 0)], name="second"), keep=True)
    load(source(name="third"))
    found = names(capsys)
    assert found.keys() == {"first", "second", "third"}
    assert "2 ratings of 1 film by 2 users" in found["second"] and "(kept)" in found["second"]
    assert "(shown; not kept: goes when another is loaded" in found["third"]
    assert main(["use", "First"]) == 0  # in whatever case
    assert "Shown: first: 1 rating" in capsys.readouterr().out
    assert (shown().name, shown().ratings, shown().others) == ("first", 1, 1)
    load(source(name="fourth"))
    assert names(capsys).keys() == {"first", "second", "fourth"}
    assert main(["drop", "second"]) == 0
    assert names(capsys).keys() == {"first", "fourth"}
    with reading() as connection:
        assert len(dataset_schemas(connection)) == 2


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["use", "none"], "There is no dataset called 'none'. There is: 'first'."),
        (["drop", "first"], "first is what is shown. Choose another first"),
        (["dump", "/nowhere/at/all"], "/nowhere/at/all can't be written: No such file"),
        (["dump", "."], ". is a folder: name a file in it, such as ratings.zip"),
    ],
)
def test_what_cannot_be_done_is_one_line(scratch, capsys, command, said):
    load(source(name="first"))
    assert main(command) == 1
    error = capsys.readouterr().err
    assert error.startswith(said) and error.count("\n") == 1
    assert shown().name == "first"


def test_a_dataset_loaded_again_takes_the_place_of_the_kept_one(scratch, capsys):
    load(source(name="mine"), keep=True)
    load(source([(1, 10, 4.0, 0), (2, 10, 1.0, 0)], name="mine"))
    load(source(name="other"))
    found = names(capsys)
    assert found.keys() == {"mine", "other"} and "2 ratings" in found["mine"]


def test_all_of_an_earlier_version_are_brought_over(scratch, capsys):
    load(source([(1, 10, 4.0, 60), (7, 10, 1.0, 0)], name="first"), keep=True)
    load(source(name="second"), keep=True)
    whole = shown()
    with writing() as connection, connection.begin():
        before = contents(connection, whole.schema)
        connection.execute(text(f"drop table {whole.schema}.mask_years"))
    made_old()
    with pytest.raises(OutdatedDataset, match="python -m db upgrade"), reading():
        pass
    assert main(["status"]) == 4
    assert "of an earlier version" in names(capsys)["first"]
    assert main(["upgrade"]) == 0
    said = capsys.readouterr().out
    assert "Brought over: first: 2 ratings" in said and "Brought over: second: 1 rating" in said
    assert shown().name == "second"
    with writing() as connection, connection.begin():
        assert contents(connection, shown().schema) == before
    assert all("earlier" not in line for line in names(capsys).values())
    assert main(["use", "first"]) == 0
    assert shown().ratings == 2
    assert main(["upgrade"]) == 0
    assert "Nothing to do" in capsys.readouterr().out


def test_a_backup_gives_back_every_table(scratch, tmp_path, capsys):
    path = tmp_path / "ratings.csv"
    path.write_text("userId,movieId,rating,timestamp\nann,tt1,10,60\nbob,tt2,3,70\nbob,tt9,1,80\n")
    (tmp_path / "movies.csv").write_text("movieId,title,genres\ntt1,A (1999),Drama\ntt2,B,War\n")
    (tmp_path / "tags.csv").write_text("userId,movieId,tag,timestamp\nann,tt1,slow,90\n")
    options = ["--scale", "1", "10", "--max-rejected", "50", "--name", "mine"]
    assert main(["load", str(tmp_path), *options]) == 0
    before = shown()
    with writing() as connection, connection.begin():
        tables = contents(connection, before.schema)
    backup = tmp_path / "backup.zip"
    assert main(["dump", str(backup)]) == 0
    load(source(name="other"))
    assert main(["restore", str(backup)]) == 0
    assert "mine: 2 ratings of 2 films by 2 users" in capsys.readouterr().out
    after = shown()
    assert (after.name, after.fingerprint) == ("mine", before.fingerprint)
    assert (after.scale, after.tags) == (before.scale, 1)
    with writing() as connection, connection.begin():
        assert contents(connection, after.schema) == tables
        histories = "select history, rejected ->> 'rows' from reelscope.datasets order by id desc"
        history, rejected = connection.execute(text(histories)).first()
        assert [each["source"] for each in history] == [str(tmp_path)] and rejected == "1"


def test_what_is_no_backup_says_so(scratch, tmp_path, capsys):
    path = tmp_path / "x.zip"
    path.write_bytes(b"PK")
    assert main(["restore", str(path)]) == 1
    said = capsys.readouterr().err
    assert "is no backup of `db dump`" in said and f"python -m db load {path}" in said


@pytest.mark.parametrize("share", [0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98])
def test_a_damaged_backup_is_refused_in_one_line(scratch, tmp_path, capsys, share):
    load(source([(user, 10, 4.0, user) for user in range(1, 200)], name="mine"))
    backup = tmp_path / "backup.zip"
    assert main(["dump", str(backup)]) == 0
    whole = bytearray(backup.read_bytes())
    for place in range(int(share * len(whole)), int(share * len(whole)) + 9):
        whole[place] ^= 0xFF
    backup.write_bytes(whole)
    before = shown()
    capsys.readouterr()
    assert main(["restore", str(backup)]) == 1
    error = capsys.readouterr().err
    assert "backup.zip" in error and error.count("\n") == 1
    assert shown() == before


def test_status_says_by_its_exit_code_what_there_is(scratch, capsys):
    assert main(["status"]) == 3
    load(source())
    assert main(["status"]) == 0
    made_old()
    assert main(["status"]) == 4
    assert "python -m db upgrade" in capsys.readouterr().out
