"""The sections of the page Data, drawn from what the catalogue says."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from dash import html

from dashboard import ids
from dashboard.wording import count, day, moment
from db.counts import ratings_in_words
from db.store.dataset_list import Listed

FIRST = 20  # rows left out that are listed
IMPORTS = 20  # that are listed; a folder that is watched may bring one an hour
UNKNOWN = "not known: it was loaded by an earlier version"


def loaded(shown: Listed) -> list:
    """What there is."""
    dataset = shown.dataset
    facts = {
        "Name": dataset.name,
        "Ratings": f"{dataset.ratings:,}",
        "Users": f"{dataset.users:,}",
        "Films rated": f"{dataset.movies:,}",
        "Genres": f"{len(dataset.genres):,}",
        "Tags": f"{dataset.tags:,}",
        "Scale in the files": str(dataset.scale),
        "Rated": f"{day(dataset.first_rating)} to {day(dataset.last_rating)}"
        if dataset.has_times
        else "not known: the ratings have no times",
        "Loaded": f"{moment(dataset.loaded_at)}",
        "Fingerprint": html.Code(dataset.fingerprint),
    }
    return [html.H2("What is loaded"), _facts(facts)]


def _facts(facts: Mapping[str, Any]) -> html.Dl:
    return html.Dl(
        [html.Div([html.Dt(name), html.Dd(value)]) for name, value in facts.items()],
        className="facts",
    )


def origins(shown: Listed) -> list:
    """Each import that brought ratings; of very many the first and the latest."""
    shown_of = [*shown.history[:1], *shown.history[1:][1 - IMPORTS :]]
    rows = [
        [
            [
                _place(each["source"]),
                html.Div(moment(datetime.fromisoformat(each["at"])), className="muted"),
            ],
            f"{each['ratings']:,}",
            f"{each.get('changed', 0):,}",
        ]
        for each in shown_of
    ]
    heading = html.H2("Where it comes from")
    if not rows:
        return [heading, html.P(UNKNOWN, className="muted mb-0")]
    names = ("From and when", "New ratings", "Changed")
    between = len(shown.history) - len(rows)
    said = f"{count(between, 'import')} between the first and the latest {IMPORTS - 1}: not shown."
    return [
        heading,
        _table(names, rows, "Imports, oldest first", numbers=(1, 2)),
        html.P(said, className="muted mb-0") if between else None,
    ]


def _place(origin: str) -> str:
    """The last part of a path or an address: the rest is nobody's business on the web."""
    address = urlsplit(origin)
    if address.scheme in ("http", "https"):
        return f"{address.hostname}{address.path}"
    return origin.replace("\\", "/").rstrip("/").rpartition("/")[2] or origin


def left_out(shown: Listed) -> list:
    """What was read and is not there, by reason, with the first rows."""
    heading = html.H2("What was left out")
    rejected = shown.rejected or {"rows": 0, "reasons": {}, "first": []}
    if not rejected["rows"]:
        return [heading, html.P("Nothing: every row was used.", className="muted mb-0")]
    most = sorted(rejected["reasons"].items(), key=lambda each: -each[1])
    reasons = [[reason, f"{rows:,}"] for reason, rows in most]
    first = [_rejected(row) for row in rejected["first"][:FIRST]]
    listed = html.Ul(first, className="rejected")
    return [
        heading,
        _table(("Why", "Rows"), reasons, "Rows by reason", numbers=(1,)),
        html.Details([html.Summary(_which(len(first), rejected["rows"])), listed], className="mt-2")
        if first
        else None,
    ]


def _rejected(row: Mapping[str, Any]) -> html.Li:
    """Where a row is, why it was left out, and what stands there."""
    where = f"{row['file']}, line {row['line']:,}: {row['reason']}"
    return html.Li([where, html.Code(row.get("text", ""))])


def _which(listed: int, rows: int) -> str:
    return "Which rows" if listed == rows else f"Which rows: the first {listed}"


def kept(others: list[Listed], may_switch: bool) -> list:
    """The other datasets, with a button each for who may choose."""
    heading = html.H2("Other datasets")
    if not others:
        text = ["None is kept. ", html.Code("python -m db load SOURCE --keep"), " keeps one."]
        return [heading, html.P(text, className="muted mb-0")]
    command = html.Code("python -m db use NAME")
    who = None if may_switch else html.P(["Who runs this Reelscope chooses: ", command])
    return [heading, who, html.Ul([_other(each, may_switch) for each in others], className="kept")]


def _other(each: Listed, may_switch: bool) -> html.Li:
    dataset = each.dataset
    words = ratings_in_words(dataset.ratings, dataset.movies, dataset.users)
    button = html.Button(
        "Show",
        id=ids.kept_dataset(dataset.name),
        type="button",
        className="btn btn-quiet",
        **{"aria-label": f"Show {dataset.name} on all pages"},
    )
    old = "" if each.readable else ", of an earlier version: python -m db upgrade"
    return html.Li(
        [
            html.Div(
                [
                    html.Strong(dataset.name),
                    html.Div(
                        f"{words}, loaded {moment(dataset.loaded_at)}{old}", className="muted"
                    ),
                ]
            ),
            button if may_switch and each.readable else None,
        ]
    )


def licence(shown: Listed) -> list:
    """What stands beside the data about their use."""
    heading = html.H2("Licence")
    if not shown.licence:
        text = "No text about their use stands beside the data: ask who gave them to you."
        return [heading, html.P(text, className="muted mb-0")]
    lines = count(shown.licence.count("\n") + 1, "line")
    return [
        heading,
        html.Details(
            [
                html.Summary(f"As it stands beside the data ({lines})"),
                html.Pre(shown.licence, className="licence", tabIndex="0"),
            ],
            open=shown.licence.count("\n") < FIRST,
        ),
    ]


def _table(
    names: tuple[str, ...], rows: list[list], caption: str, numbers: tuple[int, ...] = ()
) -> html.Div:
    def kind(column: int) -> str:
        return "number" if column in numbers else ""

    head = [html.Th(name, scope="col", className=kind(i)) for i, name in enumerate(names)]
    body = [
        html.Tr([html.Td(cell, className=kind(i)) for i, cell in enumerate(row)]) for row in rows
    ]
    return html.Div(
        html.Table(
            [
                html.Caption(caption, className="visually-hidden"),
                html.Thead(html.Tr(head)),
                html.Tbody(body),
            ]
        ),
        className="film-table data-table",
        tabIndex="0",
        role="region",
        **{"aria-label": caption},
    )
