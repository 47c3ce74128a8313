"""`python -m benchmarks questions`: what the first questions are worth, with each of our models."""

import argparse

from benchmarks.recommenders import recommenders_command
from recommender.evaluate import arguments


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Those of `python -m benchmarks models`, without other libraries."""
    arguments.add_arguments(parser)
    parser.set_defaults(run=run, section="questions", libraries=(), peer=None)


def run(options: argparse.Namespace) -> None:
    """Measure, print, and write the section of RESULTS.md."""
    options.protocol = "questions"
    recommenders_command.run(options)
