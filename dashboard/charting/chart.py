"""What a chart is: a question to the database, a figure of the answer, and an address of its own.

A page declares its charts with `chart(...)` and places each with `components.chart_card`. That
gives it the figure, the table, the CSV at `/export/<id>.csv`, a loading and an empty state. Tests,
exports and benchmarks go through CHARTS; one without an oracle in tests/db/plain_pandas.py, or that
reads the table of all ratings though nobody asked for exact figures, fails the tests.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from inspect import Parameter, signature

import pandas as pd
from sqlalchemy import Connection

from dashboard.charting.on_scale import on_scale
from dashboard.charting.versus import Comparing, side_by_side
from dashboard.figures.others import Others
from dashboard.plain_figure import PlainFigure
from dashboard.state.cache import cached
from dashboard.state.session import Session, session
from dashboard.state.view import View
from dashboard.theme import Theme
from db.errors import DatabaseError
from db.queries import summary

Marks = Mapping[str, Sequence[int]]
"""Films that a chart makes stand out: movie ids by the kind of mark."""


@dataclass(frozen=True)
class Chart:
    """One chart.

    id: names it in URLs and exports. about: how to read it, one sentence.
    query: (connection, filters, **parameters) -> DataFrame, the CSV's rows.
    figure: (DataFrame, Theme, **look) -> PlainFigure. height: in rem.
    keys: the columns that tell rows apart. order: the columns that rows are sorted by, a leading
    "-" for descending; None for the keys, () for an order of its own.
    parameters: the fields of View, beside the filters, that the query takes.
    limit: how many rows the figure shows, where the query can stop there.
    remembered: whether the answer depends on the dataset and the view alone.
    empty: what to say where there are no rows, if other filters would not help.
    look: the fields of View that the figure takes beside the rows.
    leads: where a mark has a value that leads somewhere (dashboard/charting/ways.py): a column and
    its place in what Plotly tells of a click, "x", "y" or "customdata.3".
    own_clicks: whether its page has a callback of its own for clicks. boxes: whether a box that is
    drawn on it leaves out what lies elsewhere: within= in the address.
    versus: how rows under the filters differ from those under a second set, if they can be
    compared; the figure then takes these as `others`.
    marked: whether the figure takes marks, {kind: movie ids}, which the page puts into the card.
    """

    id: str
    title: str
    about: str
    query: Callable[..., pd.DataFrame]
    figure: Callable[..., PlainFigure]
    keys: tuple[str, ...]
    order: tuple[str, ...] | None = None
    parameters: tuple[str, ...] = ()
    height: float = 20
    limit: int | None = None
    remembered: bool = True
    empty: str = ""
    look: tuple[str, ...] = ()
    marked: bool = False
    leads: tuple[tuple[str, str], ...] = ()
    own_clicks: bool = False
    boxes: bool = False
    versus: Comparing | None = None

    def drawn(self, session: Session, view: View) -> pd.DataFrame:
        """The rows that the figure shows: of a long list, its head."""
        return self._rows(session, view, **({"limit": self.limit} if self.limit else {}))

    def others(self, session: Session, view: View) -> pd.DataFrame | None:
        """All rows under the second set of filters; None where nothing is compared."""
        if self.versus is None or view.vs is None:
            return None
        return self._rows(session, replace(view, filters=view.vs))

    def read(self, session: Session, view: View) -> pd.DataFrame:
        """All rows under `view`, those of a second set beside them, as tables and files have them.

        Ratings are on the dataset's scale. Shared, so not to be changed.
        """
        rows, others = self._rows(session, view), self.others(session, view)
        if others is None or self.versus is None:
            return rows
        return side_by_side(rows, others, self.keys, self.versus)

    def _rows(self, session: Session, view: View, **more: int) -> pd.DataFrame:
        if not self.remembered:
            return self.fetch(session.connection, view, **more)
        chosen = self._chosen(view)
        rows = cached(self.query, session.connection, view.filters, **chosen, **more)
        return on_scale(rows, session.dataset.scale)

    def fetch(self, connection: Connection, view: View, **more: int) -> pd.DataFrame:
        """The same in stars, asked of the database whether or not the answer is known."""
        return self.query(connection, view.filters, **self._chosen(view), **more)

    def _chosen(self, view: View) -> dict[str, object]:
        return {name: getattr(view, name) for name in self.parameters}

    def draw(
        self,
        rows: pd.DataFrame,
        theme: Theme,
        view: View,
        marks: Marks,
        others: pd.DataFrame | None = None,
    ) -> PlainFigure:
        """The figure of these rows, which are not none, over those of the second set."""
        look = {name: getattr(view, name) for name in self.look}
        if others is not None:
            look["others"] = Others(others, *view.said)
        return self.figure(rows, theme, **look, **({"marks": marks} if self.marked else {}))

    @property
    def over_time(self) -> bool:
        """Whether it can't answer where nobody knows when ratings were given."""
        return not {"month", "year"}.isdisjoint(self.keys)

    @property
    def needs_movie(self) -> bool:
        """Whether the query can't be asked without a film."""
        movie = signature(self.query).parameters.get("movie")
        return movie is not None and movie.default is Parameter.empty


CHARTS: dict[str, Chart] = {}


def chart(*args, **kwargs) -> Chart:
    """A Chart, listed under its id for the export and the callbacks."""
    new = Chart(*args, **kwargs)
    CHARTS[new.id] = new
    return new


def warm() -> None:
    """Ask what every page shows without filters, so that nobody waits for a first view."""
    try:
        with session() as current:
            cached(summary, current.connection, View().filters)
            for each in CHARTS.values():
                if not each.needs_movie:
                    each.drawn(current, View())
    except DatabaseError:
        return  # the pages say so themselves, and ask again
