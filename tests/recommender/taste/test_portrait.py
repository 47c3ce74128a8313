"""One person's taste, worked by hand."""

import numpy as np
import pandas as pd
import pytest

from recommender.taste.portrait import COUNTS, portrait


def film(movie_id, stars, others, year=1995, genres="Drama"):
    """others: {rating: how many others gave it}."""
    counts = {f"h{half}": others.get(half / 2, 0) for half in range(1, 11)}
    about = {"movie_id": movie_id, "title": f"Film {movie_id}", "release_year": year}
    return about | {"genres": genres, "stars": stars} | counts


def drawn(*films):
    table = pd.DataFrame(films).astype({"release_year": "Int64"})
    usual = pd.Series({"Drama": 0.5, "War": 0.1}), pd.Series({1990: 0.75})
    return portrait(table, *usual)


def test_generosity_is_stars_above_the_others_with_its_interval():
    found = drawn(*(film(i, 4.0 + i % 2 / 2, {3.0: 2, 4.0: 2}) for i in range(6)))
    assert (found.films, found.average, found.others) == (6, 4.25, 3.5)
    assert found.generosity.mean == pytest.approx(0.75)
    half = 1.96 * np.std([0.5, 1.0] * 3, ddof=1) / 6**0.5
    assert found.generosity.low == pytest.approx(0.75 - half)
    assert np.isnan(drawn(film(1, 4.0, {3.0: 1})).generosity.low)


def test_each_film_counts_once_in_the_others_spread():
    found = drawn(film(1, 5.0, {1.0: 100}), film(2, 5.0, {2.0: 1, 3.0: 1}))
    assert found.spread.tolist() == [0] * 9 + [1]
    assert found.others_spread.tolist() == [0, 0.5, 0, 0.25, 0, 0.25, 0, 0, 0, 0]


def test_distance_is_beside_that_of_somebody_drawn_at_random():
    found = drawn(film(1, 5.0, {2.0: 5, 4.0: 5}), film(2, 1.0, {2.0: 5, 4.0: 5}))
    assert (found.distance, found.usual_distance) == (2.0, 1.0)


def test_the_rarest_opinions_come_first_and_films_of_few_raters_are_not_told():
    found = drawn(
        film(1, 1.0, {1.0: 10, 4.0: 90}),
        film(2, 5.0, {3.0: 100}),
        film(3, 3.0, {3.0: 100}),
        film(4, 0.5, {5.0: 4}),
    )
    assert found.opinions["movie_id"].tolist() == [2, 1, 3]
    assert found.opinions["rarity"].tolist() == [0, 0.1, 1]


def test_genres_are_favoured_beside_the_others_and_watched_beside_all():
    films = [film(i, 5.0, {3.0: 1}, genres="War|Drama") for i in range(3)]
    films += [film(i, 3.0, {3.0: 1}, year=None) for i in range(3, 6)]
    found = drawn(*films, film(9, 1.0, {1.0: 1}, genres=""))
    table = found.genres.set_index("genre")
    assert table.index.tolist() == ["War", "Drama"]
    assert table["films"].tolist() == [3, 6]
    assert table["share"].tolist() == [0.5, 1.0]
    assert table["usual_share"].tolist() == [0.1, 0.5]
    assert table.loc["War", "favour"] == pytest.approx(2 - found.generosity.mean)
    assert found.decades["decade"].tolist() == [1990]
    assert found.decades["usual_share"].tolist() == [0.75]


def test_what_nobody_else_rated_is_left_out():
    found = drawn(film(1, 5.0, {}), film(2, 4.0, {4.0: 9}))
    assert found.films == 1
    assert drawn(film(1, 5.0, {})).films == 0
    assert set(COUNTS) == {f"h{half}" for half in range(1, 11)}
