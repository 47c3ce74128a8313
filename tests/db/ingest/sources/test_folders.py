"""Datasets wherever they are: packed, in folders and archives, in parts, beside each other."""

import bz2
import gzip
import io
import lzma
import os
import tarfile
import zipfile

import pandas as pd
import pyarrow as pa
import pytest

from db.errors import LoadError
from tests.db.ingest.sources.test_layouts import FILMS, ML_CSV, RATINGS, TAGS

PACKERS = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": lambda data: pa.Codec("zstd").compress(data, asbytes=True),
}


def zipped_bytes(files):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize("kind", PACKERS)
def test_packed_files_alone_and_in_a_folder(folder, read, kind):
    packed = {f"{name}.{kind}": PACKERS[kind](text.encode()) for name, text in ML_CSV.items()}
    where = folder(packed)
    found = read(where)
    assert (found.films, found.ratings, found.tags) == (FILMS, RATINGS, TAGS)
    alone = read(where / f"ratings.csv.{kind}")
    assert (alone.source.name, alone.films, alone.ratings) == ("ratings.csv", FILMS, RATINGS)


@pytest.mark.parametrize("kind", ["gz", "bz2", "xz"])
def test_a_packed_file_that_was_cut_short(tmp_path, read, kind):
    data = PACKERS[kind](ML_CSV["ratings.csv"].encode() * 200)
    (tmp_path / f"r.csv.{kind}").write_bytes(data[: len(data) * 2 // 3])
    with pytest.raises(LoadError, match=r"r.csv can't be read"):
        read(tmp_path / f"r.csv.{kind}")


@pytest.mark.parametrize("name", ["set.tar", "set.tar.gz", "set.tgz", "set.tar.bz2", "set.tar.xz"])
def test_a_tar(tmp_path, read, name):
    mode = {"gz": "w:gz", "tgz": "w:gz", "bz2": "w:bz2", "xz": "w:xz"}.get(name.split(".")[-1], "w")
    with tarfile.open(tmp_path / name, mode) as archive:
        for file, text in ML_CSV.items():
            member = tarfile.TarInfo(f"ml/{file}")
            member.size = len(text.encode())
            archive.addfile(member, io.BytesIO(text.encode()))
    found = read(tmp_path / name)
    assert (found.source.name, found.films, found.ratings) == ("set", FILMS, RATINGS)
    assert found.tags == TAGS


def test_a_tar_that_is_none_or_leads_outside(tmp_path, read):
    (tmp_path / "a.tar").write_bytes(b"nothing of the kind")
    with pytest.raises(LoadError, match="is no tar file, or a damaged one"):
        read(tmp_path / "a.tar")
    with tarfile.open(tmp_path / "b.tar", "w") as archive:
        archive.addfile(tarfile.TarInfo("../ratings.csv"))
    with pytest.raises(LoadError, match="names a file outside itself"):
        read(tmp_path / "b.tar")


def test_a_zip_in_a_zip_and_a_folder_in_a_folder(tmp_path, zipped, read):
    inside = {f"deep/down/{name}": text for name, text in ML_CSV.items()}
    found = read(zipped({"download/ml.zip": zipped_bytes(inside), "readme.txt": "x"}))
    assert (found.films, found.ratings) == (FILMS, RATINGS)
    for name, text in inside.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    assert read(tmp_path / "deep").ratings == RATINGS


def test_names_in_another_case(folder, read):
    files = {"Ratings.csv": ML_CSV["ratings.csv"], "MOVIES.CSV": ML_CSV["movies.csv"]}
    assert read(folder(files)).films == FILMS


def test_a_list_of_films_beside_a_file_of_ratings(folder, read):
    where = folder(ML_CSV)
    assert read(where / "ratings.csv").films == FILMS
    (where / "movies.csv").unlink()
    assert read(where / "ratings.csv").source.movies is None


def test_single_files_of_movielens(folder, read):
    (dat,) = folder({"ratings.dat": "1::2::5::978300760\n1::1::3::978302109\n"}, "a").iterdir()
    assert read(dat).ratings == [(1, 1, 3.0, 978302109), (1, 2, 5.0, 978300760)]
    (data,) = folder({"u.data": "196\t1\t3\t881250949\n22\t2\t1\t878887116\n"}, "b").iterdir()
    assert sorted(read(data).ratings) == [(22, 2, 1.0, 878887116), (196, 1, 3.0, 881250949)]


@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_a_folder_of_parts(tmp_path, read, kind):
    frame = pd.DataFrame(
        {"user": [1, 1, 2, 3], "movie": [1, 2, 1, 1], "rating": 4.0, "timestamp": 60}
    )
    frame = pd.concat([frame, frame.assign(timestamp=[50, 90, 50, 50])])
    for part in range(4):
        rows = frame[part * 2 : part * 2 + 2]
        path = tmp_path / f"part-0000{part}-x.{kind}"
        rows.to_parquet(path) if kind == "parquet" else rows.to_csv(path, index=False)
    (tmp_path / "_SUCCESS").touch()
    found = read(tmp_path)
    assert sorted(found.ratings) == [
        (1, 1, 4.0, 60),
        (1, 2, 4.0, 90),
        (2, 1, 4.0, 60),
        (3, 1, 4.0, 60),
    ]
    assert found.reasons == {"duplicate user–film pair": 4}
    assert "4 files of ratings" in found.source.read_as[0]


def test_parquet_ratings_with_films_beside(tmp_path, read):
    pd.DataFrame({"user": [1], "movie": [7], "rating": [4.0]}).to_parquet(
        tmp_path / "ratings.parquet"
    )
    pd.DataFrame({"movie": [7], "title": ["A (1999)"]}).to_parquet(tmp_path / "movies.parquet")
    for where in (tmp_path, tmp_path / "ratings.parquet"):
        assert read(where).films == [(7, "A (1999)", 1999, "")]


def test_other_names_of_files_and_columns(folder, read):
    files = {
        "BX-Book-Ratings.csv": '"User-ID";"ISBN";"Book-Rating"\n"1";"0439554934";"4"\n',
        "books.csv": "book;name\n0439554934;A\n",
    }
    found = read(folder(files), columns={"movies.movie": "book"})
    assert found.films == [(439554934, "A", None, "")] and len(found.ratings) == 1


def test_a_subset_with_all_links_and_tags(folder, read):
    files = ML_CSV | {"movies.csv": "movieId,title,genres\n1,Toy Story (1995),Comedy\n"}
    found = read(
        folder(files | {"ratings.csv": "userId,movieId,rating,timestamp\n1,1,4.0,964982703\n"})
    )
    assert found.ratings == [(1, 1, 4.0, 964982703)] and found.tags == TAGS[:1]
    assert found.reasons == {"unknown film": 2}
    assert found.source.rejections.too_many(0.01) is None


def test_links_that_cannot_be_read_are_left_out_and_said(folder, read):
    found = read(folder(ML_CSV | {"links.csv": "what;where\n1;2\n"}))
    assert found.ratings == RATINGS
    assert "links.csv is left out: links.csv has no column for the movie" in found.source.read_as[0]


def test_what_is_there_and_what_is_missing(folder, read):
    where = folder({"movies.csv": ML_CSV["movies.csv"], "notes.txt": "x"})
    with pytest.raises(
        LoadError, match=r"neither ratings.csv and .* There is movies.csv, notes.txt\."
    ):
        read(where)
    two = {"my-ratings.csv": ML_CSV["ratings.csv"], "her-ratings.csv": ML_CSV["ratings.csv"]}
    with pytest.raises(LoadError, match=r"her-ratings.csv, my-ratings.csv\. Name one"):
        read(folder(two, "two"))


def test_a_pipe_is_refused(tmp_path, read):
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(LoadError, match=r"pipe.csv is a pipe, and files are read twice: save it"):
        read(tmp_path / "pipe.csv")
