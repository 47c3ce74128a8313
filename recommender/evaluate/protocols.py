"""The ways of measuring: what each does, how it errs, and which measure says what is best."""

from dataclasses import dataclass

from recommender.evaluate import predicted_stars, ranked_lists
from recommender.evaluate.measured import PrimaryMeasure


@dataclass(frozen=True)
class EvaluationProtocol:
    """title, about, bias: for the page, in sentences. version: of what it measures.

    A figure of another version means something else and is not shown.
    """

    title: str
    about: str
    bias: str
    primary: PrimaryMeasure
    version: int = 1


PROTOCOLS: dict[str, EvaluationProtocol] = {
    "visitor": EvaluationProtocol(
        "New visitors",
        "Every user is a visitor once, unknown to the models. They give at most 15 ratings of the"
        " 100 most rated films; the ten films recommended are compared with the others that they"
        " liked (4 stars or more).",
        "It rewards naming what everybody has seen, because that is what can be checked.",
        ranked_lists.PRIMARY,
    ),
    "time": EvaluationProtocol(
        "What came later",
        "The models learn what was rated before a date and recommend to those who rate after it;"
        " the ten are compared with what they then liked. People known by then give their last 15"
        " ratings, new ones their first 15.",
        "People rate what the site of that time showed them, so models like its own do better.",
        ranked_lists.PRIMARY,
    ),
    "rating": EvaluationProtocol(
        "Predicted stars",
        "Every rating is predicted once by a model that has not seen it.",
        "People rate films that they chose, mostly ones they like: it says nothing of the rest.",
        predicted_stars.PRIMARY,
    ),
}
"""By the name on the command line."""
