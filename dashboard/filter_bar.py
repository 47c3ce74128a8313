"""The filter bar: a control for each filter, what they write to the URL, and it to them."""

from dataclasses import replace
from itertools import product

from dash import Input, Output, State, callback, ctx, html, no_update

from dashboard import ids
from dashboard.chips import chips
from dashboard.components import notes
from dashboard.filter_controls import (
    BARS,
    CONTROLS,
    FIRST,
    SECOND,
    TYPED,
    control_id,
    shown,
)
from dashboard.filter_values import (
    changed,
    keeping_typed,
    read_controls,
    shown_values,
    told_at_fields,
)
from dashboard.rated_places import RatedPlaces
from dashboard.rated_words import RatedWords
from dashboard.state.cache import cached
from dashboard.state.payloads import (
    Clicks,
    StoredAddress,
    StoredView,
    Texts,
    checked,
)
from dashboard.state.session import Session, session
from dashboard.state.view import MOVING, View
from dashboard.wording import what_passes, whose_ratings
from db.filters.filter import Choices, Filter
from db.filters.rating_filters import FILTERS, RatingFilters
from db.queries import summary

TICKED = [(each, each.control) for each in FILTERS if isinstance(each.control, Choices)]


def layout() -> html.Div:
    """The controls, the filters in words, and the notes on values that were dropped."""
    return html.Div(
        [
            html.Div(
                [
                    html.Button(
                        "Filters",
                        id="filter-toggle",
                        type="button",
                        className="btn btn-quiet filter-toggle",
                        **{"aria-expanded": "false", "aria-controls": "filter-row"},
                        **{"data-opens": "filter-shell"},
                    ),
                    html.Div(
                        [
                            *map(shown, FILTERS),
                            html.Button(
                                "Compare with…",
                                id="compare-with",
                                type="button",
                                className="btn btn-quiet",
                                **{"aria-expanded": "false", "aria-controls": "filter-vs-row"},
                            ),
                            html.Button(
                                "Reset",
                                id=ids.FILTER_RESET,
                                type="button",
                                className="btn btn-quiet",
                            ),
                        ],
                        id="filter-row",
                        className="filter-row",
                        disable_n_clicks=True,
                    ),
                    html.Div(
                        [shown(each, SECOND) for each in FILTERS],
                        id="filter-vs-row",
                        className="filter-row against",
                        role="group",
                        hidden=True,
                        disable_n_clicks=True,
                        **{"aria-label": "Compared with"},
                    ),
                    html.Div(id="filter-chips"),
                    html.P(id="filter-words", className="filter-words figures", role="status"),
                    html.Div(id=ids.FILTER_NOTES, role="status"),
                ],
                className="page",
            ),
        ],
        id="filter-shell",
        className="filter-shell",
        role="search",
        disable_n_clicks=True,  # each part that counts clicks is a change of Dash's store at a tick
        **{"aria-label": "Filters"},
    )


ControlValue = Texts | str | int | float | None
"""What a control holds: the names chosen from a list, or what a field has."""


@callback(
    output={
        "view": Output(ids.VIEW, "data"),
        "notes": Output(ids.FILTER_NOTES, "children"),
        "scale": Output(ids.SCALE, "data"),
        "dataset": Output(ids.DATASET, "data"),
        "source": Output(ids.WHOSE, "children"),
        "values": [Output(control, "value") for control in CONTROLS[FIRST]],
        "others": [Output(control, "value") for control in CONTROLS[SECOND]],
        "options": [
            Output(control_id(each, bar=bar), "options") for bar in BARS for each, _ in TICKED
        ],
        "hidden": [
            Output(control_id(each, "-offered", bar), "hidden") for bar in BARS for each in FILTERS
        ],
        "wrong": [
            Output(control_id(each, "-said", bar), "children") for bar in BARS for each, _ in TYPED
        ],
        "ticked": [
            Output(control_id(each, "-summary", bar), "children")
            for bar in BARS
            for each, _ in TICKED
        ],
        "alone": Output("filter-vs-row", "hidden"),
        "compares": Output("compare-with", "aria-expanded"),
        "compare": Output("compare-with", "children"),
    },
    inputs={
        "address": Input(ids.URL, "data"),
        "reset": Input(ids.FILTER_RESET, "n_clicks"),
        "values": [Input(control, "value") for control in CONTROLS[FIRST]],
        "others": [Input(control, "value") for control in CONTROLS[SECOND]],
        "compare": Input("compare-with", "n_clicks"),
    },
    state={"stored_view": State(ids.VIEW, "data")},
)
@checked
def update_view(
    address: StoredAddress | None,
    reset: Clicks,
    values: list[ControlValue],
    others: list[ControlValue],
    compare: Clicks,
    stored_view: StoredView | None,
):
    """The one place where the URL and the controls become the view."""
    # What happens while the browser is busy comes in one call: leaving a field, and then Reset.
    pressed = ctx.triggered_prop_ids
    resets = f"{ids.FILTER_RESET}.n_clicks" in pressed and reset
    if ctx.triggered_id in (None, ids.URL) and not resets:
        with session() as current:
            news = _from_address(View.from_address(address), current)
        return news | {
            "values": changed(news["values"], values),
            "others": changed(news["others"], others),
        }
    before = View.from_store(stored_view)
    compares = "compare-with.n_clicks" in pressed and compare
    chosen, wrong = read_controls(values, FIRST, before.filters)
    against, wrong_there = _against(before, others, compares)
    if resets:
        chosen, against, wrong, wrong_there = RatingFilters(), None, set(), set()
    after = replace(before, filters=chosen, vs=against, page=1)
    data = {"query": after.to_query(), "by": ctx.triggered_id}
    touched = None if resets or compares else pressed.values()
    news = _shown(after) | {
        "view": no_update if chosen == before.filters and against == before.vs else data,
        "notes": None,
        "scale": no_update,
        "dataset": no_update,
        "source": no_update,
        "options": [no_update] * len(TICKED) * len(BARS),
        "hidden": [no_update] * len(FILTERS) * len(BARS),
        "wrong": told_at_fields(wrong, wrong_there, touched),
    }
    news["values"] = changed(keeping_typed(news["values"], wrong), values)
    news["others"] = changed(keeping_typed(news["others"], wrong_there), others)
    news["ticked"] = changed(news["ticked"], _ticked(before))
    if (after.vs is None) == (before.vs is None):
        news |= dict.fromkeys(("alone", "compares", "compare"), no_update)
    return news


def _against(
    before: View, others: list[ControlValue], pressed: object
) -> tuple[RatingFilters | None, set[str]]:
    """The second set: from its controls; all ratings, or none, once Compare is pressed."""
    if pressed:
        return (RatingFilters() if before.vs is None else None), set()
    if before.vs is None:
        return None, set()
    return read_controls(others, SECOND, before.vs)


def _shown(view: View) -> dict:
    """What both rows of controls show of a view."""
    return {
        "values": shown_values(view.filters),
        "others": shown_values(view.vs or RatingFilters()),
        "ticked": _ticked(view),
        "alone": view.vs is None,
        "compares": "false" if view.vs is None else "true",
        "compare": "Compare with…" if view.vs is None else "Stop comparing",
    }


def _ticked(view: View) -> list[str]:
    """What closed lists say."""
    return [
        ", ".join(getattr(filters, each.name)) or control.none
        for filters in (view.filters, view.vs or RatingFilters())
        for each, control in TICKED
    ]


def _from_address(view: View, current: Session) -> dict:
    """What the URL says: at the start, after navigation and after Back."""
    known, unknown = view.known_to(current.connection, current.dataset)
    said, view = view.dataset, known.on(current.dataset)
    by = ids.URL if view.dataset == said else MOVING  # which puts the name into the address
    sets = {FIRST: view.filters, SECOND: view.vs or RatingFilters()}
    return {
        "view": {"query": view.to_query(), "by": by},
        "notes": notes((*view.problems, *unknown)),
        "scale": RatedWords(current.dataset.scale).as_json(RatedPlaces.of(current)),
        "dataset": current.dataset.fingerprint,
        "source": whose_ratings(current.dataset.name),
        "options": [
            _options(each, control, sets[bar], current) for bar in BARS for each, control in TICKED
        ],
        "hidden": [not each.offered(current.dataset) for each in FILTERS] * len(BARS),
        "wrong": told_at_fields(set(), set(), None),
    } | _shown(view)


def _options(
    each: Filter, control: Choices, filters: RatingFilters, current: Session, text: str = ""
) -> list[str]:
    """The names to tick; of a searched list the ticked ones and those that match."""
    if control.search is None or not each.offered(current.dataset):
        return list(control.names(current.dataset))
    ticked = list(getattr(filters, each.name))
    found = control.search(current.connection, text)
    return [*ticked, *(name for name in found if name not in ticked)]


def _searched(each: Filter, control: Choices, bar: str) -> None:
    """Names that match what is typed, below those that are ticked."""

    @callback(
        Output(control_id(each, bar=bar), "options", allow_duplicate=True),
        Input(control_id(each, "-search", bar), "value"),
        State(ids.VIEW, "data"),
        prevent_initial_call=True,
    )
    @checked
    def update_options(text: str | None, stored_view: StoredView | None):
        with session() as current:
            view = View.from_store(stored_view)
            chosen = view.filters if bar == FIRST else view.vs or RatingFilters()
            return _options(each, control, chosen, current, text or "")


for _bar, (_each, _control) in product(BARS, TICKED):
    if _control.search is not None:
        _searched(_each, _control, _bar)


@callback(
    Output("filter-words", "children"),
    Output("filter-chips", "children"),
    Output(ids.SOURCE, "children"),
    Input(ids.VIEW, "data"),
)
@checked
def update_words(stored_view: StoredView | None):
    """The filters in words, with what passes them, and whose ratings these are."""
    view = View.from_store(stored_view)
    with session(lasting=True) as current:
        said = [
            what_passes(filters, cached(summary, current.connection, filters))
            for filters in view.both
        ]
    return ". Against: ".join(said), chips(view), current.dataset.name
