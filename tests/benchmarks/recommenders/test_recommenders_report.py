"""The line that README gives."""

from benchmarks.recommenders.recommenders_report import headline
from recommender.evaluate.evaluation_report import Report, Result
from recommender.evaluate.protocols import PROTOCOLS
from recommender.models import DEFAULT_MODEL


def line(protocol: str, **figures: float) -> str:
    measure = PROTOCOLS[protocol].primary.name
    results = (
        Result(model.replace("_", " "), 1.0, {"visitors": 9}, {measure: figure}, {})
        for model, figure in figures.items()
    )
    return headline(Report("films", "f", protocol, 1, 0, "nothing", (*results,)))


def test_the_default_is_named_first_and_then_who_is_better():
    said = line("questions", **{"nmf": 0.2, DEFAULT_MODEL: 0.4, "ease": 0.5, "implicit:_ALS": 0.3})
    assert said.endswith(f"films): {DEFAULT_MODEL} 0.400; ease 0.500; implicit: ALS 0.300.")


def test_once_where_it_is_the_best():
    said = line("visitor", **{DEFAULT_MODEL: 0.4, "ease": 0.3, "Surprise:_SVD": 0.9})
    assert said.endswith(f"films): {DEFAULT_MODEL} 0.400.")


def test_without_it_our_best_comes_first():
    said = line("rating", **{"svd": 0.9, "als": 0.8, "Surprise:_SVD": 0.85, "Surprise:_KNN": 0.84})
    assert said.endswith("films): als 0.800; Surprise: KNN 0.840.")


def test_of_ranges_around_stars_it_says_what_they_hold():
    models = {"als": (0.9, 0.79), "svd": (0.8, 0.8123)}
    results = (
        Result(model, 1.0, {"visitors": 9}, {"rmse": rmse, "covered": covered}, {})
        for model, (rmse, covered) in models.items()
    )
    said = headline(Report("films", "f", "stars", 1, 0, "nothing", (*results,)))
    assert said.endswith("svd 0.800; its 80 % range holds 81.2 % of the stars that they gave.")


def test_every_protocol_has_one():
    for protocol in PROTOCOLS:
        assert line(protocol, als=0.8).endswith("films): als 0.800.")
