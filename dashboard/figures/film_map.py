"""Figures of films on a map: those liked by the same people stand close together."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape

import numpy as np
import pandas as pd

from dashboard.figures.film_bars import plotly_name
from dashboard.figures.titles import person_name
from dashboard.plain_figure import PlainFigure
from dashboard.theme import DARK, DISPLAY, Theme, figure

SHOWN = 1500  # films drawn at once, the most rated of the part that is shown; more come on zooming
NAMED = 40  # candidates for a name, most rated first; the browser drops those that would overlap
ROWS, COLUMNS, IN_EACH = 7, 7, 1  # parts of the map that have candidates of their own
LONGEST_NAME = 32
LEAST_IN_REGION = 5  # films of a theme in view that let its name stand there
RARE = 0.04  # of the films: a rarer genre colours none
EDGE = 0.03  # room around the whole map, as a share of it
WIDTH = 1 + 2 * EDGE  # of the whole map with it
CLOSE = 6.0  # zoom at a film that was searched for
OTHERS = "Other"
WHOLE = (0.5, 0.5, 1.0)
MARKS = {  # kind: name in the legend, symbol, size
    "rated": ("Rated", "star", 15),
    "recommended": ("For you", "diamond-open", 14),
    "found": ("Found", "circle-open", 24),
}

PLACE = "place"  # the kind of mark that is no film but whose taste lies there


def taste_map(
    rows: pd.DataFrame,
    theme: Theme,
    colour: str = "genre",
    at: tuple[float, float, float] | None = None,
    marks: Mapping[str, Sequence[int]] | None = None,
    user: int | None = None,
) -> PlainFigure:
    """Bubbles at x and y, sized by ratings, coloured by "genre" or "rating", the best known named.

    rows: as the CSV, the most rated first; attrs may have "regions", movie ids by a theme's name.
    at: as View has it. marks: movie ids by a key of MARKS, or by PLACE the film at which a person
    stands: user, else the visitor.
    Drawn as on the page's dark stage, whatever the theme.
    """
    regions = rows.attrs.get("regions", {})
    theme, marks = replace(DARK, rated=theme.rated), marks or {}
    x, y, zoom = at or _found(rows, marks.get("found", ())) or WHOLE
    half = WIDTH / 2 / zoom
    near = (rows["x"] - x).abs().le(half) & (rows["y"] - y).abs().le(half)
    rows = rows.assign(size=_sizes(rows, zoom))
    shown = rows[near].head(SHOWN)
    new = figure(theme)
    if colour == "genre":
        _by_genre(new, theme, shown, _genre_of(rows))
    else:
        _by_rating(new, theme, shown, rows)
    for kind, (name, symbol, size) in MARKS.items():
        _mark(new, theme, rows[rows["movie_id"].isin(marks.get(kind, ()))], name, symbol, size)
    place = rows[rows["movie_id"].isin(marks.get(PLACE, ()))]
    _place(new, theme, place, person_name(user))
    _name_regions(new, theme, rows[near], regions)
    marked = rows["movie_id"].isin({movie for ids in marks.values() for movie in ids})
    _name(new, theme, rows[near & marked], _best_known(shown[~marked[shown.index]]))
    return new.update_layout(
        xaxis={"visible": False, "range": [x - half, x + half], "fixedrange": False},
        yaxis={"visible": False, "range": [y - half, y + half], "fixedrange": False},
        dragmode="pan",
        # At the foot of the graph: placed by the films' part of it, Plotly lets it lie over them.
        legend={"itemsizing": "constant", "yref": "container", "y": 0, "yanchor": "bottom"},
    )


def _found(rows: pd.DataFrame, found: Sequence[int]) -> tuple[float, float, float] | None:
    """Where the most rated of the films that were searched for stands."""
    there = rows[rows["movie_id"].isin(found)]
    return None if there.empty else (float(there["x"].iloc[0]), float(there["y"].iloc[0]), CLOSE)


def _sizes(rows: pd.DataFrame, zoom: float) -> np.ndarray:
    """Pixels, by the square root of the ratings, somewhat larger from close by."""
    sizes = 4 + 15 * np.sqrt(rows["ratings"].to_numpy() / rows["ratings"].max())
    return sizes * min(zoom, 10) ** 0.25


def _genre_of(rows: pd.DataFrame) -> pd.Series:
    """One genre for each film: its rarest of those that are not too rare to have a colour."""
    of = rows["genres"].str.split("|").explode()
    counts = of[of != ""].value_counts()
    known = of[of.isin(counts.index[counts >= RARE * len(rows)])]
    rarest = known.to_frame("genre").assign(films=known.map(counts)).sort_values("films")
    one = rarest.groupby(level=0)["genre"].first()
    return one.reindex(rows.index).fillna(OTHERS)


def _by_genre(new, theme: Theme, shown: pd.DataFrame, genres: pd.Series) -> None:
    """A trace for each of the most frequent genres and one, the lowest, for all others."""
    named = genres[genres != OTHERS].value_counts().index[: len(theme.sequence)]
    colours = {OTHERS: theme.quiet} | dict(zip(named, theme.sequence, strict=False))
    own = genres[shown.index].where(genres[shown.index].isin(named), OTHERS).to_numpy()
    for genre, colour in colours.items():
        films = own == genre
        if films.any():
            marker = {"color": colour, "size": shown["size"].to_numpy()[films]}
            rank = 2000 if genre == OTHERS else 1000  # the last in the legend
            _films(new, theme, shown[films], marker, name=genre, legendrank=rank)


def _by_rating(new, theme: Theme, shown: pd.DataFrame, rows: pd.DataFrame) -> None:
    """One trace; the colours span the averages of nine films in ten."""
    if shown.empty:
        return
    low, high = rows["average_rating"].quantile([0.05, 0.95])
    marker = {
        "color": shown["average_rating"].to_numpy(),
        "colorscale": [[0, theme.sequence[-1]], [0.5, theme.quiet], [1, theme.rating]],
        "cmin": low,
        "cmax": high,
        "size": shown["size"].to_numpy(),
        "colorbar": {
            "title": {
                "text": f"Average rating ({theme.rated.name})",
                "side": "top",
                "font": {"size": 12},
            },
            "orientation": "h",
            "thickness": 8,
            "len": 0.3,
            "x": 0,
            "xanchor": "left",
            "y": -0.01,
            "yanchor": "top",
            "outlinewidth": 0,
            "tickfont": {"color": theme.muted},
            "nticks": 4,
        },
    }
    _films(new, theme, shown, marker, showlegend=False)


def _films(new, theme: Theme, films: pd.DataFrame, marker: dict, **more) -> None:
    """Bubbles that say on hovering what film they are; customdata begins with the film's number."""
    said = zip(
        films["movie_id"],
        films["genres"].str.replace("|", ", "),
        films["ratings"],
        films["average_rating"].round(2),
        strict=True,
    )
    new.add_scatter(
        x=films["x"].to_numpy(),
        y=films["y"].to_numpy(),
        mode="markers",
        marker={"opacity": 0.85, "line": {"width": 0.75, "color": theme.surface}} | marker,
        text=[plotly_name(film.title, film.release_year, 60) for film in films.itertuples()],
        customdata=list(said),
        hovertemplate="<b>%{text}</b><br>%{customdata[1]}<br>%{customdata[3]} "
        f"{theme.rated.unit} on average of"
        " %{customdata[2]:,} ratings<extra></extra>",
        **more,
    )


def _mark(new, theme: Theme, films: pd.DataFrame, name: str, symbol: str, size: int) -> None:
    if films.empty:
        return
    line = {"width": 1.5 if symbol == "star" else 2.5, "color": theme.ink}
    line |= {"color": theme.surface} if symbol == "star" else {}
    marker = {"symbol": symbol, "size": size, "color": theme.ink, "opacity": 1, "line": line}
    _films(new, theme, films, marker, name=name)


def _place(new, theme: Theme, films: pd.DataFrame, who: str) -> None:
    """Where a person stands, by name; drawn over all films."""
    if films.empty:
        return
    line = {"width": 3, "color": theme.ink}
    marker = {"symbol": "circle", "size": 17, "color": theme.accent, "opacity": 1, "line": line}
    _films(new, theme, films, marker, name=who)
    new.add_scatter(
        x=films["x"].to_numpy(),
        y=films["y"].to_numpy(),
        mode="text",
        text=[f"<b>{who}</b>"],
        textposition="bottom center",
        textfont={"size": 15, "color": theme.ink},
        hoverinfo="skip",
        showlegend=False,
        name="place",
    )


def _name(new, theme: Theme, marked: pd.DataFrame, rest: pd.DataFrame) -> None:
    """Names above films, the marked ones' first and bold: in order of weight."""
    films = pd.concat([marked, rest])
    if films.empty:
        return
    names = [f"<b>{_called(film)}</b>" for film in marked.itertuples()]
    new.add_scatter(
        x=films["x"].to_numpy(),
        y=films["y"].to_numpy(),
        mode="markers+text",  # invisible bubbles keep the names off those below
        marker={"size": films["size"].to_numpy(), "opacity": 0},
        text=names + [_called(film) for film in rest.itertuples()],
        textposition="top center",
        textfont={"size": 11, "color": theme.ink},
        hoverinfo="skip",
        showlegend=False,
        name="names",
    )


def _name_regions(new, theme: Theme, near: pd.DataFrame, regions: Mapping) -> None:
    """Each theme's name where most of its films stand, the theme of the most ratings first."""
    lying = [(name, near[near["movie_id"].isin(films)]) for name, films in regions.items()]
    placed = [(name, *_heart(films)) for name, films in lying if len(films) >= LEAST_IN_REGION]
    if not placed:
        return
    names, x, y = zip(*placed, strict=True)
    new.add_scatter(
        x=np.array(x),
        y=np.array(y),
        mode="text",
        text=[escape(name, quote=False) for name in names],
        textfont={"size": 21, "color": theme.rating, "family": DISPLAY},
        hoverinfo="skip",
        showlegend=False,
        name="regions",
    )


def _heart(films: pd.DataFrame) -> tuple[float, float]:
    """Where the film stands that is nearest to the middle of these."""
    away = (films["x"] - films["x"].median()) ** 2 + (films["y"] - films["y"].median()) ** 2
    return tuple(films.loc[away.idxmin(), ["x", "y"]])


def _best_known(shown: pd.DataFrame) -> pd.DataFrame:
    """The most rated films of each part of what is shown, so that names stand everywhere."""
    if shown.empty:
        return shown
    part = [
        ((place - place.min()) / (np.ptp(place) or 1) * parts).astype(int)
        for place, parts in ((shown["x"], COLUMNS), (shown["y"], ROWS))
    ]
    return shown.groupby(part, sort=False).head(IN_EACH).head(NAMED)


def _called(film) -> str:
    """The title without what stands in brackets behind it."""
    return plotly_name(film.title.partition(" (")[0] or film.title, None, LONGEST_NAME)
