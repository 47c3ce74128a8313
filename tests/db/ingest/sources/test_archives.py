"""Files that are no dataset: one clear line each, whatever they are."""

import struct
import zipfile

import pytest

from db.errors import LoadError
from tests.db.ingest.sources.test_layouts import ML_CSV


def refused(read, where):
    with pytest.raises(LoadError) as error:
        read(where)
    assert "\n" not in str(error.value)
    return str(error.value)


@pytest.mark.parametrize("name", ["../ratings.csv", "/x.csv", "a/../../b", "..\\b", "C:\\b"])
def test_a_path_outside_the_zip(zipped, read, name):
    message = refused(read, zipped({**ML_CSV, name: "x"}))
    assert "names a file outside itself" in message


def test_a_compression_bomb(zipped, read):
    bomb = {**ML_CSV, "ratings.csv": "1,1,1,1\n" * 3_000_000}
    assert "would grow from" in refused(read, zipped(bomb))


def test_a_member_that_is_larger_than_it_says(zipped, read):
    path = zipped({**ML_CSV, "ratings.csv": "userId,movieId,rating,timestamp\n1,1,1.0,9e8\n" * 99})
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        declared = struct.pack("<L", archive.getinfo("ratings.csv").file_size)
    path.write_bytes(data.replace(declared, struct.pack("<L", 40)))
    assert "can't be read" in refused(read, path)


def test_too_many_members(zipped, read):
    many = {f"{i}.txt": "" for i in range(20_001)}
    assert "20,005 files" in refused(read, zipped(ML_CSV | many))


def test_two_files_of_one_name(zipped, read):
    message = refused(read, zipped(ML_CSV | {"older/ratings.csv": "x"}))
    assert "two files called ratings.csv" in message


def test_an_encrypted_member(zipped, read):
    path = zipped(ML_CSV)
    data = bytearray(path.read_bytes())
    for signature, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = data.find(signature)
        data[at + flags] |= 1
    path.write_bytes(data)
    assert "encrypted" in refused(read, path)


@pytest.mark.parametrize("keep", [3, 30, 300, -1, -10, -30])
def test_a_zip_that_was_cut_short(zipped, read, keep):
    path = zipped(ML_CSV)
    path.write_bytes(path.read_bytes()[:keep])
    assert "no zip file" in refused(read, path)


def test_a_zip_with_a_damaged_member(zipped, read):
    path = zipped(ML_CSV)
    data = bytearray(path.read_bytes())
    data[60] ^= 0xFF
    path.write_bytes(data)
    assert "can't be read" in refused(read, path)


@pytest.mark.parametrize("name", ["a.zip", "a.csv", "a.parquet", "a"])
def test_an_empty_file(tmp_path, read, name):
    (tmp_path / name).touch()
    assert refused(read, tmp_path / name) == f"{tmp_path / name} is empty."


def test_an_empty_file_in_a_folder_or_zip(folder, zipped, read):
    files = ML_CSV | {"ratings.csv": ""}
    assert "ratings.csv is empty" in refused(read, folder(files))
    assert "ratings.csv in" in refused(read, zipped(files))


def test_nothing_but_a_header(folder, read):
    files = ML_CSV | {"movies.csv": "movieId,title,genres\n"}
    assert refused(read, folder(files)) == "movies.csv lists no films."


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("photo.csv", b"\x89PNG\r\n\x1a\n\x00\x00\xff", "is no CSV file"),
        ("notes.txt", b"Dear diary, today I saw a film.\n", "no column for the user"),
        ("r.parquet", b"PAR1" + bytes(100), "no Parquet file"),
        ("r.parquet", b"user,movie,rating,timestamp\n", "no Parquet file"),
        ("r.zip", b"user,movie,rating,timestamp\n", "no zip file"),
    ],
)
def test_the_wrong_file(tmp_path, read, name, content, words):
    (tmp_path / name).write_bytes(content)
    assert words in refused(read, tmp_path / name)


def test_the_wrong_place(tmp_path, folder, read):
    assert "Datasets with a name: sample, ml-latest-small" in refused(read, tmp_path / "nowhere")
    assert "has neither ratings.csv and movies.csv, nor" in refused(read, folder({"a.txt": "b"}))
    (tmp_path / "loop.csv").symlink_to("loop.csv")
    assert "no file or folder" in refused(read, tmp_path / "loop.csv")
    assert "is no file" in refused(read, "/dev/null")


def test_options_of_a_single_file_do_not_go_with_a_dataset(folder, read, tmp_path):
    with pytest.raises(LoadError, match="--movies and --column go with a single"):
        read(folder(ML_CSV), movies=tmp_path)
