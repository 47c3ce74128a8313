"""Ids that are no numbers of ours get such numbers, and are kept."""

import pandas as pd
import pytest

from db.ingest.sources.original_ids import kind_of
from db.ingest.sources.read_as import ReadAs

UUIDS = [f"{i:08x}-9c0b-4ef8-bb6d-6bb9bd380a11" for i in range(4)]


@pytest.mark.parametrize(
    ("ids", "kind"),
    [
        (["1", "2", "2147483647", "0"], "numbers"),
        (["1", "x", "", "-1", *map(str, range(20))], "numbers"),
        (["1.0", "2.0", "30.0"], "whole"),
        ([" 1", " 2", "3"], "numbers"),
        ([" 1", " 2", " 3"], "whole"),
        (UUIDS, "texts"),
        (["tt0111161", "tt0068646", "tt0071562"], "texts"),
        (["0439554934", "043965548X", "0345339703"], "texts"),
        (["B000123ABC", "0345339703", "B000123ABD", "1", "B000123ABE"], "texts"),
        (["9223372036854775807", "3000000000", "5000000000"], "texts"),
        (["-5", "-6", "7", "-8"], "texts"),
        ([], "numbers"),
    ],
)
def test_the_kind_of_ids(ids, kind):
    assert kind_of(ids) == kind


def rated(users, films):
    pairs = enumerate(zip(users, films, strict=False))
    rows = [f"{user},{film},4,96498270{i}\n" for i, (user, film) in pairs]
    return "user,movie,rating,timestamp\n" + "".join(rows)


def test_texts_become_numbers_in_all_files(folder, read):
    films = ["tt0111161", "tt0068646", "tt0071562", "tt9999999"]
    listed = "movieId,title\n" + "".join(f"{film},Film {film}\n" for film in films[:3])
    tags = f"userId,movieId,tag,timestamp\n{UUIDS[2]},tt0071562,dark,964982703\n"
    links = "movieId,imdbId,tmdbId\ntt0111161,tt0111161,278.0\n"
    files = {"ratings.csv": rated(UUIDS, films), "movies.csv": listed}
    found = read(folder(files | {"tags.csv": tags, "links.csv": links}))
    movies = found.source.movies
    assert movies.movie_id.tolist() == [1, 2, 3]
    assert movies.original_id.tolist() == films[:3]
    assert movies.imdb_id[0] == "0111161" and movies.tmdb_id[0] == 278
    assert [rating[:2] for rating in found.ratings] == [(1, 1), (2, 2), (3, 3)]
    assert found.tags == [(3, 3, "dark", 964982703)]
    assert found.source.ids.users.originals()[3] == UUIDS[2]
    assert found.reasons == {"unknown film": 1}


def test_films_that_are_not_listed_keep_their_ids(tmp_path, read):
    (tmp_path / "r.csv").write_text(rated("1234", ["b-1", "b-2", "b-3", "b-1"]))
    found = read(tmp_path / "r.csv")
    assert [rating[1] for rating in found.ratings] == [1, 2, 3, 1]
    assert found.source.ids.films.originals() == {1: "b-1", 2: "b-2", 3: "b-3"}


def test_one_file_of_texts_makes_all_of_them_texts(folder, read):
    ratings = rated("1234", ["0439554934", "043965548X", "0345339703", "0001"])
    films = "isbn;title\n0439554934;A\n043965548X;B\n0345339703;C\n"
    found = read(folder({"ratings.csv": ratings, "movies.csv": films}))
    assert [rating[1] for rating in found.ratings] == [1, 2, 3]
    assert found.source.movies.original_id.tolist() == ["0439554934", "043965548X", "0345339703"]


def test_whole_numbers_stay_as_they_are(tmp_path, read):
    (tmp_path / "r.csv").write_text(rated(["7.0", "8.0", "9.0"], ["1", "2", "3"]))
    assert [rating[:2] for rating in read(tmp_path / "r.csv").ratings] == [(7, 1), (8, 2), (9, 3)]


def test_numbers_can_be_taken_for_texts(tmp_path, read):
    (tmp_path / "r.csv").write_text(rated("789", "123"))
    found = read(tmp_path / "r.csv", read_as=ReadAs(ids="texts"))
    assert found.source.ids.users.originals() == {1: "7", 2: "8", 3: "9"}


@pytest.mark.parametrize(
    ("users", "expected"),
    [
        (UUIDS, UUIDS),
        ([2**40, 2**41, 2**42, 7], [str(2**40), str(2**41), str(2**42), "7"]),
        ([-1, -2, -3, 4], ["-1", "-2", "-3", "4"]),
    ],
)
def test_parquet(tmp_path, read, users, expected):
    frame = pd.DataFrame({"user": users, "movie": [1.0, 2.0, 3.0, 4.0], "rating": "4"})
    frame.to_parquet(tmp_path / "r.parquet")
    found = read(tmp_path / "r.parquet")
    assert [rating[:3] for rating in found.ratings] == [(i, i, 4.0) for i in range(1, 5)]
    assert list(found.source.ids.users.numbers) == expected
    assert not found.source.has_times
