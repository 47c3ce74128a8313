"""python -m recommender train | recommend | evaluate"""

import argparse
import json
import sys
import time
from typing import NoReturn

from db import logs
from db.errors import EmbeddedError, LoadError
from db.home import HomeError
from db.settings import SettingError
from db.store.engine import DatabaseError, available
from db.store.evaluations import save_evaluation
from db.version import VERSION
from recommender.data.rating_matrix import HIGHEST, LOWEST, RatingMatrix
from recommender.evaluate import arguments, report_table
from recommender.evaluate.evaluation import evaluate as measure
from recommender.evaluate.evaluation_report import Report
from recommender.evaluate.splits import SplitError
from recommender.models import DEFAULT_MODEL, MODELS, STAND_INS
from recommender.models.base import TrainingError
from recommender.models.ranking import best
from recommender.serving import training
from recommender.serving.figure_roots import with_makers
from recommender.serving.ratings import read_log
from recommender.serving.trainer import Training

POLL = 2.0  # seconds between looks at which dataset is current


class RequestError(Exception):
    """The user asked for something that can't be done; the message is one line."""


ERRORS = (
    *(RequestError, TrainingError, SplitError),
    *(DatabaseError, EmbeddedError, HomeError, LoadError, SettingError),
)


class Parser(argparse.ArgumentParser):
    """An argument parser whose complaints are one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


def main(given: list[str] | None = None) -> int:
    """Run a command: 0, or 1 where it can't be done; exits with 2 where it can't be understood."""
    options = _parser().parse_args(given)
    try:
        logs.configure()
        options.run(options)
    except ERRORS as error:
        return _fail(str(error))
    except OSError as error:
        return _fail(f"{error.filename}: {error.strerror}")
    except KeyboardInterrupt:
        return 130
    return 0


def _fail(message: str) -> int:
    print(f"recommender: {message}", file=sys.stderr)
    return 1


def _parser() -> Parser:
    parser = Parser(prog="python -m recommender", description="Films for one's own ratings.")
    parser.add_argument("--version", action="version", version=f"Reelscope {VERSION}")
    commands = parser.add_subparsers(required=True, metavar="train | recommend | evaluate")

    command = commands.add_parser("train", help="train what the loaded dataset misses")
    command.add_argument("--model", action="extend", nargs="+", choices=MODELS, help="only these")
    command.add_argument(
        "--watch",
        action="store_true",
        help="go on: train, and measure, for every dataset that is loaded; beside a web server",
    )
    command.set_defaults(run=train)

    command = commands.add_parser("recommend", help="the best films for some ratings")
    command.add_argument(
        "--rate",
        action="append",
        required=True,
        type=_rating,
        metavar="MOVIE_ID=STARS",
        help="a film and 0.5 to 5 stars (repeat)",
    )
    command.add_argument(
        "--model",
        choices=MODELS,
        help=f"default: {DEFAULT_MODEL} or, until it is trained, {STAND_INS[0]}",
    )
    command.add_argument("-n", type=_positive, default=10, help="how many (default 10)")
    command.add_argument("--json", action="store_true", help="JSON instead of a list")
    command.set_defaults(run=recommend)

    command = commands.add_parser("evaluate", help="measure models on ratings held out")
    arguments.add_arguments(command)
    command.set_defaults(run=evaluate)
    return parser


def _rating(text: str) -> tuple[int, float]:
    movie_id, _, stars = text.partition("=")
    try:
        rating = int(movie_id), float(stars)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not MOVIE_ID=STARS, such as 318=4.5"
        ) from None
    if not LOWEST <= rating[1] <= HIGHEST or rating[1] * 2 % 1:
        raise argparse.ArgumentTypeError(
            f"{text!r} is off the scale; stars go from {LOWEST} to {HIGHEST:g} by halves"
        )
    return rating


def _positive(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of films, such as 10")
    return int(text)


def train(options: argparse.Namespace) -> None:
    """Train missing models; what is being done goes to stderr."""
    if options.watch:
        if options.model:
            raise RequestError("--watch trains all models; leave --model out")
        _watch()
    with available():
        if not options.model:
            _say_left_out(training.obstacles(training.current_matrix()))
        seconds = training.train(options.model, _say_step)
    for key, taken in seconds.items():
        print(f"{key}: trained in {taken:.1f} s")
    if not seconds:
        print("Nothing to train: all are up to date.")


def _watch() -> NoReturn:
    """Until interrupted; a database that goes away meanwhile is waited for."""
    with available(), Training() as watching:
        while True:
            watching.look()
            time.sleep(POLL)


def _say_left_out(obstacles: dict[str, str]) -> None:
    for key, reason in obstacles.items():
        print(f"{key} is left out. {reason}", file=sys.stderr)


def _say_step(step: str, done: int, steps: int) -> None:
    if step:
        print(f"[{done + 1}/{steps}] {step}", file=sys.stderr)


def recommend(options: argparse.Namespace) -> None:
    """Print the best films that the visitor has not rated."""
    profile = _profile(options.rate)
    with available():
        model = _trained(options.model) if options.model else _default()
        matrix = model.matrix_
        for movie_id in profile:
            if matrix.columns([movie_id])[0] < 0:
                raise RequestError(
                    f"no film {movie_id} in the loaded dataset; leave it out or give another id"
                )
        scores = model.score(profile)
    unseen = matrix.without(profile)
    films = [
        {
            "movie_id": int(matrix.movie_ids[column]),
            "title": matrix.movies["title"].iat[column],
            "score": float(scores[column]),
        }
        for column in best(scores, matrix.counts, options.n, unseen)
    ]
    if options.json:
        print(json.dumps(films, ensure_ascii=False))
    else:
        print(
            "\n".join(
                f"{film['score']:8.3f}  {film['title']} ({film['movie_id']})" for film in films
            )
        )


def _profile(ratings: list[tuple[int, float]]) -> dict[int, float]:
    profile = dict(ratings)
    for movie_id in profile:
        if sum(rated == movie_id for rated, _ in ratings) > 1:
            raise RequestError(f"film {movie_id} is rated twice; give one --rate {movie_id}=STARS")
    return profile


def _trained(key: str):
    model = training.trained(key)
    if model is None:
        command = f"python -m recommender train --model {key}"
        raise RequestError(_obstacle(key) or f"{key} is not trained yet; run: {command}")
    return model


def _obstacle(key: str) -> str | None:
    """Why the model can't be trained here on the current dataset."""
    return MODELS[key].obstacle(training.current_matrix().csr.nnz)


def _default():
    """The default model; the first stand-in, which is quickly trained, until there is one."""
    model = training.trained(DEFAULT_MODEL)
    if model is None:
        command = f"python -m recommender train --model {DEFAULT_MODEL}"
        reason = _obstacle(DEFAULT_MODEL) or f"it is trained by: {command}"
        print(f"{STAND_INS[0]} stands in for {DEFAULT_MODEL}; {reason}", file=sys.stderr)
        return _trained(STAND_INS[0])
    return model


def evaluate(options: argparse.Namespace) -> None:
    """Measure models by a protocol; a table on stdout, all figures in the JSON file."""
    if problem := arguments.problem(options):
        raise RequestError(problem)
    log = read_log(options.data)
    keys = options.model or _trainable(log.matrix)
    models = {key: MODELS[key] for key in keys}
    for report in measure(log, arguments.plan(options), models, _print_progress):
        if options.json:
            text = json.dumps(report.to_json(), indent=2) + "\n"
            options.json.write_text(text, encoding="utf-8")
    if report.results:
        _keep(report)
        print(report_table.heading(report))
        print(report_table.plain(*report_table.rows(report)))


def _keep(report: Report) -> None:
    """Write the report to the database, for the Models page; it has been printed all the same."""
    try:
        with available():
            save_evaluation(with_makers(report.to_json()))
    except (DatabaseError, EmbeddedError, HomeError) as error:
        print(f"The results are not kept in the database: {error}", file=sys.stderr)


def _trainable(matrix: RatingMatrix) -> list[str]:
    obstacles = training.obstacles(matrix)
    _say_left_out(obstacles)
    return [key for key in arguments.default_first() if key not in obstacles]


def _print_progress(step: str) -> None:
    print(step, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
