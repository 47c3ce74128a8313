"""Users under narrow filters where a sample is kept: the margin covers the truth at every size."""

import random

import numpy as np
import pytest

from benchmarks.scale.generator import generate
from db import queries
from db.filters.rating_filters import RatingFilters
from db.ingest.sources import Options, open_source
from db.ingest.swap import load
from db.similarity.few_ratings import FEW
from db.store.engine import dataset, reading
from tests.db import plain_ratings
from tests.db.importing import emptied
from tests.db.random_filters import GENRES

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def millions(second_server, tmp_path_factory):
    """Three million generated ratings are loaded; they and their films as plain pandas has them."""
    directory = tmp_path_factory.mktemp("millions")
    generate(directory, 3_000_000)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATABASE_URL", second_server)
        emptied()
        load(open_source(str(directory), Options(), lambda step, done: None))
        ratings = plain_ratings.movielens(directory)
        yield ratings[["user_id", "movie_id", "month"]], ratings.drop_duplicates("movie_id")


def narrow(seed: int, n: int) -> list[RatingFilters]:
    """Of one genre or two, a few release years or months, or both."""
    chance = random.Random(seed)
    found = []
    for _ in range(n):
        year, rated = chance.randint(1925, 2014), chance.randint(1997, 2015)
        month = chance.randint(1, 12)
        parts = [
            f"genres={','.join(chance.sample(GENRES, chance.randint(1, 2)))}",
            f"released={year}-{year + chance.randint(0, 5)}",
            chance.choice([f"rated={rated}-{month:02}", f"rated={rated}"]),
        ]
        query = "&".join(chance.sample(parts, chance.randint(1, 3)))
        found.append(RatingFilters.from_query(query)[0])
    return found


def raters(ratings, films, filters) -> np.ndarray:
    """Who gave each rating that passes."""
    keep = ratings["movie_id"].isin(films["movie_id"][filters.passing_films(films)])
    if filters.rated:
        keep &= ratings["month"].between(*(f"{end}-01" for end in filters.rated))
    return ratings["user_id"].to_numpy()[keep.to_numpy()]


def test_the_margin_covers_the_users(millions, monkeypatch):
    covered: dict[tuple[str, str], list[bool]] = {}
    for filters in narrow(12, 200):
        given = raters(*millions, filters)
        users = len(np.unique(given))
        size = "under 20" if users < 20 else "under 100" if users < 100 else "more"
        for few in (FEW, 0):
            monkeypatch.setattr("db.similarity.few_ratings.FEW", few)
            with reading() as connection:
                assert dataset(connection).users_one_in == 20
                seen = queries.summary(connection, filters)
            assert seen.ratings == len(given)
            way = "estimated" if seen.users_estimated else "counted"
            right = abs(seen.users - users) <= seen.users_margin
            covered.setdefault((way, size), []).append(right)
            if few and len(given) <= 50_000:
                assert way == "counted" and seen.users == users
    assert {size for way, size in covered if way == "estimated"} == {
        "under 20",
        "under 100",
        "more",
    }
    for group, right in covered.items():
        assert sum(right) >= (1 if "counted" in group else 0.95) * len(right), (group, sum(right))
