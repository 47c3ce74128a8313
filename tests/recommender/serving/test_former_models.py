"""When a dataset changes, the models of the one before answer until the new ones are trained."""

import numpy as np
import pandas as pd
import pytest

from db.ingest.swap import load
from db.store.engine import dataset, reading
from db.store.training_data import all_movies
from recommender.models import MODELS
from recommender.serving import artifacts, kept_intervals, shelves, training
from recommender.serving.former_models import current_numbers
from recommender.serving.trained_models import TrainedModels, is_former
from tests.db.importing import source
from tests.recommender.serving.two_datasets import (
    OTHERS,
    RATINGS,
    forget_models,
    load_first,
    load_second,
)

COLUMNS = ["movie_id", "title", "release_year"]
EVEN = {100: 5.0, 98: 4.5}  # who likes films a and c, in the numbers of OTHERS


@pytest.fixture
def own_home(scratch, monkeypatch, tmp_path):
    """An empty database, and no models yet: not in memory, either."""
    monkeypatch.setattr(artifacts, "home", lambda: tmp_path)
    forget_models()


def trained_models() -> TrainedModels:
    """What a request has."""
    with reading() as connection:
        return TrainedModels.of(dataset(connection), lambda: all_movies(connection))


def test_nothing_answers_before_the_first_training(own_home):
    load_first()
    models = trained_models()
    assert models.former is None
    assert models.answering("user-cosine") is None
    assert models.matrix is None


def test_the_former_models_answer_until_the_new_ones_are_trained(own_home):
    load_first()
    training.train(["user-cosine"])
    load_second()

    models = trained_models()
    model = models.answering("user-cosine")
    assert is_former(model) and models.former.name == "first"
    best = shelves.top(model, EVEN, n=20)
    assert {film.title for film in best[:3]} == {"Number e", "Number i", "Number k"}
    assert {film.movie_id for film in best} == {film[0] for film in OTHERS} - EVEN.keys()
    everything = {film[1].removesuffix(f" ({film[2]})"): film[0] for film in OTHERS}
    assert all(everything[film.title] == film.movie_id for film in best)
    assert models.every() == [model]
    assert set(models.matrix.movie_ids[models.matrix.without([])]) == {film[0] for film in OTHERS}
    assert set(models.questions(20, skip=[100])) == {film[0] for film in OTHERS} - {100}

    training.train(["user-cosine"])
    models = trained_models()
    assert not is_former(models.answering("user-cosine"))
    assert models.matrix.fingerprint == models.fingerprint
    assert models.questions(20, []) and models.every() == [models.model("user-cosine")]


def test_a_model_waits_for_its_own_kind_rather_than_for_another(own_home):
    """Of the new dataset popularity is there within a second, the default model after minutes."""
    load_first()
    training.train(["user-cosine", "popularity"])
    load_second()
    training.train(["popularity"])
    models = trained_models()
    assert not is_former(models.answering("popularity"))
    assert is_former(models.answering("user-cosine"))


def test_what_can_not_be_trained_on_the_new_dataset_is_not_answered_by_former_models(
    own_home, monkeypatch
):
    load_first()
    training.train(["user-cosine", "popularity"])
    load_second()
    monkeypatch.setattr(MODELS["user-cosine"], "most_ratings", 1)
    assert trained_models().answering("user-cosine").label == MODELS["popularity"].label


def test_ratings_added_to_a_dataset_are_answered_by_its_former_models(own_home):
    load_first()
    training.train(["user-cosine"])
    load_first((31, 1, 4.0, 0))
    models = trained_models()
    assert is_former(models.answering("user-cosine")) and models.former.name == "first"
    best = shelves.top(models.answering("user-cosine"), {0: 5.0, 2: 4.5}, n=20)
    assert {film.movie_id for film in best} == set(range(12)) - {0, 2}


def test_a_dataset_of_other_films_has_to_wait(own_home):
    load_first()
    training.train(["popularity"])
    load(source(RATINGS, [(n, f"Another {n}", 1990 + n, "") for n in range(12)]))
    assert trained_models().answering("popularity") is None
    assert trained_models().matrix is None


def test_a_half_trained_dataset_is_passed_over(own_home):
    load_first()
    training.train(["popularity"])
    load_second()
    training.current_matrix()
    load_first((31, 1, 4.0, 0))
    assert trained_models().former.name == "first"


def test_former_models_of_other_source_do_not_answer(own_home, edited):
    load_first()
    training.train(["popularity"])
    load_second()
    edited("recommender.models.popularity", "def ", "async def ")
    assert trained_models().answering("popularity") is None


def films(*rows) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS).astype({"release_year": "Int64"})


def test_films_are_the_same_by_title_and_year():
    former = films(
        (1, "Heat", 1995),
        (2, "Heat", 1986),
        (3, "Solaris (1972)", 1972),
        (4, "Twice", 2000),
        (5, "Twice", 2000),
        (6, "Gone", 1999),
        (7, "Without a year", None),
        (8, "(untitled film 8)", None),
    )
    current = films(
        (1, "Solaris", 1972),
        (2, "Heat", 1995),
        (5, "Twice", 2000),
        (9, "Twice", 2000),
        (10, "HEAT (1986)", 1986),
        (7, "Without a year", None),
        (8, "(untitled film 8)", None),
    )
    found = current_numbers(former, current)
    assert found.tolist() == [2, 10, 1, -4, 5, -6, 7, 8]
    assert current_numbers(former, current, untitled=False).tolist()[-1] == -8


def test_a_film_that_was_twice_is_known_by_no_title():
    former = films((1, "Twice", 2000), (2, "Twice", 2000))
    assert np.all(current_numbers(former, films((3, "Twice", 2000))) < 0)


def test_what_films_would_be_given_is_said_meanwhile_too(own_home):
    load_first()
    training.train(["user-cosine", "bias"])
    with reading() as connection:
        first = artifacts.open_matrix(dataset(connection).fingerprint)
    kept_intervals.train("bias", first)
    before = trained_models().star_estimates().of({0: 5.0, 2: 4.5}, [4, 5])
    load_second()
    estimates = trained_models().star_estimates()
    assert is_former(estimates.predictor)
    assert estimates.of(EVEN, [96]) == before[:1] and before[0] is not None
    training.train(["bias"])
    assert not is_former(trained_models().answering("bias"))


def test_the_former_map_is_shown_until_the_new_one_is_made(own_home, monkeypatch):
    load_first()
    training.train(["nmf"])
    before, _ = trained_models().mapped("nmf")
    load_second()

    films, model = trained_models().mapped("nmf")
    assert is_former(model) and trained_models().model("nmf") is None
    assert trained_models().model_or_former("nmf") is model
    at = dict(zip(before.movie_ids.tolist(), before.positions.tolist(), strict=True))
    there = dict(zip(films.movie_ids.tolist(), films.positions.tolist(), strict=True))
    assert there == {100 - movie: place for movie, place in at.items() if movie not in (5, 6)}

    with monkeypatch.context() as slow:
        slow.setattr(training, "_map_missing", lambda *_: None)
        training.train(["nmf"])
    films, model = trained_models().mapped("nmf")
    assert is_former(model) and set(films.movie_ids.tolist()) == set(there)
    assert not is_former(trained_models().answering("nmf"))

    training.train(["nmf"])
    films, model = trained_models().mapped("nmf")
    assert not is_former(model) and set(films.movie_ids.tolist()) == set(there)
