"""The lines that say what is being done, each with a progress bar and the time it took."""

import sys
import time
from typing import TextIO

BAR = 24  # characters
LABEL = 36


class Steps:
    """One line per step: redrawn while it runs on a terminal, printed when done elsewhere."""

    def __init__(self, out: TextIO = sys.stdout) -> None:
        self.out = out
        self.label = ""
        self.started = 0.0

    def report(self, label: str, done: float = 0.0) -> None:
        """`done`, 0 to 1, of the step is done; a new label ends the step before."""
        if label != self.label:
            self.end()
            self.label, self.started = label, time.monotonic()
        if self.out.isatty():
            self._draw(done, end="\r")

    def end(self) -> None:
        """The step is done."""
        if self.label:
            self._draw(1.0, end="\n")
        self.label = ""

    def _draw(self, done: float, end: str) -> None:
        filled = round(BAR * min(max(done, 0.0), 1.0))
        bar = f"[{'#' * filled}{'-' * (BAR - filled)}]"
        seconds = time.monotonic() - self.started
        print(f"{self.label:{LABEL}} {bar} {seconds:5.1f} s", end=end, file=self.out, flush=True)
