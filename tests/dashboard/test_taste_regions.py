from dashboard.taste_regions import theme_names
from recommender.models.nmf_themes import MovieTheme

TITLES = {1: "Fargo (1996)", 2: "Piano, The (1993)", 3: "Alien (1979)"}


def theme(genres: tuple[str, ...], years: tuple[int, int] | None, movie: int) -> MovieTheme:
    return MovieTheme(0, genres, years, (movie,))


def test_genres_alone_name_a_theme_that_shares_them_with_none():
    themes = [theme(("Sci-Fi", "Horror"), (1979, 1986), 3), theme((), None, 1)]
    assert theme_names(themes, TITLES) == ["Sci-Fi and Horror", "Of many genres"]


def test_themes_of_the_same_genres_are_told_apart_by_decade_and_then_by_a_film():
    themes = [
        theme(("Drama",), (1988, 1999), 1),
        theme(("Drama",), (1990, 1997), 2),
        theme(("Drama",), (1950, 1960), 3),
    ]
    assert theme_names(themes, TITLES) == [
        "Drama like Fargo",
        "Drama like The Piano",
        "Drama of the 1950s",
    ]


def test_no_two_names_are_alike_even_where_nothing_is_known():
    themes = [theme((), None, 1), theme((), None, 1), theme((), None, 9)]
    names = theme_names(themes, TITLES)
    assert len(set(names)) == 3
    assert names[2] == "Of many genres like film 9"
