"""The sample for a database without ratings: `python -m dashboard.launch.first_sample`.

In a process of its own: pandas and Arrow, which read it, would take 0.1 GB of the launcher's memory
for as long as the app runs.
"""

import sys

from dashboard.launch.launch_error import EXPECTED
from db import logs
from db.errors import ImportRunning, NoDataset, OutdatedDataset
from db.ingest.steps import Steps
from db.store.engine import reading

IMPORT_RUNNING = 75  # the exit code where another process is importing


def main() -> int:
    """The exit code; what went wrong is one line on stderr."""
    steps = Steps()
    try:
        logs.configure()
        if missing := _missing():
            _load(missing, steps)
    except ImportRunning:
        return IMPORT_RUNNING
    except EXPECTED as error:
        print(f"Reelscope can't run: {error}", file=sys.stderr)
        return 1
    steps.end()
    return 0


def _missing() -> NoDataset | None:
    try:
        with reading():
            return None
    except NoDataset as missing:
        return missing


def _load(missing: NoDataset, steps: Steps) -> None:
    """Load it where nothing is; bring it over where it is of another version."""
    from db.ingest.kept import upgrade
    from db.ingest.sources import SOURCES
    from db.ingest.sources.sample import NAME
    from db.ingest.swap import load  # brings pandas, which the launcher has no use for

    def report(step: str, done: float) -> None:
        steps.report(f"Loading the sample: {step.lower()}", done)

    if not isinstance(missing, OutdatedDataset):
        load(SOURCES["sample"](), report)
    elif missing.name == NAME:  # ratings may have been added to it
        upgrade(report)
    else:
        raise missing


if __name__ == "__main__":
    sys.exit(main())
