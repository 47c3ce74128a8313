"""Answers that are kept: the same bytes, without a look at the database, until an import."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

import app
from dashboard import guard
from dashboard.charting.chart import CHARTS, Chart
from dashboard.guard import kept_answers, under_way
from dashboard.state import learned
from db.home import home
from db.ingest.swap import load
from db.store import engine
from db.store.evaluations import save_evaluation
from tests.db.importing import source

OF_MODELS = next(each.id for each in CHARTS.values() if not each.remembered)


@pytest.fixture
def client():
    guard.warm(app.app)
    kept_answers.clear()
    return app.server.test_client()


def asked(well_formed, chart="top-movies", query="", theme="light"):
    """The post that draws a chart."""
    output = next(each for each in app.app.callback_map if '"graph"' in each and "figure" in each)
    post = well_formed(app.app.callback_map, output)
    for item, value in zip(
        (*post["inputs"], *post["state"]),
        ({"query": query, "by": "url"}, theme, None, {"type": "graph", "chart": chart}),
        strict=True,
    ):
        item["value"] = value
    return post


def ask(client, post, encoding="br"):
    headers = {"Accept-Encoding": encoding}
    return client.post("/_dash-update-component", json=post, headers=headers)


@pytest.fixture
def connections(monkeypatch):
    """Grows by one with each transaction; which dataset is current is looked for once."""
    opened = []
    monkeypatch.setattr(engine, "KNOWN_SECONDS", 600.0)
    enter = engine.enter_current
    monkeypatch.setattr(engine, "enter_current", lambda *of: (opened.append(1), enter(*of))[1])
    return opened


@pytest.mark.usefixtures("database")
def test_a_repeated_view_is_the_same_bytes_and_asks_nothing(client, well_formed, connections):
    first = ask(client, asked(well_formed))
    assert (first.status_code, connections) == (200, [1])
    again = ask(client, asked(well_formed))
    assert (again.data, connections) == (first.data, [1])
    kept = ("Content-Type", "Content-Encoding", "Vary", "Cache-Control", "Content-Security-Policy")
    assert [again.headers.get(each) for each in kept] == [first.headers.get(each) for each in kept]


@pytest.mark.usefixtures("database")
def test_which_input_changed_and_the_order_of_keys_make_no_other_question(client, well_formed):
    post = asked(well_formed)
    turned = dict(reversed(post.items())) | {"changedPropIds": ["view.data"]}
    assert kept_answers.question(post) == kept_answers.question(turned)


@pytest.mark.usefixtures("database")
def test_other_filters_themes_charts_and_encodings_are_other_answers(
    client, well_formed, connections
):
    first = ask(client, asked(well_formed))
    others = [
        ask(client, asked(well_formed, query="genres=Comedy")),
        ask(client, asked(well_formed, theme="dark")),
        ask(client, asked(well_formed, chart="ratings-by-month")),
        ask(client, asked(well_formed), encoding="gzip"),
    ]
    assert len(connections) == 5
    assert first.data not in [other.data for other in others]


def measured(value: float) -> None:
    """Somebody has measured a model, as `recommender evaluate` does."""
    result = {"model": "nmf", "split": "main", "measures": {"ndcg@10": value}}
    about = {"dataset": "x", "fingerprint": "x", "protocol": "visitor", "seed": 0}
    save_evaluation(about | {"results": [result]})


def trained() -> None:
    """Something new of some dataset is there."""
    (home() / "models" / f"other-{len(list((home() / 'models').iterdir()))}").mkdir()


@pytest.mark.usefixtures("scratch")
def test_what_depends_on_models_is_kept_until_one_is_trained_or_measured(
    client, well_formed, connections, tmp_path, monkeypatch
):
    load(source())
    monkeypatch.setenv("REELSCOPE_HOME", str(tmp_path))
    (tmp_path / "models").mkdir()
    monkeypatch.setattr(learned, "KNOWN_SECONDS", 0.0)
    for happens in (lambda: None, trained, lambda: measured(0.1), lambda: measured(0.2)):
        happens()
        first = ask(client, asked(well_formed, chart=OF_MODELS))
        before = len(connections)
        assert ask(client, asked(well_formed, chart=OF_MODELS)).data == first.data
        assert len(connections) == before + 1  # to look whether anything has changed
    monkeypatch.setattr(learned, "KNOWN_SECONDS", 600.0)
    ask(client, asked(well_formed, chart=OF_MODELS))
    before = len(connections)
    assert ask(client, asked(well_formed, chart=OF_MODELS)).data == first.data
    assert len(connections) == before


@pytest.mark.usefixtures("database")
def test_a_map_with_a_persons_marks_is_not_kept(client, well_formed, connections, monkeypatch):
    monkeypatch.setattr(learned, "KNOWN_SECONDS", 600.0)
    for marks, asked_for in (({"rated": [1]}, 2), ({"rated": [], "place": []}, 1), ({}, 1)):
        before = len(connections)
        for _ in range(2):
            post = asked(well_formed, chart="taste-map")
            post["inputs"][2]["value"] = marks
            assert ask(client, post).status_code == 200
        assert len(connections) == before + asked_for


@pytest.mark.usefixtures("database")
def test_who_asks_what_is_being_answered_gets_that_answer(client, well_formed, monkeypatch):
    """One of eight who ask at once has it made; also where that fails, everybody is answered."""
    made, together = [], Barrier(8)
    read = Chart.drawn

    def slow(chart, current, view):
        made.append(view.filters.min_ratings)
        time.sleep(0.3)
        if made[-1] == 13:
            raise RuntimeError("a bug")
        return read(chart, current, view)

    def one(query):
        asker, post = app.server.test_client(), asked(well_formed, query=query)
        together.wait()
        return ask(asker, post)

    monkeypatch.setattr(Chart, "drawn", slow)
    with ThreadPoolExecutor(8) as pool:
        same = list(pool.map(one, ["min=11"] * 8))
        failing = list(pool.map(one, ["min=13"] * 8))
        others = list(pool.map(one, [f"min={least}" for least in range(20, 28)]))
    assert {answer.status_code for answer in same + others} == {200}
    assert {answer.status_code for answer in failing} == {500}
    assert len({answer.data for answer in same}) == 1
    assert Counter(made) == Counter({11: 1, 13: 8} | dict.fromkeys(range(20, 28), 1))
    assert not under_way._making


@pytest.mark.usefixtures("scratch")
def test_an_import_is_seen_at_the_next_click(client, well_formed):
    load(source())
    before = ask(client, asked(well_formed, query="min=1"), encoding="").json
    assert ask(client, asked(well_formed, query="min=1"), encoding="").json == before
    load(source(movies=((10, "B", 1991, "Drama"),)))
    after = ask(client, asked(well_formed, query="min=1"), encoding="").json
    assert before != after


@pytest.mark.usefixtures("database")
def test_a_dataset_is_asked_for_again_after_a_second(connections, monkeypatch):
    engine._known.clear()
    known = [engine.known_dataset(), engine.known_dataset()]
    assert len(connections) == 1
    monkeypatch.setattr(engine, "KNOWN_SECONDS", 0.0)
    known.append(engine.known_dataset())
    assert len(connections) == 2 and len(set(known)) == 1


def test_who_looked_first_does_not_undo_what_a_later_one_saw(database):
    seen = engine.known_dataset()
    engine._learn(0.0, seen.__class__(**{**vars(seen), "name": "of before"}))
    assert engine.known_dataset() == seen


@pytest.mark.usefixtures("database")
def test_a_repeated_export_is_the_same_file_and_asks_nothing(client, connections):
    first = client.get("/export/top-movies.csv?min=100")
    again = client.get("/export/top-movies.csv?min=100")
    assert (again.data, again.status_code, connections) == (first.data, 200, [1])
    assert "top-movies-" in first.headers["Content-Disposition"]
    for name in ("Content-Disposition", "Content-Type"):
        assert again.headers[name] == first.headers[name]
    assert client.get("/export/top-movies.csv?min=101").data != first.data
    first = client.get(f"/export/{OF_MODELS}.csv")
    assert client.get(f"/export/{OF_MODELS}.csv").data == first.data
    assert len(connections) == 3


@pytest.mark.parametrize("path", ["/", "/genres?min=7", "/export/top-movies.csv?min=100"])
def test_who_has_it_is_told_so(database, client, path):
    first = client.get(path)
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert "Content-Security-Policy" in again.headers


@pytest.mark.usefixtures("scratch")
@pytest.mark.parametrize("path", ["/", "/export/top-movies.csv?min=1"])
def test_who_has_that_of_a_former_dataset_gets_the_new_one(client, path):
    load(source())
    before = client.get(path)
    load(source(movies=((10, "B", 1991, "Western"),)))
    after = client.get(path, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200 and after.data != before.data


@pytest.mark.parametrize("path", ["/", "/films/1", "/embed/top-movies", "/export/top-movies.csv"])
def test_the_headers_alone_are_answered(database, client, path):
    assert client.head(path).status_code == 200
    assert client.get(path).data
