"""Stars as what a visitor reads: stars, or numbers of the scale that the dataset's files have.

Profiles, models and queries keep to stars (0.5 to 5, by half), so that a profile means the same on
datasets of any scale; only what is read becomes a number of the scale.
"""

from dataclasses import dataclass, field

from dashboard.rated_places import RatedPlaces
from db.store.original_scale import OriginalScale

WIDE = 20  # from the worst to the best: such scales are read without decimals


@dataclass(frozen=True)
class RatedWords:
    """How ratings are written: `3.5 ★`; on a scale of 1 to 10 `7 of 10`."""

    scale: OriginalScale = field(default_factory=OriginalScale)

    @property
    def places(self) -> int:
        """Decimals of a single rating."""
        scale = self.scale
        whole = float(scale.step).is_integer() and float(scale.high).is_integer()
        return 0 if whole or scale.high - scale.low >= WIDE else 1

    @property
    def unit(self) -> str:
        """Of a difference, and the heading of a column."""
        return "stars" if self.scale.is_stars else "points"

    @property
    def kind(self) -> str:
        """The heading of ratings themselves: `Stars`, `Ratings`."""
        return "Stars" if self.scale.is_stars else "Ratings"

    @property
    def star(self) -> str:
        """After a difference where there is no room for words."""
        return " ★" if self.scale.is_stars else ""

    def rating(self, stars: float) -> str:
        """`3.5 ★`, `7 of 10`."""
        return f"{self.number(stars)}{self._after}"

    def number(self, stars: float) -> str:
        """A single rating: `3.5`, `7`."""
        return f"{round(self.scale.value(2 * stars), self.places):g}"

    def predicted(self, stars: float) -> str:
        """What is likely, a decimal finer than what is given: `3.7`, `7.4`, of 100 `74`."""
        wide = self.scale.high - self.scale.low >= WIDE
        return f"{self.scale.value(2 * stars):.{0 if wide else max(1, self.places)}f}"

    def predicted_rating(self, stars: float) -> str:
        """`3.7 ★`, `7.4 of 10`."""
        return f"{self.predicted(stars)}{self._after}"

    def mean(self, stars: float) -> str:
        """An average: `3.54`, `7.08`."""
        return f"{self.scale.value(2 * stars):.2f}"

    def mean_rating(self, stars: float) -> str:
        """`3.54 ★`, `7.08 of 10`."""
        return f"{self.mean(stars)}{self._after}"

    def mean_in_words(self, stars: float) -> str:
        """`3.54 stars`, `7.08 of 10`."""
        return f"{self.mean(stars)} {self.after_mean}"

    def apart(self, stars: float) -> float:
        """A difference of so many stars on the scale."""
        return stars * 2 * self.scale.step

    def as_json(self, places: RatedPlaces) -> dict | None:
        """What assets/rated_scale.js reads; nothing where stars are read as stars, by half."""
        if self.scale.is_stars and places == RatedPlaces():
            return None
        return {
            "best": self.scale.high,
            "star": 2 * self.scale.step,
            "worst": places.worst,
            "step": places.step,
            "places": self.places,
            "stars": self.scale.is_stars,
        }

    @property
    def after_mean(self) -> str:
        """What stands after an average in a sentence: `stars`, `of 10`."""
        return "stars" if self.scale.is_stars else f"of {self.scale.high:g}"

    @property
    def _after(self) -> str:
        return " ★" if self.scale.is_stars else f" {self.after_mean}"
