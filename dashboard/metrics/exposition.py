"""Prometheus' text format, version 0.0.4: one family of samples after another."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
ESCAPED = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})


@dataclass(frozen=True)
class Sample:
    """suffix: of the family's name, such as "_count"."""

    value: float
    labels: Mapping[str, object] = field(default_factory=dict)
    suffix: str = ""


@dataclass(frozen=True)
class Family:
    """kind: counter, gauge or summary. meaning: one line."""

    name: str
    kind: str
    meaning: str
    samples: tuple[Sample, ...]

    @classmethod
    def single(cls, name: str, kind: str, meaning: str, value: float) -> "Family":
        return cls(name, kind, meaning, (Sample(value),))


def exposition(families: Iterable[Family]) -> str:
    """All of them as text; families without samples are left out."""
    return "".join(_text(family) for family in families if family.samples)


def _text(family: Family) -> str:
    head = f"# HELP {family.name} {family.meaning}\n# TYPE {family.name} {family.kind}\n"
    return head + "".join(_line(family.name, sample) for sample in family.samples)


def _line(name: str, sample: Sample) -> str:
    labels = ",".join(
        f'{key}="{str(value).translate(ESCAPED)}"' for key, value in sample.labels.items()
    )
    shown = f"{{{labels}}}" if labels else ""
    return f"{name}{sample.suffix}{shown} {sample.value:.15g}\n"
