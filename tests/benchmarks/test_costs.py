"""`python -m benchmarks costs` measures each dataset in a process of its own."""

import argparse
import re

import numpy as np
import pytest

from benchmarks import costs, report
from db.ingest.sources import SOURCES
from recommender.serving.ratings import log_of


def run(*arguments: str) -> None:
    parser = argparse.ArgumentParser()
    costs.add_arguments(parser)
    options = parser.parse_args(arguments)
    options.run(options)


def test_the_highest_memory_is_of_what_came_after_it_was_forgotten():
    block = np.ones(20_000_000)
    del block
    before = costs.forget_peak()
    assert costs.memory("VmHWM") == pytest.approx(before, abs=50)
    block = np.ones(20_000_000)
    assert costs.memory("VmHWM") > before + 100
    assert block.all()


def test_a_profile_is_of_well_known_films():
    matrix = log_of(SOURCES["sample"]()).matrix
    given = costs.profiles(matrix)
    assert len(given) == costs.VISITORS and max(map(len, given)) == costs.GIVEN
    known = set(matrix.movie_ids[matrix.by_popularity[: costs.WELL_KNOWN]].tolist())
    assert all(set(profile) <= known for profile in given)


@pytest.mark.slow
def test_a_line_a_dataset(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(report, "RESULTS", tmp_path / "RESULTS.md")
    run("--data", "sample", "--model", "popularity")
    written = (tmp_path / "RESULTS.md").read_text()
    assert capsys.readouterr().out.strip() in written
    assert "`python -m benchmarks costs --data sample --model popularity`" in written
    line = r"\| 100,004 \| MovieLens sample \| `popularity` \| 0\.0 \|"
    assert len(re.findall(line, written)) == 1


def test_what_cannot_be_read_is_said_in_a_line(tmp_path):
    with pytest.raises(SystemExit, match="ratings"):
        run("--data", str(tmp_path))
