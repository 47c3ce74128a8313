"""The bundle of plotly.js that pages load is the one that our figures were made for."""

from pathlib import Path

from plotly.offline import get_plotlyjs_version

import app
from dashboard.document import PLOTLY

EARLY = Path(__file__).parents[2] / "assets" / "early"


def test_its_version_is_plotlys_own():
    [bundle] = EARLY.glob("plotly-charts-*.min.js")
    first_line = bundle.read_text().partition("\n")[0]
    assert f"(scatter, bar, heatmap) v{get_plotlyjs_version()}, MIT" in first_line
    assert f"{bundle.name}?m={get_plotlyjs_version()}" == PLOTLY


def test_a_page_asks_for_it_and_keeps_it():
    client = app.server.test_client()
    address = f"/assets/early/{PLOTLY}"
    assert f'data-bundle="{address}"' in client.get("/").text
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
