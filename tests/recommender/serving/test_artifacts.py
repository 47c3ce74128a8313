import contextlib
import json
import os

import numpy as np
import pytest

from recommender.data import arrays
from recommender.data.arrays import MANIFEST, ArtifactError
from recommender.models.nmf import NMFRecommender
from recommender.models.weighted_score import WeightedScoreRecommender
from recommender.serving import artifacts


@pytest.fixture
def saved(checkerboard, tmp_path):
    """The directory of a weighted-score model kept in tmp_path."""
    artifacts.save(WeightedScoreRecommender().fit(checkerboard), tmp_path)
    return tmp_path / "weighted-score"


def load(saved, matrix):
    return artifacts.load("weighted-score", matrix, saved.parent)


def damage_in_the_middle(saved):
    content = bytearray((saved / "scores_.npy").read_bytes())
    content[-10] ^= 255
    (saved / "scores_.npy").write_bytes(content)


DAMAGES = {
    "nothing there": lambda saved: [path.unlink() for path in saved.iterdir()],
    "no manifest": lambda saved: (saved / MANIFEST).unlink(),
    "no array": lambda saved: (saved / "scores_.npy").unlink(),
    "array cut short": lambda saved: os.truncate(saved / "scores_.npy", 200),
    "header cut short": lambda saved: os.truncate(saved / "scores_.npy", 20),
    "empty array file": lambda saved: os.truncate(saved / "scores_.npy", 0),
    "one bit wrong": damage_in_the_middle,
    "manifest cut short": lambda saved: os.truncate(saved / MANIFEST, 15),
    "empty manifest": lambda saved: os.truncate(saved / MANIFEST, 0),
    "manifest of another shape": lambda saved: (saved / MANIFEST).write_text("[1, 2]"),
    "manifest not text": lambda saved: (saved / MANIFEST).write_bytes(b"\xff\xfe\x00"),
    "a pickle": lambda saved: np.save(
        saved / "scores_.npy", np.array([{}], dtype=object), allow_pickle=True
    ),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_what_is_damaged_is_an_artifact_error_and_put_aside(saved, checkerboard, damage):
    damage(saved)
    with pytest.raises(ArtifactError):
        load(saved, checkerboard)
    assert [path.name for path in saved.parent.iterdir()] == [".damaged-weighted-score"]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["scores_.npy", MANIFEST])
def test_every_bit_of_a_header_is_seen_to(saved, name):
    """numpy reads a header as Python's source: each bit that is flipped fails in its own way."""
    (right,), about = arrays.load(saved)[0].values(), arrays.described(saved)
    files = {path.name: path.read_bytes() for path in saved.iterdir()}
    for place in range(min(len(files[name]), 400)):  # an array's header has 128 bytes
        for bit in range(8):
            damaged = bytearray(files[name])
            damaged[place] ^= 1 << bit
            saved.mkdir(exist_ok=True)
            for each, content in (files | {name: bytes(damaged)}).items():
                (saved / each).write_bytes(content)
            with contextlib.suppress(ArtifactError):  # some say the same, such as " for '
                again, said = arrays.load(saved)
                ((read, values),) = again.items()
                assert (read, values.dtype, values.tobytes()) == (
                    "scores_",
                    right.dtype,
                    right.tobytes(),
                )
                assert said == about


def test_what_cannot_be_read_just_now_stays(saved, monkeypatch):
    def too_many_files(*_args, **_options):
        raise OSError(24, "Too many open files")

    monkeypatch.setattr(arrays.np, "load", too_many_files)
    with pytest.raises(ArtifactError, match="Too many"):
        arrays.load(saved)
    monkeypatch.undo()
    arrays.load(saved)


def test_what_was_replaced_meanwhile_is_not_put_aside(saved, checkerboard, monkeypatch):
    damage_in_the_middle(saved)
    right = arrays._checksum

    def slow(array):
        monkeypatch.undo()
        found = right(array)
        artifacts.save(WeightedScoreRecommender().fit(checkerboard), saved.parent)
        return found

    monkeypatch.setattr(arrays, "_checksum", slow)
    with pytest.raises(ArtifactError):
        arrays.load(saved)
    load(saved, checkerboard)


def test_an_artifact_of_other_ratings_is_refused(saved, matrix):
    with pytest.raises(ArtifactError, match="other ratings"):
        load(saved, matrix)


def test_an_artifact_of_other_hyperparameters_is_refused(checkerboard, tmp_path):
    artifacts.save(NMFRecommender(n_factors=3).fit(checkerboard), tmp_path)
    with pytest.raises(ArtifactError):
        artifacts.load("nmf", checkerboard, tmp_path)


def test_an_artifact_of_another_model_is_refused(saved, checkerboard):
    saved.rename(saved.parent / "popularity")
    with pytest.raises(ArtifactError):
        artifacts.load("popularity", checkerboard, saved.parent)


def test_saving_again_replaces_and_leaves_no_rest(saved, checkerboard):
    first = load(saved, checkerboard)
    artifacts.save(WeightedScoreRecommender().fit(checkerboard), saved.parent)
    assert [path.name for path in saved.parent.iterdir()] == ["weighted-score"]
    # Who has the older arrays mapped keeps them.
    assert np.array_equal(first.score({}), load(saved, checkerboard).score({}))


def test_a_failed_save_leaves_the_older_one(saved, checkerboard, monkeypatch):
    def disk_full(*_args, **_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(arrays.np, "save", disk_full)
    with pytest.raises(OSError, match="No space"):
        artifacts.save(WeightedScoreRecommender().fit(checkerboard), saved.parent)
    monkeypatch.undo()
    assert [path.name for path in saved.parent.iterdir()] == ["weighted-score"]
    load(saved, checkerboard)


def test_what_is_saved_is_its_owners_whatever_the_umask(checkerboard, tmp_path):
    before = os.umask(0)
    try:
        artifacts.save(WeightedScoreRecommender().fit(checkerboard), tmp_path / "models" / "one")
    finally:
        os.umask(before)
    saved = tmp_path / "models"
    modes = {path.is_dir(): path.stat().st_mode & 0o777 for path in (saved, *saved.rglob("*"))}
    assert modes == {True: 0o700, False: 0o600}


def test_nothing_saved_is_a_pickle(saved):
    assert json.loads((saved / MANIFEST).read_text())
    assert np.load(saved / "scores_.npy", allow_pickle=False).shape == (30,)


def test_available_lists_what_is_trained(monkeypatch, tmp_path, checkerboard):
    monkeypatch.setenv("REELSCOPE_HOME", str(tmp_path))
    assert artifacts.available(checkerboard.fingerprint) == []
    directory = artifacts.models_directory(checkerboard.fingerprint)
    artifacts.save(WeightedScoreRecommender().fit(checkerboard), directory)
    assert artifacts.available(checkerboard.fingerprint) == ["weighted-score"]


def test_opened_once_per_process_and_found_after_training(monkeypatch, tmp_path, checkerboard):
    monkeypatch.setenv("REELSCOPE_HOME", str(tmp_path))
    fingerprint = checkerboard.fingerprint
    with pytest.raises(ArtifactError):
        artifacts.open_model("weighted-score", fingerprint)
    artifacts.save_matrix(checkerboard, "checkerboard")
    model = WeightedScoreRecommender().fit(checkerboard)
    artifacts.save(model, artifacts.models_directory(fingerprint))
    opened = artifacts.open_model("weighted-score", fingerprint)
    assert opened is artifacts.open_model("weighted-score", fingerprint)
    assert opened.matrix_ is artifacts.open_matrix(fingerprint)


def test_artifacts_of_datasets_that_are_gone_are_removed(monkeypatch, tmp_path):
    monkeypatch.setenv("REELSCOPE_HOME", str(tmp_path))
    for age, name in enumerate(("now", "before", "long-ago")):
        directory = artifacts.models_directory(name)
        directory.mkdir(parents=True)
        os.utime(directory, (1000 - age, 1000 - age))
    (tmp_path / "models/now/.new-killed").mkdir()
    os.utime(tmp_path / "models/now/.new-killed", (0, 0))
    (tmp_path / "models/now/.new-at-work").mkdir()
    artifacts.remove_others("now")
    left = {str(path.relative_to(tmp_path / "models")) for path in tmp_path.glob("models/**/*")}
    assert left == {"now", "before", "now/.new-at-work"}
