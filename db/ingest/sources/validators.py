"""What a server called the content of a file that was fetched, to ask whether it has changed.

RFC 9110, 8.8 and 13.1: an entity tag, or else the time of the last change.
"""

import hashlib
import json
from email.message import Message
from email.utils import parsedate_to_datetime
from pathlib import Path

ASKED = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}
"""By what a server says, how it is asked with that."""


class Validators:
    """Those of a fetched file, kept beside it. Of another address they say nothing."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.path = file.with_name(f"{file.name}.validators")

    def asking(self, url: str) -> dict[str, str]:
        """Headers that ask for the file only if it is another one; none where none is there."""
        try:
            kept = json.loads(self.path.read_text())
        except (OSError, ValueError):
            return {}
        if not self.file.exists() or not isinstance(kept, dict) or kept.get("url") != _hash(url):
            return {}
        return {ask: str(kept[said]) for said, ask in ASKED.items() if said in kept}

    def forget(self) -> None:
        """Before another file takes the place of the one that is there."""
        self.path.unlink(missing_ok=True)

    def keep(self, url: str, answered: Message) -> None:
        """What the answer's headers say; a secret may be in the address."""
        said = {name: answered[name] for name in ASKED if answered.get(name)}
        if not _settled(answered):
            said.pop("Last-Modified", None)
        if said:
            self.path.write_text(json.dumps({"url": _hash(url), **said}))


def _settled(answered: Message) -> bool:
    """Whether the last change lay a whole second back: else another may bear the same time."""
    try:
        changed, now = (parsedate_to_datetime(answered[name]) for name in ("Last-Modified", "Date"))
        return (now - changed).total_seconds() > 1
    except (KeyError, TypeError, ValueError):
        return False


def _hash(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()
