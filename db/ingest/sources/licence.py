"""What stands beside the data about their use: README, LICENCE and such, of a folder or archive."""

import re
from pathlib import Path

from db.errors import LoadError
from db.ingest.sources.archives import contents

FILES = re.compile(r"(licen[cs]e|copying|readme|u\.readme)(\.(txt|md|html?))?")
LONGEST = 40_000  # characters; MovieLens' readmes have 9,000


def licence_beside(path: Path) -> str:
    """The text of the first of them; "" where there is none, or none that can be read."""
    try:
        found, _ = contents(path, lambda base: FILES.fullmatch(base) is not None)
        for name in sorted(found, key=lambda base: (not base.startswith("licen"), base)):
            with found[name].open() as file:
                return file.read(4 * LONGEST).decode("utf-8", "replace")[:LONGEST].strip()
    except LoadError:
        pass
    return ""
