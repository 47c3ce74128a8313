"""Where a film is elsewhere."""

import pytest

from dashboard.pictures.outside_links import outside_links


@pytest.mark.parametrize(
    ("imdb", "tmdb", "addresses"),
    [
        (None, None, None),
        ("0113277", None, ["https://www.imdb.com/title/tt0113277/"]),
        ("tt0113277", None, ["https://www.imdb.com/title/tt0113277/"]),
        ("113277", None, ["https://www.imdb.com/title/tt0113277/"]),
        (None, 949, ["https://www.themoviedb.org/movie/949"]),
        (
            "0113277",
            949,
            [
                "https://www.imdb.com/title/tt0113277/",
                "https://www.themoviedb.org/movie/949",
                "https://movielens.org/movies/6",
            ],
        ),
    ],
)
def test_links_where_the_dataset_has_ids(imdb, tmdb, addresses):
    found = outside_links(6, imdb, tmdb)
    assert (found and [each.href for each in found.children[1:]]) == addresses
