import pytest

import app
from dashboard.charting.chart import CHARTS
from db.filters.rating_filters import FILTERS

pytestmark = pytest.mark.usefixtures("evaluated", "mapped")


@pytest.fixture
def client(database):
    return app.server.test_client()


def test_every_chart_is_described_and_is_there_as_it_says(client):
    described = client.get("/openapi.json").json
    assert described["openapi"].startswith("3.")
    paths = described["paths"]
    assert set(paths) == {f"/export/{chart}.{end}" for chart in CHARTS for end in ("csv", "json")}
    for path, operations in paths.items():
        own = [each for each in operations["get"]["parameters"] if each.get("required")]
        answer = client.get(path + "?" + "&".join(f"{each['name']}=296" for each in own))
        assert answer.status_code == 200
        assert answer.mimetype in operations["get"]["responses"]["200"]["content"]


def test_every_filter_is_a_parameter_that_says_what_it_takes(client):
    given = client.get("/openapi.json").json["components"]["parameters"]
    assert set(given) == {each.key for each in FILTERS}
    assert all(each["description"] for each in given.values())
