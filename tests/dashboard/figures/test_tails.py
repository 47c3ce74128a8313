"""What the legend of a tail says of its law."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import zipf

from dashboard.figures.tails import survival
from dashboard.theme import LIGHT


def law_of(goodness):
    """The name that the law of a sample from 1 on has in the legend."""
    x, w = np.unique(zipf.rvs(1.8, size=20_000, random_state=1), return_counts=True)
    rows = pd.DataFrame({"ratings": x, "users": w})
    rows.attrs["goodness"] = goodness
    return survival(rows, LIGHT)["data"][1]["name"]


@pytest.mark.parametrize(
    ("goodness", "begins", "ends"),
    [
        (0.0, "Power-law fit, ", "<br>ruled out (p < 0.004)"),
        (0.096, "Power-law fit, ", "<br>ruled out (p = 0.096)"),
        (0.52, "Power law, ", "<br>plausible (p = 0.52)"),
        (None, "Power law, ", "from 1 rating on, KS 0.002"),
    ],
)
def test_a_law_is_called_one_only_where_it_is_not_ruled_out(goodness, begins, ends):
    name = law_of(goodness)
    assert name.startswith(begins) and name.endswith(ends)
