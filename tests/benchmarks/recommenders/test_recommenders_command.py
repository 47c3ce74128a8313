"""`python -m benchmarks models`, with our models alone: peers have tests of their own."""

import argparse
import json
from importlib.util import find_spec

import pytest

from benchmarks import report
from benchmarks.recommenders import recommenders_command

README = (
    "Films.\n\n<!-- models-time-movielens-sample -->\nold\n<!-- /models-time-movielens-sample -->\n"
)


def run(*arguments: str) -> None:
    parser = argparse.ArgumentParser()
    recommenders_command.add_arguments(parser)
    options = parser.parse_args(arguments)
    options.run(options)


@pytest.fixture
def results(monkeypatch, tmp_path):
    """RESULTS.md, elsewhere; README.md beside it gives one headline."""
    monkeypatch.setattr(report, "RESULTS", tmp_path / "RESULTS.md")
    monkeypatch.setattr(report, "README", tmp_path / "README.md")
    (tmp_path / "README.md").write_text(README)
    return tmp_path / "RESULTS.md"


def test_measures_prints_and_writes_the_section(results, tmp_path, capsys):
    file = tmp_path / "figures.json"
    models = ("--model", "popularity", "--model", "user-cosine")
    run(
        "--data",
        "sample",
        "--protocol",
        "time",
        "--date",
        "2010-01-01",
        "--visitors",
        "40",
        *models,
        "--json",
        str(file),
    )
    said, figures = capsys.readouterr().out, json.loads(file.read_text())
    assert [each["model"] for each in figures["results"]] == ["popularity", "user-cosine"]
    assert said.strip() in results.read_text()
    assert "<!-- models-time-movielens-sample -->" in results.read_text()
    measured = "`python -m benchmarks models --protocol time --data sample --visitors 40 "
    assert measured in results.read_text()
    drawn = (tmp_path / "models-time-movielens-sample.svg").exists()
    assert drawn == bool(find_spec("matplotlib")) == ("(models-time-movielens" in said)
    assert figures["fingerprint"] in said
    best = max(each["measures"]["ndcg@10"] for each in figures["results"])
    assert f"came later, {figures['dataset']}): user-cosine {best:.3f}." in said_in_readme(results)
    assert f"{figures['results'][0]['measures']['ndcg@10']:.4f}" in said


def said_in_readme(results) -> str:
    text = (results.parent / "README.md").read_text()
    assert text.startswith("Films.")
    assert "old" not in text
    return text


def test_what_is_not_installed_is_named(monkeypatch, capsys):
    monkeypatch.setitem(
        recommenders_command.PEERS, "surprise", "benchmarks.recommenders.peers.nothing"
    )
    assert recommenders_command.peers(["surprise"]) == {}
    assert "surprise is left out: No module named" in capsys.readouterr().err


def test_options_that_do_not_go_together_are_refused(results):
    for protocol, option, value, fitting in (
        ("visitor", "--date", "2010-01-01", "time"),
        ("themes", "--visitors", "9", "visitor, questions, stars or time"),
        ("time", "--folds", "2", "visitor, questions, themes, rating or stars"),
        ("rating", "--visitors", "9", "visitor, questions, stars or time"),
    ):
        with pytest.raises(SystemExit, match=f"{option} goes with --protocol {fitting}"):
            run("--data", "sample", "--protocol", protocol, option, value)
