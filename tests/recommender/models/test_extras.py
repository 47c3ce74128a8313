"""Models whose training needs a package that is not installed, or a smaller dataset."""

from pathlib import Path

import pytest

from recommender.__main__ import main
from recommender.models import MODELS
from recommender.models.base import TrainingError
from recommender.serving import artifacts, training

pytestmark = pytest.mark.slow

EXTRAS = Path(__file__).parents[3] / "requirements-extras.txt"
COMMAND = "python -m pip install no_such_package==1.0"


@pytest.fixture
def own_home(database, monkeypatch, tmp_path):
    monkeypatch.setattr(artifacts, "home", lambda: tmp_path)


@pytest.fixture
def two_models():
    """MODELS is put back in its order, which says what is trained first."""
    every = dict(MODELS)
    for key in every.keys() - {"popularity", "weighted-score"}:
        del MODELS[key]
    yield
    MODELS.clear()
    MODELS.update(every)


@pytest.fixture
def extra(monkeypatch):
    """Popularity, as if it needed a package that nobody has."""
    monkeypatch.setattr(MODELS["popularity"], "extras", ("no_such_package==1.0", "numpy==1.0"))


def test_every_extra_is_pinned_as_in_the_requirements():
    lines = EXTRAS.read_text(encoding="utf-8").splitlines()
    assert {pin for model in MODELS.values() for pin in model.extras} <= set(lines)


def test_says_what_to_install(extra):
    assert MODELS["popularity"].obstacle() == (
        f"Popularity needs an optional package to train; install it with: {COMMAND}"
    )


def test_says_its_limit_before_it_starts(checkerboard, monkeypatch):
    monkeypatch.setattr(MODELS["popularity"], "most_ratings", 900)
    with pytest.raises(TrainingError, match=r"at most 900 ratings; there are 960\. Choose another"):
        MODELS["popularity"]().fit(checkerboard)


def test_all_others_are_trained(own_home, two_models, extra):
    assert set(training.train()) == {"weighted-score"}


def test_a_failure_does_not_keep_the_others_from_being_trained(own_home, extra):
    with pytest.raises(TrainingError, match=COMMAND):
        training.train(["popularity", "weighted-score"])
    assert training.train(["weighted-score"]) == {}


def test_once_trained_it_answers_without(own_home, monkeypatch):
    training.train(["popularity"])
    monkeypatch.setattr(MODELS["popularity"], "extras", ("no_such_package==1.0",))
    assert training.trained("popularity").score({}).max() > 0


def test_train_says_what_it_left_out_and_why(own_home, two_models, extra, capsys):
    assert main(["train"]) == 0
    output = capsys.readouterr()
    assert output.out.startswith("weighted-score: trained in ")
    assert output.err.splitlines()[0].startswith("popularity is left out. Popularity needs an")


@pytest.mark.parametrize("quick", [True, False])
@pytest.mark.parametrize("command", [["train"], ["recommend", "--rate", "318=5"]])
def test_commands_end_with_one_line(own_home, extra, capsys, monkeypatch, command, quick):
    monkeypatch.setattr(MODELS["popularity"], "quick", quick)
    assert main([*command, "--model", "popularity"]) == 1
    last = capsys.readouterr().err.splitlines()[-1]
    assert last.startswith("recommender: Popularity needs") and last.endswith(COMMAND)
