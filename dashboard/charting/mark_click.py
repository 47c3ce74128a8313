"""What Plotly tells of a click on a chart's marks."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import BaseModel, Field

from dashboard.charting.ways import as_text
from dashboard.state.payloads import UnusableInput

Value = str | int | float | bool | None


class Mark(BaseModel):
    """A point, a bar or a cell; customdata is what the figure added to it."""

    x: Value = None
    y: Value = None
    customdata: Value | list[Value] = None

    def at(self, place: str) -> Value:
        """The value at "x", "y" or, in the list of customdata, "customdata.3"; None for none."""
        name, _, index = place.partition(".")
        found = getattr(self, name)
        if not index:
            return None if isinstance(found, list) else found
        listed = found if isinstance(found, list) else []
        return listed[int(index)] if int(index) < len(listed) else None


class MarkClick(BaseModel):
    """The marks at the place of a click, the nearest first."""

    points: Annotated[list[Mark], Field(min_length=1)]

    def values(self, leads: Iterable[tuple[str, str]]) -> dict[str, str]:
        """The first mark's values as texts, by column. Raises UnusableInput where one has none."""
        mark, found = self.points[0], {}
        for column, place in leads:
            value = mark.at(place)
            try:
                found[column] = as_text(column, "" if value is None else value)
            except ValueError:
                raise UnusableInput("click", value, f"input should be a {column}") from None
        return found
