"""Text files of every dialect: what stands in them is read as it was meant, and reported."""

import pytest

from db.errors import LoadError
from db.ingest.sources.read_as import ReadAs

ROWS = [
    ("7", "1", "4.5", "964982703"),
    ("7", "2", "3", "964982704"),
    ("8", "1", "0.5", "964982705"),
]
RATINGS = [(7, 1, 4.5, 964982703), (7, 2, 3.0, 964982704), (8, 1, 0.5, 964982705)]
HEADER = ("userId", "movieId", "rating", "timestamp")


def written(separator=",", end="\n", header=True, decimal="."):
    rows = [[user, film, stars.replace(".", decimal), when] for user, film, stars, when in ROWS]
    return "".join(separator.join(row) + end for row in ([HEADER, *rows] if header else rows))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (written(";").encode(), "semicolon"),
        (written(";", decimal=",").encode(), "semicolon, comma decimals"),
        (written("\t").encode(), "tab"),
        (written("|").encode(), "bar"),
        (written("::").encode(), "double colon"),
        (written("::", header=False).encode(), "double colon, no header"),
        (written().encode("utf-16"), "utf-16"),
        (written(";", "\r\n").encode("utf-16-le"), "semicolon, utf-16-le"),
        (written().encode("utf-16-be"), "utf-16-be"),
        (written().encode("utf-32"), "utf-32"),
        (written(end="\r").encode(), "lines that end in carriage returns"),
        (written(end="\r", separator=";").encode("utf-16"), "utf-16, lines that end in carriage"),
        (written("\t", header=False).encode(), "tab, no header, user in column '1'"),
        (("\ufeff" + written(";")).encode(), "semicolon"),
    ],
)
def test_dialects_are_recognised_and_reported(tmp_path, read, content, words):
    (tmp_path / "mine.txt").write_bytes(content)
    found = read(tmp_path / "mine.txt")
    assert found.ratings == RATINGS and not found.rejected
    assert words in found.source.read_as[0]


def test_what_is_as_usual_is_not_reported(tmp_path, read):
    (tmp_path / "mine.csv").write_text(written())
    assert read(tmp_path / "mine.csv").source.read_as == ()


def test_what_is_said_goes_before_what_is_seen(tmp_path, read):
    path = tmp_path / "mine.csv"
    path.write_text("a;b;c\n7;1;4,5\n7;2;3,0\n")
    said = ReadAs(separator=";", decimal=",", header=True)
    columns = {"user": "a", "movie": "b", "rating": "c"}
    assert read(path, columns=columns, read_as=said).ratings == [(7, 1, 4.5, 0), (7, 2, 3.0, 0)]
    path.write_text("1,7,4.5\n2,7,3\n")
    found = read(path, columns={"user": "2", "movie": "1"}, read_as=ReadAs(header=False))
    assert found.ratings == [(7, 1, 4.5, 0), (7, 2, 3.0, 0)]


def test_an_encoding_that_nobody_knows(tmp_path, read):
    (tmp_path / "mine.csv").write_text(written())
    with pytest.raises(LoadError, match="no encoding called 'klingon': say one such as utf-8"):
        read(tmp_path / "mine.csv", read_as=ReadAs(encoding="klingon"))


def test_wide_text_that_was_cut_in_a_character(tmp_path, read):
    (tmp_path / "mine.csv").write_bytes(written().encode("utf-16")[:-1])
    with pytest.raises(LoadError, match=r"mine.csv can't be read.*truncated"):
        read(tmp_path / "mine.csv")


def test_names_of_one_byte_a_character(folder, read):
    titles = [f"Amélie {i} – fin" for i in range(4)]
    movies = "movieId,title\n" + "".join(f"{i},{title}\n" for i, title in enumerate(titles))
    found = read(folder({"ratings.csv": written(), "movies.csv": movies.encode("cp1252")}))
    assert [title for _, title, *_ in found.films] == titles
    assert found.source.read_as == ("movies.csv read as: cp1252",)
    said = read(folder({"ratings.csv": written(), "movies.csv": movies.encode("cp1250")}, "b"))
    assert [title for _, title, *_ in said.films] == titles


def test_damage_in_another_dialect_is_rejected_where_it_is(tmp_path, read):
    rows = ["8;1;4;0;964982706", "8;2;soon;964982706", 'x"y;1;4;964982706', "8;3;4;never", ""]
    (tmp_path / "mine.csv").write_text(written(";") + "\n".join(rows) + "9;1;4;964982707\n")
    found = read(tmp_path / "mine.csv")
    assert found.ratings == [*RATINGS, (9, 1, 4.0, 964982707)]
    assert sorted((line, reason) for _, line, reason in found.rejected) == [
        (5, "wrong number of fields"),
        (6, "rating off the scale or not a number"),
        (7, "user not a whole number"),
        (8, "timestamp missing, unreadable or out of range"),
    ]


def test_cells_of_several_lines(folder, read):
    movies = (
        'movieId,title,overview\n1,A (1999),"one\ntwo ""three"",\n\nfour"\n'
        '2,"B\r\n(2000)",plain\n3,"no end,x\n4,"D (2001)",\n'
    )
    found = read(folder({"ratings.csv": written(), "movies.csv": movies}))
    assert [film[:3] for film in found.films] == [
        (1, "A (1999)", 1999),
        (2, "B\n(2000)", 2000),
        (4, "D (2001)", 2001),
    ]
    assert found.rejected == [("movies.csv", 8, "wrong number of fields")]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_quotes_between_any_separators(tmp_path, read, separator):
    path = tmp_path / "mine.csv"
    quoted = [
        separator.join(['"7"', '"1"', '"4.5"', '"964982703"', f'"a{separator}""b"""']),
        separator.join(["7", "2", "3", "964982704", ""]),
    ]
    header = separator.join(["user", "movie", "rating", "timestamp", "said"])
    path.write_text("\n".join([header, *quoted, ""]))
    assert read(path).ratings == RATINGS[:2]


def test_cells_of_several_lines_across_blocks(tmp_path, read, monkeypatch):
    monkeypatch.setattr("db.ingest.sources.blocks.BLOCK_BYTES", 50)
    rows = "".join(f'{user};1;4;964982703;"said\nin {user}\nlines"\n' for user in range(1, 40))
    (tmp_path / "mine.csv").write_text("userId;movieId;rating;timestamp;comment\n" + rows)
    found = read(tmp_path / "mine.csv")
    assert [rating[0] for rating in found.ratings] == list(range(1, 40)) and not found.rejected


@pytest.mark.parametrize("end", ["9,1", "9,1,4.0,", "9,1,4.0,96498270"])
def test_a_file_that_was_cut_short_is_noticed(tmp_path, read, end):
    for name, separator in (("a.csv", ","), ("b.csv", ";")):
        (tmp_path / name).write_text(written(separator) + end.replace(",", separator))
        with pytest.raises(LoadError, match="is not complete: it ends in the middle of line 5"):
            read(tmp_path / name)


def test_one_joined_file_gives_films_too(tmp_path, read):
    (tmp_path / "all.csv").write_text(
        "user,movie,title,genres,rating\n7,1,A (1999),Drama/War,4\n8,1,A (1999),Drama/War,5\n"
        "7,2,B,Comedy,3\n"
    )
    found = read(tmp_path / "all.csv")
    assert found.films == [(1, "A (1999)", 1999, "Drama|War"), (2, "B", None, "Comedy")]
    assert found.ratings == [(7, 1, 4.0, 0), (7, 2, 3.0, 0), (8, 1, 5.0, 0)]
    assert not found.rejected
