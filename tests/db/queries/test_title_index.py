"""What a search may get wrong and still find its film."""

import pytest

from db.queries.title_index import TitleIndex, compact, names

# By fame
TITLES = (
    ("Star Wars: Episode IV - A New Hope", 1977),
    ("Shawshank Redemption, The", 1994),
    ("Godfather, The", 1972),
    ("Spider-Man", 2002),
    ("WALL·E", 2008),
    ("Ghost", 1990),
    ("Fabulous Destiny of Amélie Poulain, The (Amélie)", 2001),
    ("Seven (a.k.a. Se7en)", 1995),
    ("Spider-Man 2", 2004),
    ("Amelia", 2009),
    ("Star Dust", None),
    ("Spider-Man", 1977),
    ("M", 1931),
    ("High Stakes", 1989),
)
INDEX = TitleIndex.of(
    range(len(TITLES)),
    [title if year is None else f"{title} ({year})" for title, year in TITLES],
    [float("nan") if year is None else year for _, year in TITLES],
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("spiderman", [3, 11, 8]),
        ("Spider Man", [3, 11, 8]),
        ("spiderman 1977", [11]),
        ("spider man (1977)", [11]),
        ("walle", [4]),
        ("wall-e", [4]),
        ("shawshenk redemtion", [1]),
        ("godfahter", [2]),
        ("teh godfather", [2]),
        ("ghst", [5]),
        ("amelie", [6]),
        ("se7en", [7]),
        ("star wasr", [0]),
        ("starwars", [0]),
        ("redemption", [1]),
        ("demption", []),
        ("gh stakes", [13]),  # nearly
        ("qqqqqq", []),
        ("m", []),
        ("", []),
        ("...", []),
        ("\0\ud800 a", []),
        ("spiderman 1950", []),
    ],
)
def test_the_film_that_is_meant(text, found):
    assert (INDEX.having(text) or INDEX.alike(text)) == found


def test_nothing_is_found_in_nothing():
    empty = TitleIndex.of([], [], [])
    assert empty.having("spiderman") == empty.alike("spiderman") == []


@pytest.mark.parametrize(
    ("title", "called"),
    [
        ("Heat (1995)", {"heat"}),
        (
            "City of Lost Children, The (Cité des enfants perdus, La) (1995)",
            {
                "cityoflostchildren",
                "thecityoflostchildren",
                "citedesenfantsperdus",
                "lacitedesenfantsperdus",
                "cityoflostchildrenthecitedesenfantsperdusla",
            },
        ),
        ("Alien: Resurrection", {"alienresurrection", "alien"}),
        ("(500) Days of Summer (2009)", {"500daysofsummer", "daysofsummer", "500"}),
        ("Seven (a.k.a. Se7en)", {"seven", "se7en", "sevenakase7en"}),
        ("(2010)", {""}),
    ],
)
def test_what_a_film_is_called(title, called):
    assert set(map(compact, names(title))) == called
