"""python -m benchmarks COMMAND: measured into RESULTS.md."""

import argparse

from benchmarks import costs, questions
from benchmarks.page_times import pages_command as pages
from benchmarks.recommenders import recommenders_command as models
from benchmarks.scale import scale_command as scale
from benchmarks.siege import siege_command as siege
from benchmarks.spark import ease_command as ease
from benchmarks.spark import spark_command as spark
from benchmarks.tastes import tastes_command as tastes


def main() -> None:
    """Run the benchmark that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    pages.add_arguments(commands.add_parser("pages", help="charts, recommendations and page loads"))
    scale.add_arguments(commands.add_parser("scale", help="import and charts against peers"))
    asking = commands.add_parser(
        "questions", help="what the first questions to a visitor are worth"
    )
    questions.add_arguments(asking)
    tastes.add_arguments(commands.add_parser("tastes", help="what twelve made-up tastes get"))
    costs.add_arguments(
        commands.add_parser("costs", help="time and memory of the default, by size")
    )
    models.add_arguments(commands.add_parser("models", help="recommenders against peers"))
    siege.add_arguments(commands.add_parser("siege", help="many visitors, and hostile ones"))
    spark.add_arguments(commands.add_parser("spark", help="a cluster's import, beside our own"))
    ease.add_arguments(commands.add_parser("spark-ease", help="EASE by a cluster, and without"))
    arguments = parser.parse_args()
    arguments.run(arguments)


if __name__ == "__main__":
    main()
