"""What the first questions are worth: how well films are recommended after five of them."""

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from benchmarks.report import table, write_section
from recommender.data.rating_matrix import LIKED, RatingMatrix
from recommender.evaluate import bootstrap, metrics
from recommender.evaluate.splits import WELL_KNOWN, folds
from recommender.models import DEFAULT_MODEL, MODELS
from recommender.models.base import Recommender
from recommender.models.ranking import best
from recommender.questions.quick_start import questions
from recommender.questions.strategies import movies_to_rate
from recommender.serving.ratings import read_log

FIVE = 5
MOST_ASKED = 40
LENGTH = 10
FOLDS = 5


@dataclass(frozen=True, eq=False)
class SimulatedVisitor:
    """A user whom no model has seen. answers: {movie_id: stars}; wanted: ids of films they like.

    wanted is a random half of the films that they like; they are neither asked about these nor
    recommended what else they rated.
    """

    answers: dict[int, float]
    wanted: np.ndarray


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", metavar="DIR", help="instead of the loaded dataset")
    parser.add_argument("--model", action="append", choices=MODELS, help="default: as on the page")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Measure, print, and write the section of RESULTS.md."""
    name, matrix = _data(arguments.data)
    keys = arguments.model or [DEFAULT_MODEL]
    body = report(name, {key: measure(matrix, MODELS[key]) for key in keys})
    print(body)
    given = f" --data {name}" if arguments.data else ""
    given += "".join(f" --model {key}" for key in arguments.model or ())
    write_section("questions", f"python -m benchmarks questions{given}", body)


def _data(source: str | None) -> tuple[str, RatingMatrix]:
    log = read_log(source)
    return log.name, log.matrix


def _random_popular(matrix: RatingMatrix, seed: int) -> list[int]:
    return movies_to_rate(matrix, "popular", n=50, seed=seed)


def _most_popular(matrix: RatingMatrix, seed: int) -> list[int]:
    return matrix.movie_ids[matrix.by_popularity[:WELL_KNOWN]].tolist()


def _popularity_entropy(matrix: RatingMatrix, seed: int) -> list[int]:
    """log popularity × entropy of the stars (Rashid et al., 2002)."""
    stars = np.zeros((matrix.n_movies, 10))
    np.add.at(stars, (matrix.csr.indices, np.rint(2 * matrix.csr.data).astype(int) - 1), 1)
    shares = stars / matrix.counts[:, None]
    entropy = -(shares * np.log2(np.where(shares > 0, shares, 1))).sum(axis=1)
    columns = best(np.log2(matrix.counts) * entropy, matrix.counts, WELL_KNOWN)
    return matrix.movie_ids[columns].tolist()


def _quick_start(matrix: RatingMatrix, seed: int) -> list[int]:
    return questions(matrix).tolist()


WAYS: dict[str, Callable[[RatingMatrix, int], list[int]]] = {
    "random, of the 50 most rated": _random_popular,
    "the most rated": _most_popular,
    "popularity × entropy": _popularity_entropy,
    "quick start": _quick_start,
}
"""Film ids in the order in which a visitor is asked about them, from (training ratings, seed)."""


def measure(matrix: RatingMatrix, kind: type[Recommender], seed: int = 0) -> dict[str, dict]:
    """Every user as a visitor once, in five folds. Returns by the way of asking:

    "answers", "questions": NDCG@10 of each visitor (n,) after five answers and after five questions
    (who does not know a film gives no answer); "known": the share of the first five that each knew.
    """
    found: dict[str, dict] = {way: {"answers": [], "questions": [], "known": []} for way in WAYS}
    for training_rows, rows in folds(matrix.n_users, FOLDS, seed):
        known = matrix.take_users(training_rows)
        model = kind().fit(known)
        fixed = {way: order(known, seed) for way, order in WAYS.items()}
        for row, visitor in _visitors(matrix, known, rows, seed):
            for way, order in fixed.items():
                if WAYS[way] is _random_popular:
                    order = _random_popular(known, seed + row)
                _ask(model, visitor, order, found[way])
    return {way: {k: np.array(v) for k, v in values.items()} for way, values in found.items()}


def _visitors(
    matrix: RatingMatrix, known: RatingMatrix, rows: np.ndarray, seed: int
) -> Iterator[tuple[int, SimulatedVisitor]]:
    """Those of the users in these rows who like at least two films that are known."""
    for row in rows:
        ratings = slice(matrix.csr.indptr[row], matrix.csr.indptr[row + 1])
        ids, stars = matrix.movie_ids[matrix.csr.indices[ratings]], matrix.csr.data[ratings]
        there = known.columns(ids.tolist()) >= 0
        ids, stars = ids[there], stars[there]
        liked = np.random.default_rng([seed, row]).permutation(ids[stars >= LIKED])
        if len(liked) < 2:
            continue
        wanted = liked[: len(liked) // 2]
        rest = ~np.isin(ids, wanted)
        answers = dict(zip(ids[rest].tolist(), stars[rest].tolist(), strict=True))
        yield int(row), SimulatedVisitor(answers, wanted)


def _ask(model: Recommender, visitor: SimulatedVisitor, order: list[int], found: dict) -> None:
    """Ask about the films in order, as far as the visitor can be asked, and rank after five."""
    held_out = set(visitor.wanted.tolist())
    asked = [movie for movie in order if movie not in held_out][:MOST_ASKED]
    answered = [movie for movie in asked if movie in visitor.answers]
    first = [movie for movie in asked[:FIVE] if movie in visitor.answers]
    found["known"].append(len(first) / FIVE)
    found["answers"].append(_ndcg(model, visitor, answered[:FIVE]))
    found["questions"].append(_ndcg(model, visitor, first))


def _ndcg(model: Recommender, visitor: SimulatedVisitor, given: list[int]) -> float:
    matrix = model.matrix_
    scores = model.score({movie: visitor.answers[movie] for movie in given})
    listed = best(scores, matrix.counts, LENGTH, matrix.without(visitor.answers))
    hits = np.isin(matrix.movie_ids[listed], visitor.wanted)
    return metrics.ndcg(hits, len(visitor.wanted), LENGTH)


def report(name: str, found: dict[str, dict[str, dict]]) -> str:
    """A table for each model; differences are per visitor, with 95 % bootstrap intervals."""
    base = next(iter(WAYS))
    parts = [
        f"Which films to ask about first, on {name}: NDCG@10 of films liked and held out, every"
        f" user a visitor once. In brackets, the gain over “{base}” with its 95 % interval."
    ]
    for key, ways in found.items():
        rows = [
            (
                way,
                *(_gained(values[when], ways[base][when]) for when in ("answers", "questions")),
                f"{values['known'].mean():.0%}",
            )
            for way, values in ways.items()
        ]
        visitors = len(ways[base]["known"])
        heads = ("films", "after 5 answers", "after 5 questions", "of the first 5, known")
        parts += [f"`{key}`, {visitors:,} visitors:", table(heads, rows)]
    return "\n\n".join(parts)


def _gained(values: np.ndarray, base: np.ndarray) -> str:
    if values is base:
        return f"{values.mean():.3f}"
    low, high = bootstrap.interval(values - base)
    gain = (values - base).mean()
    return f"{values.mean():.3f} ({gain:+.3f}, {low:+.3f} to {high:+.3f})"
