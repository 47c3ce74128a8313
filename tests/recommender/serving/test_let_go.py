"""A model that was let go takes no memory, and answers as before."""

import sys
from pathlib import Path

import numpy as np
import pytest

from recommender.models.ease import EASERecommender
from recommender.serving import artifacts
from recommender.serving.let_go import let_go

PROFILE = {0: 5.0, 3: 1.0}


def resident(folder: Path) -> int:
    """KB of the files in a folder that are part of this process."""
    found, ours = 0, False
    for line in Path("/proc/self/smaps").read_text().splitlines():
        name, _, rest = line.partition(" ")
        if not name.endswith(":"):
            ours = line.endswith(".npy") and str(folder) in line
        elif ours and name == "Rss:":
            found += int(rest.split()[0])
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells")
def test_what_was_read_is_given_back_and_read_again(checkerboard, tmp_path):
    fitted = EASERecommender().fit(checkerboard)
    artifacts.save(fitted, tmp_path)
    model = artifacts.load("ease", checkerboard, tmp_path)
    before = model.score(PROFILE)
    assert resident(tmp_path) > 0
    let_go(model)
    assert resident(tmp_path) == 0
    assert np.array_equal(model.score(PROFILE), before)
    let_go(fitted)
    assert np.array_equal(fitted.score(PROFILE), before)
