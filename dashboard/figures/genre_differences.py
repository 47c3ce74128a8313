"""Two sets of ratings by genre and release decade: how far apart their averages are."""

import numpy as np
import pandas as pd

from dashboard.figures.genre_cells import FEW, PALE, colour_bar
from dashboard.figures.others import Others
from dashboard.plain_figure import PlainFigure
from dashboard.theme import Theme, figure


def genre_differences(rows: pd.DataFrame, theme: Theme, others: Others) -> PlainFigure:
    """Heat map of the first set's average less the second's; what may be chance is pale.

    rows, others.rows: genre, decade, ratings, average_rating, low, high (95 %); cells that one of
    them lacks are empty. Pale: the interval of the difference holds 0 (each cell taken by itself),
    or a set has few ratings there.
    """
    both = rows.merge(others.rows, on=["genre", "decade"], suffixes=("", "_2"))
    both["apart"] = both["average_rating"] - both["average_rating_2"]
    both["half"] = np.hypot(both["high"] - both["low"], both["high_2"] - both["low_2"]) / 2
    few = both[["ratings", "ratings_2"]].min(axis=1) < FEW
    both["firm"] = (both["apart"].abs() > both["half"]) & ~few
    names = sorted(both["genre"].unique(), reverse=True)
    decades = sorted(both["decade"].unique())
    most = (
        float(both["apart"][both["firm"]].abs().max()) if both["firm"].any() else theme.rated.step
    )
    new = figure(theme)
    for firm in (True, False):
        part = both[both["firm"] == firm]
        cells = [
            part.pivot(index="genre", columns="decade", values=name).reindex(names, columns=decades)
            for name in ("apart", "half", "ratings", "ratings_2")
        ]
        new.add_heatmap(
            x=[f"{decade}s" for decade in decades],
            y=names,
            z=cells[0].to_numpy(float),
            customdata=np.dstack([cell.to_numpy(float) for cell in cells[1:]]),
            colorscale=[[0, theme.accent], [0.5, theme.surface], [1, theme.rating]],
            zmin=-most,
            zmax=most,
            opacity=1 if firm else PALE,
            xgap=2,
            ygap=2,
            hoverongaps=False,
            showscale=firm,
            colorbar=colour_bar(
                f"Difference ({theme.rated.unit}); pale: chance", tickformat="+.2f"
            ),
            hovertemplate="%{y}, released in the %{x}: %{z:+.2f} ± %{customdata[0]:.2f} "
            f"{theme.rated.unit}<br>%{{customdata[1]:,}} against %{{customdata[2]:,}} ratings"
            "<extra></extra>",
        )
    return new.update_layout(
        xaxis={"title": "Decade of release", "type": "category"},
        yaxis={"title": None, "type": "category", "showgrid": False},
    )
