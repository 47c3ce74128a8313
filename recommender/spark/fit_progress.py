"""How far Spark is within one training of ALS, of which it says nothing itself.

pyspark.ml runs all iterations as one job, each as two stages (films' vectors, then users'), all of
them known when the job begins: how many of their tasks are done says how far it is.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from uuid import uuid4

from py4j.protocol import Py4JError
from pyspark import SparkContext, StatusTracker

logger = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
SAY_SECONDS = 10.0
STEP = "flatMap at ALS.scala"  # what Spark calls such a stage
GROUP = "spark.jobGroup.id"


@contextmanager
def watched(context: SparkContext, what: str, iterations: int) -> Iterator[None]:
    """Say now and then which iteration the block's training is in, and how long it will take.

    what: is trained. Of a Spark that calls its stages otherwise nothing is said.
    """
    group = f"reelscope-{uuid4()}"
    context.setJobGroup(group, what)
    over = Event()
    watch = _Watch(context.statusTracker(), group, what, iterations)
    thread = Thread(target=watch.until, args=(over,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        context.setLocalProperty(GROUP, None)


class _Watch:
    """Looks at the jobs of a group."""

    def __init__(self, tracker: StatusTracker, group: str, what: str, iterations: int) -> None:
        self.tracker, self.group, self.what = tracker, group, what
        self.iterations = iterations
        self.begun: tuple[float, float] | None = None
        """When it was first seen to iterate, and which share was done."""
        self.said = (-SAY_SECONDS, 0)
        """When something was said, and of which iteration."""

    def until(self, over: Event) -> None:
        """Look until then. A Java that is gone is told elsewhere."""
        with suppress(Py4JError, OSError):
            while not over.wait(LOOK_SECONDS):
                self.look(time.monotonic())

    def look(self, now: float) -> None:
        """Say what is new at a time in seconds."""
        share = self._share()
        if not share:
            return
        self.begun = self.begun or (now, share)
        iteration = min(int(share * self.iterations) + 1, self.iterations)
        then, before = self.said
        if iteration > before and now - then >= SAY_SECONDS:
            self.said = now, iteration
            left = _left(*self.begun, now, share)
            logger.info("%s: iteration %d of %d%s", self.what, iteration, self.iterations, left)

    def _share(self) -> float:
        """Of all steps, those that are done; 0 before the first."""
        for number in sorted(self.tracker.getJobIdsForGroup(self.group)):
            job = self.tracker.getJobInfo(number)
            stages = [self.tracker.getStageInfo(stage) for stage in job.stageIds] if job else []
            steps = [stage for stage in stages if stage and stage.name.startswith(STEP)]
            if steps:
                done = sum(stage.numCompletedTasks for stage in steps)
                return done / sum(stage.numTasks for stage in steps)
        return 0.0


def _left(since: float, then: float, now: float, share: float) -> str:
    """In words, how long the rest will take at the pace since a share was seen."""
    if share <= then:
        return ""
    seconds = (now - since) * (1 - share) / (share - then)
    return (
        f", about {seconds / 60:.0f} min left" if seconds >= 90 else f", about {seconds:.0f} s left"
    )
