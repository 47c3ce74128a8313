"""Data: what is loaded, from where and when, what was left out, and which datasets are kept."""

from typing import Annotated

from dash import ALL, Input, Output, callback, ctx, dcc, html, no_update
from flask import abort, request
from pydantic import Field

from dashboard import ids
from dashboard.components import cards, note, page
from dashboard.data_sections import kept, left_out, licence, loaded, origins
from dashboard.guard.at_home import is_at_home
from dashboard.page_registry import register_page
from dashboard.paths import DATA
from dashboard.state.payloads import Clicks, StoredView, UnusableInput, checked
from dashboard.state.session import session
from dashboard.state.view import MOVING, View
from db import settings
from db.errors import LoadError
from db.ingest.kept import use
from db.store.dataset_list import listed

register_page(__name__, DATA, "Data", filters=False, order=7)

MOST_KEPT = 1000  # datasets

CHOSEN = "All pages show {} from now on. Models that are not trained on it yet will be."


def layout(**_):
    return page(
        "Data",
        "What is loaded, from where, and what was left out of it.",
        dcc.Store(id="data-used"),
        html.Div(id="data-note", role="status", className="mt-3"),
        cards(
            html.Section(id="data-loaded", className="card-panel half"),
            html.Div(
                [
                    html.Section(id="data-origins", className="card-panel"),
                    html.Section(id="data-kept", className="card-panel"),
                ],
                className="half card-column",
            ),
            html.Section(id="data-left-out", className="card-panel"),
            html.Section(id="data-licence", className="card-panel"),
        ),
    )


@callback(
    Output("data-loaded", "children"),
    Output("data-origins", "children"),
    Output("data-left-out", "children"),
    Output("data-kept", "children"),
    Output("data-licence", "children"),
    Output("data-note", "children"),
    Input(ids.VIEW, "data"),
    Input("data-used", "data"),
)
@checked
def update_data(_: StoredView | None, used: str | None):
    """All sections, at the start and whenever another dataset was chosen."""
    with session() as current:
        every = listed(current.connection)
    (shown,) = (each for each in every if each.current)
    others = [each for each in every if not each.current]
    return (
        loaded(shown),
        origins(shown),
        left_out(shown),
        kept(others, may_switch()),
        licence(shown),
        note(CHOSEN.format(used)) if used == shown.dataset.name else None,
    )


@callback(
    Output("data-used", "data"),
    Output(ids.VIEW, "data", allow_duplicate=True),
    Input(ids.kept_dataset(ALL), "n_clicks"),
    prevent_initial_call=True,
)
@checked
def use_dataset(clicks: Annotated[list[Clicks], Field(max_length=MOST_KEPT)]):
    """Make the dataset whose button was pressed the current one; buttons also call when drawn."""
    if not any(clicks) or not isinstance(ctx.triggered_id, dict):
        return no_update, no_update
    if not may_switch():
        abort(403, "Who runs this Reelscope chooses the dataset: python -m db use NAME")
    name = ctx.triggered_id["name"]
    with session() as current:
        names = [each.dataset.name for each in listed(current.connection)]
    if name not in names:
        raise UnusableInput("name", name, f"there is {', '.join(names)}")
    try:
        use(name)
    except LoadError as error:
        abort(409, str(error))
    return name, {"query": View(dataset=name).to_query(), "by": MOVING}


def may_switch() -> bool:
    """Whether this visitor may choose what all see."""
    return settings.SWITCH.value() == "local" and is_at_home(request)
