"""`python -m benchmarks pages`: on the loaded dataset, or the sample."""

import argparse
import json

from threadpoolctl import threadpool_limits

from benchmarks.page_times.browser import measure_pages
from benchmarks.page_times.callback_times import measure_charts, measure_recommendations
from benchmarks.page_times.pages_report import report
from benchmarks.report import write_section
from db.errors import NoDataset
from db.ingest.sources import SOURCES
from db.ingest.swap import load
from db.store.engine import available, reading
from recommender.serving import training


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", help="write the figures to this file as well")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Measure, print, and write the section of RESULTS.md."""
    with available():
        _prepare()
        threadpool_limits(1, "blas")  # as in the web workers
        figures = {"charts": measure_charts(), "recommendations": measure_recommendations()}
    figures |= measure_pages()
    if arguments.json:
        with open(arguments.json, "w", encoding="utf-8") as file:
            json.dump(figures, file, indent=1)
    body = report(figures)
    print(body)
    write_section("pages", "python -m benchmarks pages", body)


def _prepare() -> None:
    """Load the sample where nothing is loaded, and train what is missing."""
    try:
        with reading():
            pass
    except NoDataset:
        load(SOURCES["sample"]())
    training.train()
