"""The lines that say what is being done, each with a progress bar and the time it took."""

import sys
from typing import TextIO

from tqdm import tqdm

FORM = "{desc:36} [{bar:24}] {elapsed_s:5.1f} s"
NEVER = 1e9  # seconds until a bar draws itself, where that would be line upon line

tqdm.monitor_interval = 0  # no thread that looks after bars: ours are drawn when they move


class Steps:
    """One line per step: redrawn while it runs on a terminal, printed when done elsewhere."""

    def __init__(self, out: TextIO = sys.stdout) -> None:
        self.out = out
        self.bar: tqdm | None = None

    def report(self, label: str, done: float = 0.0) -> None:
        """`done`, 0 to 1, of the step is done; a new label ends the step before."""
        if self.bar is None or label != self.bar.desc:
            self.end()
            self.bar = self._begun(label)
        self.bar.n = min(max(done, 0.0), 1.0)
        if self.out.isatty():
            self.bar.refresh()

    def end(self) -> None:
        """The step is done."""
        if self.bar is None:
            return
        self.bar.n, self.bar.leave = 1.0, True
        if not self.out.isatty():
            print(self.bar, file=self.out, flush=True)
        self.bar.close()
        self.bar = None

    def _begun(self, label: str) -> tqdm:
        """A bar that is gone without a trace where the step is interrupted."""
        return tqdm(
            desc=label,
            total=1.0,
            bar_format=FORM,
            ascii="-#",
            leave=False,
            file=self.out,
            delay=0 if self.out.isatty() else NEVER,
        )
