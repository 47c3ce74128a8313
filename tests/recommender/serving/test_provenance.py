"""Nothing that today's code and libraries would make otherwise is answered with."""

import os
import shutil
import subprocess
import sys
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest

from recommender.data.arrays import ArtifactError
from recommender.models import MODELS
from recommender.serving import artifacts, provenance
from recommender.serving.provenance import keep, open_kept, roots_of

ROOT = Path(__file__).parents[3]

# A module that has a part in what the model learns, and a change there that changes it
EDITS = {
    "the model": ("ease", "recommender.models.ease", "-inverse.diagonal", "inverse.diagonal"),
    "its base": ("als", "recommender.models.star_predictor", "np.", "numpy."),
    "its base's base": ("als", "recommender.models.base", ">= LOWEST", "> LOWEST"),
    "a member": ("blend", "recommender.models.ease", "-inverse.diagonal", "inverse.diagonal"),
    "a member's settings": ("blend", "recommender.models.blend.members", "2000", "1000"),
    "what a member imports": ("blend", "recommender.models.encoder.network", "def ", "async def "),
    "the ratings": ("popularity", "recommender.data.rating_matrix", "LIKED = 4.0", "LIKED = 3.0"),
    "how they are read": ("popularity", "recommender.serving.ratings", "/ 2", "/ 20"),
    "their SQL": ("popularity", "db.store.training_data", "from ratings", "from tags"),
}


@pytest.fixture
def load(checkerboard, tmp_path):
    """`load()` opens an EASE of the checkerboard that is kept in tmp_path, if it may."""
    artifacts.save(MODELS["ease"]().fit(checkerboard), tmp_path)
    return lambda: artifacts.load("ease", checkerboard, tmp_path)


@pytest.mark.parametrize(("key", "module", "old", "new"), EDITS.values(), ids=EDITS)
def test_other_source_is_a_miss(edited, key, module, old, new):
    made_by, roots = provenance.provenance(roots_of(MODELS[key])), roots_of(MODELS[key])
    assert provenance.still_true(made_by, roots)
    edited(module, old, new)
    assert not provenance.still_true(made_by, roots)


def test_source_that_a_model_has_no_part_in_is_none_of_its(edited):
    made_by, roots = provenance.provenance(roots_of(MODELS["ease"])), roots_of(MODELS["ease"])
    edited("recommender.models.nmf", "def ", "async def ")
    assert provenance.still_true(made_by, roots)


def test_comments_docstrings_and_lines_make_nothing_again(load, edited):
    edited("recommender.models.ease", '    """Embarrassingly', '\n    # Quick\n    """Very')
    load()


def test_a_model_is_refused_by_other_source_and_other_libraries(load, edited, upgraded):
    load()
    edited("recommender.models.ease", "-inverse.diagonal", "inverse.diagonal")
    with pytest.raises(ArtifactError, match="another version"):
        load()
    edited("recommender.models.ease", "-inverse.diagonal", "-inverse.diagonal")
    load()
    upgraded("numpy", "9.0")
    with pytest.raises(ArtifactError, match="another version"):
        load()


def test_a_library_that_has_no_part_may_change(load, upgraded):
    upgraded("scikit-learn", "9.0")
    load()


@pytest.mark.parametrize(
    ("key", "library"),
    [
        ("nmf", "scikit-learn"),
        ("bayesian-fm", "myfm"),
        ("blend", "scipy"),
        ("implicit-als", "threadpoolctl"),
        ("ease", "numpy"),
        ("ease", "scipy"),
    ],
)
def test_another_version_of_a_library_is_a_miss(upgraded, key, library):
    made_by, roots = provenance.provenance(roots_of(MODELS[key])), roots_of(MODELS[key])
    upgraded(library, "9.0")
    assert not provenance.still_true(made_by, roots)


def test_a_library_chosen_by_a_setting_counts(tmp_path, upgraded):
    """As Keras's backend: no import names it."""
    roots = roots_of(MODELS["neural-mf"])
    keep(tmp_path / "model", {}, {}, roots, ("pytest",))
    open_kept(tmp_path / "model", {}, roots)
    upgraded("pytest", "9.0")
    with pytest.raises(ArtifactError):
        open_kept(tmp_path / "model", {}, roots)


def test_a_library_that_is_not_installed_any_more_refuses_nothing():
    roots = roots_of(MODELS["ease"])
    made_by = provenance.provenance(roots) | {"libraries": {"keras-of-old": "1.0"}}
    assert provenance.still_true(made_by, roots)


def test_every_library_of_a_model_is_known_by_its_package():
    """Or its version would not be looked at: sklearn is installed by scikit-learn."""
    optional = {pin.partition("==")[0] for model in MODELS.values() for pin in model.extras}
    for model in MODELS.values():
        used = {
            library
            for name in provenance.provenance(roots_of(model))["texts"]
            for library in provenance._libraries(name)
        }
        for library in used - optional - {"py4j"}:  # which comes with pyspark
            assert version(provenance.PACKAGES.get(library, library))


@pytest.mark.parametrize("made_by", [None, {}, [], {"roots": [], "texts": {}}, "code"])
def test_what_says_nothing_is_refused(made_by):
    assert not provenance.still_true(made_by, roots_of(MODELS["ease"]))


def test_a_module_that_is_gone_or_of_others_is_refused():
    roots = roots_of(MODELS["ease"])
    made_by = provenance.provenance(roots)
    for module in ("recommender.models.gone", "gone.altogether", "this"):
        texts = made_by["texts"] | {module: "0"}
        assert not provenance.still_true(made_by | {"texts": texts, "code": "0"}, roots)
    assert "this" not in sys.modules


def test_what_trained_elsewhere_counts_as_well(tmp_path, edited):
    """As Spark's script does: other versions there are no reason to search again, its source is."""
    roots = roots_of(MODELS["spark-als"])
    by_script = (*roots, "recommender.spark.learning")
    keep(tmp_path / "model", {}, {}, by_script)
    open_kept(tmp_path / "model", {}, roots)
    edited("recommender.spark.biases", "def ", "async def ")
    with pytest.raises(ArtifactError):
        open_kept(tmp_path / "model", {}, roots)


def test_a_searched_model_may_be_of_other_libraries(tmp_path, upgraded):
    roots = roots_of(MODELS["spark-als"])
    keep(tmp_path / "model", {}, {}, roots)
    upgraded("numpy", "9.0")
    open_kept(tmp_path / "model", {}, roots, any_versions=True)


def run(program: str, path: Path) -> str:
    """What a program prints, with the product imported from there."""
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(path)},
        cwd=path if path.is_dir() else path.parent,
        capture_output=True,
        text=True,
    )
    return done.stdout + done.stderr


def test_negated_weights_of_ease_are_not_answered_with(load, checkerboard, tmp_path):
    """In a copy of the product whose EASE is another; before, the old artifact was loaded."""
    assert load().label == "EASE"
    checkerboard.save(tmp_path / "ratings")
    copy = tmp_path / "copy"
    for package in ("recommender", "db"):
        shutil.copytree(ROOT / package, copy / package)
    program = (
        "from pathlib import Path; from recommender.data.rating_matrix import RatingMatrix;"
        "from recommender.serving import artifacts; import recommender;"
        f"assert recommender.__file__.startswith({str(copy)!r}); home = Path({str(tmp_path)!r});"
        "print(artifacts.load('ease', RatingMatrix.load(home / 'ratings'), home).label)"
    )
    assert run(program, copy) == "EASE\n"
    ease = copy / "recommender" / "models" / "ease.py"
    ease.write_text(ease.read_text().replace("-inverse.diagonal", "inverse.diagonal"))
    assert "ArtifactError" in run(program, copy)


def test_in_a_zip_the_source_is_the_same(tmp_path):
    with zipfile.ZipFile(tmp_path / "product.zip", "w") as archive:
        for package in ("recommender", "db"):
            for path in (ROOT / package).rglob("*.py"):
                archive.write(path, path.relative_to(ROOT))
    program = (
        "from recommender.models import MODELS; from recommender.serving import provenance as p;"
        "print(p.provenance(p.roots_of(MODELS['blend']))['code'])"
    )
    expected = provenance.provenance(roots_of(MODELS["blend"]))["code"]
    assert run(program, tmp_path / "product.zip") == f"{expected}\n"


def test_without_source_it_says_so(edited, monkeypatch):
    edited("recommender.models.ease", "def", "def")  # what was read before is forgotten
    monkeypatch.setattr(provenance, "source", lambda spec: None)
    with pytest.raises(ImportError, match=r"source of \S+ is not there"):
        provenance.provenance(roots_of(MODELS["ease"]))
