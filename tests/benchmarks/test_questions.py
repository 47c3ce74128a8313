"""`python -m benchmarks questions` is the protocol of that name, written into RESULTS.md."""

import argparse
import json

import pytest

from benchmarks import questions, report

pytestmark = pytest.mark.slow


def run(*arguments: str) -> None:
    parser = argparse.ArgumentParser()
    questions.add_arguments(parser)
    options = parser.parse_args(arguments)
    options.run(options)


@pytest.fixture
def results(monkeypatch, tmp_path):
    """RESULTS.md, elsewhere, and no README.md section."""
    monkeypatch.setattr(report, "RESULTS", tmp_path / "RESULTS.md")
    monkeypatch.setattr(report, "README", tmp_path / "README.md")
    (tmp_path / "README.md").write_text("Films.\n")
    return tmp_path / "RESULTS.md"


def test_the_protocol_is_run_and_written(results, tmp_path):
    file = tmp_path / "figures.json"
    few = ("--folds", "1", "--visitors", "30", "--model", "popularity", "--model", "user-cosine")
    run("--data", "sample", *few, "--json", str(file))
    figures, written = json.loads(file.read_text()), results.read_text()
    assert figures["protocol"] == "questions"
    assert [each["model"] for each in figures["results"]] == ["popularity", "user-cosine"]
    assert "<!-- questions -->" in written
    assert (
        "`python -m benchmarks questions --data sample --folds 1 --visitors 30 --model" in written
    )
    assert "| after 10 | after 30 | well known, 5 |" in written
    assert "is never asked about" in written
