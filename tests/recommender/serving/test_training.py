import pytest

from recommender.models import MODELS
from recommender.models.base import TrainingError
from recommender.serving import artifacts, kept_questions, taste_map, training

QUICK = ("popularity", "weighted-score", "user-cosine")


@pytest.fixture
def own_home(database, monkeypatch, tmp_path):
    """The loaded sample with no models yet: the artifacts go to a directory of the test's own."""
    monkeypatch.setattr(artifacts, "home", lambda: tmp_path)
    return tmp_path


@pytest.mark.slow
def test_trains_what_is_missing_and_nothing_twice(own_home):
    assert set(training.train(QUICK)) == set(QUICK)
    assert training.train(QUICK) == {}
    assert artifacts.available(training.current_matrix().fingerprint) == list(QUICK)


def test_a_model_that_fails_on_these_ratings_is_named_once_and_the_others_are_there(
    own_home, monkeypatch, caplog
):
    def fit(self, matrix):
        raise ValueError("found array with 0 features")

    monkeypatch.setattr(MODELS["weighted-score"], "fit", fit)
    with pytest.raises(TrainingError, match=r"^weighted-score can't be made of these ratings\.$"):
        training.train(QUICK)
    there = artifacts.available(training.current_matrix().fingerprint)
    assert there == [key for key in QUICK if key != "weighted-score"]
    (said,) = caplog.records
    assert "found array with 0 features" in said.exc_text


def test_reports_each_step_quick_models_first(own_home, monkeypatch):
    monkeypatch.setattr(MODELS["popularity"], "quick", False)
    steps = []
    training.train(("popularity", "user-cosine"), lambda *step: steps.append(step))
    names = ["ratings", "user-cosine", "questions", "popularity", ""]
    assert steps == [(name, done, 4) for done, name in enumerate(names)]


def test_a_models_map_and_the_questions_come_with_it(own_home, monkeypatch):
    monkeypatch.setattr(taste_map, "MOST_FILMS", 200)  # a map of 5000 takes long
    steps = []
    training.train(["popularity", "svd"], lambda *step: steps.append(step[0]))
    assert steps == ["ratings", "popularity", "svd", "questions", "map of svd", ""]
    fingerprint = training.current_matrix().fingerprint
    assert len(taste_map.load("svd", fingerprint).movie_ids) == 200
    assert len(kept_questions.load(fingerprint)) == 100


def test_quick_models_come_first_then_the_default():
    order = ["nmf", "svd", "questions", "map of nmf", "blend", "bayesian-fm", "map of svd"]
    assert sorted(sorted(order), key=training._turn) == order


@pytest.mark.parametrize("what", ["ratings", "weighted-score"])
def test_makes_again_what_is_damaged(own_home, what):
    training.train(QUICK)
    matrix = training.current_matrix()
    damaged = next((artifacts.models_directory(matrix.fingerprint) / what).glob("*s_*.npy"), None)
    damaged = damaged or artifacts.matrix_directory(matrix.fingerprint) / "counts.npy"
    damaged.write_bytes(b"not an array")
    training.train(QUICK)
    directory = artifacts.models_directory(matrix.fingerprint)
    assert artifacts.load("weighted-score", training.current_matrix(), directory)


def test_the_matrix_is_read_from_the_database_once(own_home, monkeypatch):
    first = training.current_matrix()

    def unreachable():
        raise AssertionError("read again")

    monkeypatch.setattr(training, "stored_matrix", unreachable)
    assert training.current_matrix().fingerprint == first.fingerprint


def test_a_quick_model_is_trained_when_asked_for(own_home):
    assert training.trained("weighted-score").score({}).max() > 0


def test_a_slow_model_is_not(own_home, monkeypatch):
    monkeypatch.setattr(MODELS["popularity"], "quick", False)
    assert training.trained("popularity") is None
    training.train(["popularity"])
    assert training.trained("popularity") is not None


@pytest.mark.slow
def test_what_the_default_is_made_of_is_trained_once(own_home, monkeypatch):
    """One encoder, for the blend and for itself; its EASE and its neighbours are its own."""
    for key in ("blend", "encoder"):
        defaults = [*MODELS[key].__init__.__defaults__]
        defaults[defaults.index(1000)] = 3
        monkeypatch.setattr(MODELS[key].__init__, "__defaults__", tuple(defaults))
    training.train(["blend"])
    blend, encoder = (training.trained(key) for key in ("blend", "encoder"))
    assert blend.encoder_inputs_.tobytes() == encoder.inputs_.tobytes()
    assert training.train(["blend", "encoder"]) == {}
    kept = set(artifacts.available(encoder.matrix_.fingerprint))
    assert kept == {"content", "encoder", "blend"}


def test_a_failure_half_way_leaves_no_half_model(own_home, monkeypatch):
    def disk_full(*_args, **_options):
        raise OSError(28, "No space left on device")

    kept_questions.train(training.current_matrix())
    monkeypatch.setattr("recommender.data.arrays.np.save", disk_full)
    with pytest.raises(OSError, match="No space"):
        training.train(["weighted-score"])
    assert {path.name for path in own_home.glob("models/*/*")} == {
        "dataset",
        "ratings",
        "questions",
    }
