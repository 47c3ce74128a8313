"""`python -m benchmarks tastes` writes what each model makes of each taste."""

import argparse

import pytest

from benchmarks import report
from benchmarks.tastes import tastes_command

pytestmark = pytest.mark.slow


def run(*arguments: str) -> None:
    parser = argparse.ArgumentParser()
    tastes_command.add_arguments(parser)
    options = parser.parse_args(arguments)
    options.run(options)


@pytest.fixture
def results(monkeypatch, tmp_path):
    """RESULTS.md, elsewhere."""
    monkeypatch.setattr(report, "RESULTS", tmp_path / "RESULTS.md")
    return tmp_path / "RESULTS.md"


def test_a_line_a_taste_a_column_a_model(results, capsys):
    run("--data", "sample", "--model", "popularity", "--model", "ease")
    written = results.read_text()
    assert capsys.readouterr().out.strip() in written
    assert "`python -m benchmarks tastes --data sample --model popularity --model ease`" in written
    assert "| taste (told by) | popularity | ease |" in written
    assert written.count("| westerns (genre Western) |") == 1
    assert "`popularity` keeps 100% of its films when all are disliked" in written


def test_a_dataset_without_the_films_is_refused(results, tmp_path):
    (tmp_path / "ratings.csv").write_text("userId,movieId,rating,timestamp\n1,2,3.0,5\n")
    (tmp_path / "movies.csv").write_text("movieId,title,genres\n2,Home video (2001),Drama\n")
    with pytest.raises(SystemExit, match="has none of the films"):
        run("--data", str(tmp_path), "--model", "popularity")
