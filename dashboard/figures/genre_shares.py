"""How much of each year's ratings each genre had: the largest together, others each by itself.

Rows: year, genre, ratings, share (of the year's ratings).
"""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.figures.yearly_mean import ENOUGH
from dashboard.theme import Theme, figure

NAMED = 5  # lines in one panel, each named at its end; more can't be told apart
COLUMNS, PANELS = 3, 15  # small panels: in a row, as many as a phone has room for; and in all
NAME = 0.05  # of the panel's height that a name takes
LONGEST = 12  # characters of a name


def genre_share_by_year(rows: pd.DataFrame, theme: Theme) -> go.Figure:
    """The five largest genres' lines, each named at its end."""
    shares = firm_shares(rows)
    lead = shares[by_size(rows)[:NAMED]]
    colours = dict(zip(lead, theme.sequence, strict=False))
    new = figure(theme)
    for genre in reversed(lead.columns):
        new.add_trace(_line(lead[genre], colours[genre], 2.5))
    top = lead.max().max() * 1.08
    last = lead.dropna(how="all").iloc[-1]
    for genre, place in zip(lead, apart(last.to_numpy() / top, NAME) * top, strict=True):
        _name(new, f"<b>{_short(genre)}</b>", place, colours[genre])
    return new.update_layout(
        xaxis={"title": "Year of rating", **_years(shares)},
        yaxis={"title": "Share of the year’s ratings", "tickformat": ".0%", "range": [0, top]},
        margin={"r": 84},
        showlegend=False,
    )


def other_genre_shares(rows: pd.DataFrame, theme: Theme) -> go.Figure:
    """A small panel for each of the next 15 genres, all on one scale, with its last share."""
    shares = firm_shares(rows)
    largest = by_size(rows)
    others = shares[largest[NAMED : NAMED + PANELS] if len(largest) > NAMED else largest]
    new = _panels(theme, len(others.columns))
    for place, genre in enumerate(others):
        at = {"row": 1 + place // COLUMNS, "col": 1 + place % COLUMNS}
        new.add_trace(_line(others[genre], theme.accent, 1.75, fill="tozeroy"), **at)
        _above(new, place, f"{_short(genre)} <b>{_percent(others[genre])}</b>", theme)
        new.update_yaxes(showticklabels=at["col"] == 1, **at)
        new.update_xaxes(showticklabels=place + COLUMNS >= len(others.columns), **at)
    new.update_yaxes(
        range=[0, others.max().max() * 1.08], nticks=3, tickformat=".0%", tickfont={"size": 10}
    )
    ends = [shares.index[0], shares.index[-1]]
    return new.update_xaxes(
        **_years(shares, room=0.08),
        tickvals=ends,
        ticktext=[f"’{year % 100:02}" for year in ends],
        tickfont={"size": 10},
    )


def firm_shares(rows: pd.DataFrame) -> pd.DataFrame:
    """Shares, a column a genre, a row a year; missing in years of fewer than 30 ratings.

    From the first to the last year of enough ratings; of every year where none has enough.
    """
    shares = rows.pivot(index="year", columns="genre", values="share").fillna(0)
    enough = (rows["ratings"] / rows["share"]).groupby(rows["year"]).max() >= ENOUGH - 0.5
    firm = shares[enough] if enough.any() else shares
    return firm.reindex(range(firm.index.min(), firm.index.max() + 1))


def by_size(rows: pd.DataFrame) -> pd.Index:
    """The genres, that of most ratings first."""
    sums = rows.groupby("genre")["ratings"].sum()
    return sums.sort_values(ascending=False, kind="stable").index


def apart(wanted: np.ndarray, least: float) -> np.ndarray:
    """Heights at least so far apart, in the order of those wanted and as near them as may be."""
    order = np.argsort(wanted, kind="stable")
    places = wanted[order].astype(float)
    for _ in range(200):
        for i in np.flatnonzero(np.diff(places) < least):
            push = max(least - (places[i + 1] - places[i]), 0) / 2
            places[i : i + 2] += -push, push
    result = np.empty_like(places)
    result[order] = places
    return result


def _panels(theme: Theme, panels: int) -> go.Figure:
    rows = -(-panels // COLUMNS)
    new = figure(theme).set_subplots(
        rows=rows,
        cols=COLUMNS,
        vertical_spacing=0.3 / rows,
        horizontal_spacing=0.04,
    )
    return new.update_layout(showlegend=False, margin={"t": 20})


def _line(shares: pd.Series, colour: str, width: float, **more: str) -> go.Scatter:
    return go.Scatter(
        x=shares.index.to_numpy(),
        y=shares.to_numpy(),
        name=shares.name,
        mode="lines" if shares.notna().sum() > 2 else "lines+markers",
        line={"color": colour, "width": width},
        hovertemplate=f"{shares.name} in %{{x}}: %{{y:.1%}} of the ratings<extra></extra>",
        **more,
    )


def _years(shares: pd.DataFrame, room: float = 0.01) -> dict:
    """An axis of the years, and as much more at each end as `room` says."""
    first, last = shares.index[0], shares.index[-1]
    more = max(last - first, 1) * room
    return {"range": [first - more, last + more], "tickformat": "d"}


def _name(new: go.Figure, text: str, height: float, colour: str) -> None:
    """Write to the right of the panel."""
    new.add_annotation(
        x=1,
        xref="x domain",
        y=height,
        text=text,
        font={"size": 12, "color": colour},
        xanchor="left",
        xshift=4,
        showarrow=False,
    )


def _above(new: go.Figure, place: int, text: str, theme: Theme) -> None:
    """Write above the small panel of that place."""
    axis = place + 1 if place else ""
    new.add_annotation(
        x=0,
        xref=f"x{axis} domain",
        y=1,
        yref=f"y{axis} domain",
        text=text,
        font={"size": 10, "color": theme.ink},
        xanchor="left",
        yanchor="bottom",
        xshift=-3,
        showarrow=False,
    )


def _short(genre: str) -> str:
    return genre if len(genre) <= LONGEST else genre[: LONGEST - 1].rstrip() + "…"


def _percent(shares: pd.Series) -> str:
    last = shares.dropna().iloc[-1]
    return "&lt;1%" if 0 < last < 0.005 else f"{last:.0%}"
