"""Several panels in one figure, each with axes of its own."""

from collections.abc import Sequence
from typing import Any, Self

from dashboard.plain_figure import PlainFigure
from dashboard.theme import Theme, figure


class Panels(PlainFigure):
    """Panels in rows and columns, counted from 1 at the top left.

    Traces name theirs by `row` and `col`; axes are updated in all panels that these leave open.
    """

    def __init__(self, theme: Theme, rows: int, columns: int) -> None:
        super().__init__(figure(theme)["layout"])
        self.rows, self.columns = rows, columns

    def add_trace(self, kind: str, trace: dict[str, Any]) -> Self:
        """Add a trace to its panel."""
        at = _number(self.columns, trace.pop("row"), trace.pop("col"))
        return super().add_trace(kind, trace | {"xaxis": f"x{at}", "yaxis": f"y{at}"})

    def update_xaxes(self, row: int | None = None, col: int | None = None, **changes: Any) -> None:
        """Set properties of the axes below panels."""
        self._update("xaxis", row, col, changes)

    def update_yaxes(self, row: int | None = None, col: int | None = None, **changes: Any) -> None:
        """Set properties of the axes beside panels."""
        self._update("yaxis", row, col, changes)

    def _update(self, axis: str, row: int | None, col: int | None, changes: dict) -> None:
        for each in range(1, self.rows + 1) if row is None else [row]:
            for other in range(1, self.columns + 1) if col is None else [col]:
                self.update_layout(**{f"{axis}{_number(self.columns, each, other)}": changes})


def panels(
    theme: Theme,
    rows: int,
    columns: int,
    *,
    across: float = 0.1,
    down: float = 0.15,
    widths: Sequence[float] | None = None,
    shared_y: bool = False,
) -> Panels:
    """So many empty panels.

    across, down: between them, of the whole. widths: of the columns, to one another. shared_y:
    whether a row's panels have one y axis, named beside the first.
    """
    new = Panels(theme, rows, columns)
    from_left = _spans(widths or [1.0] * columns, across)
    from_top = _spans([1.0] * rows, down)
    for row in range(1, rows + 1):
        for col in range(1, columns + 1):
            at = _number(columns, row, col)
            top, bottom = from_top[row - 1]
            new.update_xaxes(row, col, domain=list(from_left[col - 1]), anchor=f"y{at}")
            new.update_yaxes(row, col, domain=[1 - bottom, 1 - top], anchor=f"x{at}")
            if shared_y and col > 1:
                first = f"y{_number(columns, row, 1)}"
                new.update_yaxes(row, col, matches=first, showticklabels=False)
    return new


def _number(columns: int, row: int, col: int) -> str:
    """A panel's axes' number, none for the first's: Plotly calls them x, x2, x3 …"""
    number = (row - 1) * columns + col
    return "" if number == 1 else str(number)


def _spans(parts: Sequence[float], between: float) -> list[tuple[float, float]]:
    """Where each begins and ends, from 0 to 1."""
    room = 1 - between * (len(parts) - 1)
    begins = [
        room * sum(parts[:place]) / sum(parts) + place * between for place in range(len(parts))
    ]
    ends = [begin + room * part / sum(parts) for begin, part in zip(begins, parts, strict=True)]
    return list(zip(begins, ends, strict=True))
