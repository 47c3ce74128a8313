import xml.etree.ElementTree as ElementTree

import pandas as pd

import app  # noqa: F401  the filter bar is the app's
from dashboard.year_slider import drawn


def test_each_year_has_a_bar_the_most_rated_the_whole_height():
    rows = pd.DataFrame({"release_year": [1990, 1992], "ratings": [10, 40]})
    picture = ElementTree.fromstring(drawn(rows, 1990, 1994))
    assert picture.get("viewBox") == "0 0 5 100"
    path = picture.find("{*}path").get("d")
    assert path == "M0 100v-25.0h.86V100zM2 100v-100.0h.86V100z"
