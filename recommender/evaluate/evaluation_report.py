"""What an evaluation found; JSON on the command line and in the database."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

Interval = tuple[float, float]
"""Low and high end of 95 %."""

SIZES = ("visitors", "ratings", "users")


@dataclass(frozen=True)
class Difference:
    """How far a model's `measure` lies from that of `model`, the best, on the same users."""

    model: str
    measure: str
    difference: float
    interval: Interval

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Self:
        """Raises KeyError for what is no difference."""
        low, high = said["interval"]
        return cls(said["model"], said["measure"], said["difference"], (low, high))


@dataclass(frozen=True)
class Result:
    """What was measured of a model.

    fit_seconds: mean over the split's parts. counts: how many of SIZES were asked about. intervals:
    95 % by bootstrap over users, for most of the measures. against: for all but the best.
    """

    model: str
    fit_seconds: float
    counts: dict[str, int]
    measures: dict[str, float]
    intervals: dict[str, Interval]
    against: Difference | None = None

    def to_json(self) -> dict[str, Any]:
        """The counts stand beside the model's key."""
        about = {"model": self.model, "fit_seconds": self.fit_seconds, **self.counts}
        against = {"against": asdict(self.against)} if self.against else {}
        return about | {"measures": self.measures, "intervals": self.intervals} | against

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Self:
        """Raises KeyError for what is no result."""
        return cls(
            said["model"],
            said["fit_seconds"],
            {name: said[name] for name in SIZES if name in said},
            dict(said["measures"]),
            {name: (low, high) for name, (low, high) in said.get("intervals", {}).items()},
            Difference.from_json(said["against"]) if "against" in said else None,
        )


@dataclass(frozen=True)
class Report:
    """Models measured by one protocol on one dataset.

    version: of the protocol; figures of different versions don't compare. split: what was held out,
    in words.
    """

    dataset: str
    fingerprint: str
    protocol: str
    version: int
    seed: int
    split: str
    results: tuple[Result, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Each result has the split and the version as well: the database keeps it by itself."""
        about = {key: value for key, value in vars(self).items() if key != "results"}
        held_out = {"split": self.split, "version": self.version}
        return about | {"results": [each.to_json() | held_out for each in self.results]}
