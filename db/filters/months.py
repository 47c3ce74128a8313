"""Calendar months, as people write them and as the database numbers them."""

from typing import NamedTuple, Self

# fmt: off
NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)
# fmt: on


class Month(NamedTuple):
    """A calendar month (UTC)."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"

    @property
    def number(self) -> int:
        """Months since January 1970, the form in which the database keeps months."""
        return (self.year - 1970) * 12 + self.month - 1

    @classmethod
    def from_number(cls, number: int) -> Self:
        """The month so many months after January 1970."""
        return cls(1970 + number // 12, number % 12 + 1)

    @property
    def label(self) -> str:
        """Such as "March 2005"."""
        return f"{NAMES[self.month - 1]} {self.year}"


MonthRange = tuple[Month | None, Month | None]
