"""Each genre's share of the ratings, year by year."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from dashboard.figures.others import Others, legend_name
from dashboard.plain_figure import PlainFigure
from dashboard.theme import Theme, figure

NAMED = 5  # lines in one panel, each with a colour; more can't be told apart
COLUMNS, OTHERS = 2, 14  # small panels in a row, and in all
FEW_YEARS = 8  # between which Plotly would name parts of years
FEW = 100  # ratings of a year, below which a share may be off by ten points
SHARED = 0.46  # of the height is the large panel’s where there are small ones
BETWEEN = 0.05  # small panels, of the width and of the height
FILLED = 0.58  # of the height of a small panel is its line’s, the rest its heading’s
LINE = 0.055  # of the large panel's height, that a name at the end of a line takes


def genre_share_by_year(
    rows: pd.DataFrame, theme: Theme, others: Others | None = None
) -> PlainFigure:
    """Lines of the five largest genres, named at their ends; the next in small panels of one scale.

    A second set's are dotted lines of the same genres.

    rows: year, genre, ratings, share. Years of fewer than 100 ratings are left out, unless there
    are no others.
    """
    shares = _by_year(rows)
    against = None if others is None or others.rows.empty else _by_year(others.rows)
    if against is not None:
        years = range(
            min(shares.index[0], against.index[0]), max(shares.index[-1], against.index[-1]) + 1
        )
        shares = shares.reindex(years)
        against = against.reindex(years).reindex(columns=shares.columns)
    by_size = rows.groupby("genre")["ratings"].sum().sort_values(ascending=False, kind="stable")
    largest = by_size.index[by_size.index.isin(shares.columns)]
    named, small = largest[:NAMED], largest[NAMED : NAMED + OTHERS]
    new = figure(theme)
    for genre, colour in zip(named, theme.sequence, strict=False):
        _add_line(new, shares[genre], colour)
        if others is not None and against is not None:
            _add_line(new, against[genre], colour, legend_name(others.that))
    _add_names(new, shares[named], theme)
    if len(small):
        _add_panels(new, shares[small], theme, None if against is None else against[small])
    return new.update_layout(
        xaxis={
            "range": [shares.index[0], shares.index[-1]],
            "title": "Year of rating",
            "tickformat": "d",
            "dtick": 1 if len(shares) <= FEW_YEARS else None,
        },
        yaxis={
            "title": "Share of the year’s ratings",
            "tickformat": ".0%",
            "range": _from_zero(shares[named], against),
            "domain": [1 - SHARED, 1] if len(small) else [0, 1],
        },
        showlegend=False,
        margin={"r": 76},
    )


def _by_year(rows: pd.DataFrame) -> pd.DataFrame:
    """Shares, a row for each year from the first to the last of enough ratings, by genre."""
    shares = _firm(rows).pivot(index="year", columns="genre", values="share")
    shares = shares.reindex(range(shares.index.min(), shares.index.max() + 1))
    return shares.fillna(0).where(shares.notna().any(axis=1))


def _from_zero(shares: pd.DataFrame, against: pd.DataFrame | None = None) -> list[float]:
    """The range of an axis that holds these shares, of the same genres in both sets."""
    most = np.nanmax(shares.to_numpy(), initial=0.01)
    if against is not None:
        most = np.nanmax(against[shares.columns].to_numpy(), initial=most)
    return [0, 1.08 * most]


def _firm(rows: pd.DataFrame) -> pd.DataFrame:
    """Those of years with enough ratings; all where no year has."""
    of_year = (rows["ratings"] / rows["share"]).groupby(rows["year"]).transform("max")
    firm = rows[of_year.round() >= FEW]
    return rows if firm.empty else firm


def _add_line(new: PlainFigure, share: pd.Series, colour: str, of: str = "") -> None:
    """of: which set it is of, if it is not the first."""
    new.add_scatter(
        x=share.index.to_numpy(),
        y=share.to_numpy(),
        name=share.name,
        mode="lines+markers" if len(share) < 3 else "lines",
        line={"color": colour, "width": 1.5, "dash": "dot"}
        if of
        else {"color": colour, "width": 2.5},
        customdata=[share.name] * len(share),
        hovertemplate=f"{share.name} in %{{x}}: %{{y:.1%}} of the ratings<extra>{of}</extra>",
    )


def _add_names(new: PlainFigure, shares: pd.DataFrame, theme: Theme) -> None:
    """Write each line's name where it ends, moved apart where lines end close together."""
    ends = shares.ffill().iloc[-1].sort_values()
    new.add_scatter(
        x=np.full(len(ends), shares.index[-1]),
        y=apart(ends.to_numpy(), LINE * _from_zero(shares)[1]),
        mode="text",
        text=[f"\u2002{genre}" for genre in ends.index],
        textposition="middle right",
        textfont={"color": [theme.sequence[shares.columns.get_loc(name)] for name in ends.index]},
        cliponaxis=False,
        hoverinfo="skip",
    )


def apart(places: Sequence[float] | np.ndarray, step: float) -> np.ndarray:
    """Places, ascending, moved as little as keeps each at least a step above the one before.

    Those that are too close become a block around their mean (pool adjacent violators).
    """
    lowest = np.asarray(places, float) - step * np.arange(len(places))
    blocks: list[tuple[float, int]] = []
    for place in lowest:
        blocks.append((float(place), 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (one, n), (other, m) = blocks[-2:]
            blocks[-2:] = [((one * n + other * m) / (n + m), n + m)]
    pooled = np.repeat([mean for mean, _ in blocks], [number for _, number in blocks])
    return pooled + step * np.arange(len(places))


def _ends(shares: pd.DataFrame) -> tuple[int, int]:
    """The first and the last year of which shares are known."""
    years = shares.index[shares.notna().any(axis=1)]
    return years[0], years[-1]


def _add_panels(
    new: PlainFigure, shares: pd.DataFrame, theme: Theme, against: pd.DataFrame | None
) -> None:
    """A small area of each genre below its name, all on one scale of years and one of shares.

    A second set's are a line over each. All have one pair of axes, from 0 to 1, as a pair each
    would take Plotly ten times as long.
    """
    years = shares.index.to_numpy()
    across = (years - years[0]) / max(years[-1] - years[0], 1)
    # Of two sets the years of both are there: an area ends where the first set's do
    known = slice(*shares.index.slice_locs(*_ends(shares)))
    width = (1 - (COLUMNS - 1) * BETWEEN) / COLUMNS
    height = 1 / -(-len(shares.columns) // COLUMNS)
    areas: list[tuple[np.ndarray, np.ndarray, list[str]]] = []
    genres: list[str] = []
    headings: list[tuple[float, float, str, str]] = []
    over: list[tuple[np.ndarray, np.ndarray]] = []
    most = _from_zero(shares, against)[1]
    for place, genre in enumerate(shares):
        row, column = divmod(place, COLUMNS)
        left, floor = column * (width + BETWEEN), 1 - (row + 1) * height
        x = left + width * across
        if against is not None:
            line = floor + FILLED * height * against[genre].to_numpy() / most
            over.append((np.r_[x, np.nan], np.r_[line, np.nan]))
        x = x[known]
        y = floor + FILLED * height * shares[genre].fillna(0).to_numpy()[known] / most
        said = [
            f"{genre} in {year}: {share:.1%} of the ratings"
            for year, share in shares[genre].iloc[known].items()
        ]
        areas.append(
            (
                np.r_[x, x[-1], x[0], np.nan],
                np.r_[y, floor, floor, np.nan],
                [*said, said[-1], said[0], ""],
            )
        )
        genres += [str(genre)] * len(areas[-1][0])
        last = shares[genre].ffill().iloc[-1]
        top = floor + FILLED * height
        headings.append((left, top, genre, "top right"))
        headings.append(
            (left + width, top, f"{last:.0%}" if last >= 0.01 else "&lt; 1%", "top left")
        )
    new.add_scatter(
        x=np.concatenate([x for x, _, _ in areas]),
        y=np.concatenate([y for _, y, _ in areas]),
        text=[text for _, _, said in areas for text in said],
        customdata=genres,
        mode="lines",
        line={"color": theme.muted, "width": 1},
        fill="toself",
        hoveron="points",
        hovertemplate="%{text}<extra></extra>",
        xaxis="x2",
        yaxis="y2",
    )
    if over:
        new.add_scatter(
            x=np.concatenate([x for x, _ in over]),
            y=np.concatenate([y for _, y in over]),
            mode="lines",
            line={"color": theme.accent, "width": 1.5, "dash": "dot"},
            hoverinfo="skip",
            xaxis="x2",
            yaxis="y2",
        )
    x, y, text, position = zip(*headings, strict=True)
    new.add_scatter(
        x=x,
        y=y,
        text=text,
        mode="text",
        textposition=position,
        textfont={"size": 11, "color": theme.muted},
        cliponaxis=False,
        hoverinfo="skip",
        xaxis="x2",
        yaxis="y2",
    )
    bare = {"visible": False, "range": [0, 1]}
    new.update_layout(
        xaxis2=bare | {"anchor": "y2"},
        yaxis2=bare | {"anchor": "x2", "domain": [0, 1 - SHARED - BETWEEN]},
    )
