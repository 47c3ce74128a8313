"""The filter bar's controls: how that of each filter is drawn, and the ids of its parts."""

from dataclasses import replace

import dash_bootstrap_components as dbc
from dash import html

from dashboard import ids
from dashboard.components import search_field
from dashboard.year_slider import year_slider
from db.filters.filter import Choices, Control, Filter, Number, Range, always
from db.filters.rating_filters import FILTERS
from db.filters.released import RELEASED

BARS = (FIRST, SECOND) = ("", "vs-")
"""The rows of controls, each with a set of filters: what begins their keys in ids."""


def control_id(each: Filter, part: str = "", bar: str = FIRST) -> str:
    return ids.filter_control(f"{bar}{each.key}", part)


def shown(each: Filter, bar: str = FIRST) -> html.Div:
    """The control; hidden where the dataset has nothing that it could ask about."""
    control = each.control
    if bar == SECOND:
        control = replace(control, label=f"Against: {control.label[0].lower()}{control.label[1:]}")
    drawn = [_drawn(control_id(each, bar=bar), control)]
    if each is RELEASED and bar == FIRST:
        drawn = [html.Div([*drawn, year_slider()], className="with-picker")]
    if not isinstance(control, Choices):
        said = control_id(each, "-said", bar)
        drawn.append(html.Div(id=said, className="field-said", role="status"))
    id = control_id(each, "-offered", bar)
    return html.Div(drawn, id=id, hidden=each.offered is not always, disable_n_clicks=True)


def _drawn(id: str, control: Control) -> html.Div | html.Fieldset:
    if isinstance(control, Choices):
        return choices(id, control)
    return _range(id, control) if isinstance(control, Range) else _number(id, control)


def choices(id: str, control: Choices) -> html.Div:
    """A list to open and tick names in; its options come from a callback."""
    search = search_field(f"{id}-search", f"Search: {control.label}", "Search", shown=False)
    return html.Div(
        [
            html.Span(control.label, className="filter-label", id=f"{id}-label"),
            html.Details(
                [
                    html.Summary(
                        control.none,
                        id=f"{id}-summary",
                        **{"aria-labelledby": f"{id}-label {id}-summary"},
                    ),
                    html.Fieldset(
                        [
                            html.Legend(control.label, className="visually-hidden"),
                            *(search if control.search else []),
                            dbc.Checklist(id=id, options=[], value=[], className="picker-columns"),
                        ],
                        className="picker-panel",
                    ),
                ],
                className="picker",
            ),
        ]
    )


def _range(id: str, control: Range) -> html.Fieldset:
    label, unit, kind = control.label, control.unit, control.input_type

    def end(which: str, placeholder: str) -> list:
        return [
            html.Label(
                f"{label}, {which} of the {unit}",
                htmlFor=f"{id}-{which}",
                className="visually-hidden",
            ),
            _field(f"{id}-{which}", kind, placeholder),
        ]

    first, last = control.placeholders
    pair = [*end("first", first), html.Span("to", className="muted"), *end("last", last)]
    return html.Fieldset(
        [html.Legend(label, className="filter-label"), html.Div(pair, className="pair")],
        className=unit,
    )


def _number(id: str, control: Number) -> html.Div:
    return html.Div(
        [
            html.Label(control.label, htmlFor=id, className="filter-label"),
            _field(id, "number", control.placeholder),
        ]
    )


def _field(id: str, kind: str, placeholder: str) -> dbc.Input:
    return dbc.Input(
        id=id,
        type=kind,
        placeholder=placeholder,
        debounce=True,
        autocomplete="off",
        min=0 if kind == "number" else None,
        step=1 if kind == "number" else None,
    )


def parts(each: Filter, bar: str = FIRST) -> list[str]:
    """The ids whose values make the filter's."""
    ends = ("-first", "-last") if isinstance(each.control, Range) else ("",)
    return [control_id(each, end, bar) for end in ends]


TYPED = [(each, each.control) for each in FILTERS if not isinstance(each.control, Choices)]
"""Those whose fields may hold what is no value."""

CONTROLS = {bar: [part for each in FILTERS for part in parts(each, bar)] for bar in BARS}
"""By row, in the order of FILTERS."""
