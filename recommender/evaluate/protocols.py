"""The ways of measuring: what each does, how it errs, and which measure says what is best."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from recommender.evaluate import predicted_stars, ranked_lists
from recommender.evaluate.measured import PrimaryMeasure
from recommender.evaluate.question_visits import LONGER


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
    longer: Mapping[str, str] = field(default_factory=dict)
    """Of stages at which the same visitors give more, by name: the stage before."""


PROTOCOLS: dict[str, EvaluationProtocol] = {
    "visitor": EvaluationProtocol(
        "New visitors",
        "Every user is a visitor once, unknown to the models. They give a random half, at most 15,"
        " of the 100 most rated films that they know; the ten films recommended are compared with"
        " the others that they liked (4 stars or more).",
        "It rewards naming what everybody has seen, because that is what can be checked; the"
        " stratified figure counts rare films for more.",
        ranked_lists.PRIMARY,
        version=2,  # 1 gave all well-known films where they were at most 15
    ),
    "questions": EvaluationProtocol(
        "After the first questions",
        "Half of the films that a user likes are wanted. They are asked the questions of the quick"
        " start, and answer those about films that they rated; after 5, 10 and 30 questions the"
        " ten recommended are compared with the wanted ones. The same for the “well known” films.",
        "What is wanted is never asked about, and a film that was seen but not rated goes"
        " unanswered, so people really answer more than is counted here. Who has answered nothing"
        " is not counted: with more questions more people are, who know fewer films, so a line may"
        " fall without any list getting worse. What is gained is therefore counted of those who had"
        " answered before.",
        ranked_lists.PRIMARY,
        longer=LONGER,
    ),
    "themes": EvaluationProtocol(
        "One kind of film",
        "Made-up visitors who give five stars to eight well-known films of one genre, or of one tag"
        " that many use; five for each: how many of the ten are of the same kind, and how much do"
        " lists for different kinds overlap?",
        "A genre is a coarse word for a taste: a list can be right and off the genre, or the"
        " other way round.",
        PrimaryMeasure("on_theme"),
    ),
    "time": EvaluationProtocol(
        "What came later",
        "The models learn what was rated before a date and recommend to those who rate after it;"
        " the ten are compared with what they then liked. People known by then give their last 15"
        " ratings, new ones their first 15. Several dates; who is asked at more than one counts"
        " once, by their mean.",
        "People rate what the site of that time showed them, so models like its own do better.",
        ranked_lists.PRIMARY,
        version=2,  # 1 had one date
    ),
    "rating": EvaluationProtocol(
        "Predicted stars",
        "Every rating is predicted once by a model that has not seen it.",
        "People rate films that they chose, mostly ones they like: it says nothing of the rest.",
        predicted_stars.PRIMARY,
    ),
    "stars": EvaluationProtocol(
        "Stars for new visitors",
        "Every user is a visitor once, unknown to the models. They give 15 of the films that they"
        " rated, at random, and are told what they would give to others, with a range that shall"
        " hold four in five of the stars they then give (80 %).",
        "The films are some that they chose to see, as people do not see films at random.",
        predicted_stars.PRIMARY,
    ),
}
"""By the name on the command line."""
