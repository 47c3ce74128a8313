"""What code made the figures that were measured, so that others are measured when it changes."""

from functools import cache
from hashlib import blake2b
from pkgutil import iter_modules

from recommender import evaluate
from recommender.models import MODELS
from recommender.serving.provenance import provenance, roots_of

WORDING = {"arguments", "report_table"}
MEASURING = tuple(
    f"{evaluate.__name__}.{module.name}"
    for module in iter_modules(evaluate.__path__)
    if module.name not in WORDING
)


@cache
def made_by(model: str) -> str:
    """A hash of the model's code, that which measures it, and the libraries that these use.

    model: its key. Raises ImportError where the source is not there.
    """
    made = provenance((*roots_of(MODELS[model]), *MEASURING))
    return blake2b(repr((made["code"], made["libraries"])).encode(), digest_size=8).hexdigest()


def with_makers(report: dict) -> dict:
    """A report as JSON, with what made it beside each result."""
    results = [each | {"made_by": made_by(each["model"])} for each in report["results"]]
    return report | {"results": results}
