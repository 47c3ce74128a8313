"""The image, built of nothing but Debian's packages and the lock's, and started."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from tests.running_app import END_SECONDS, ROOT, START_SECONDS, free_port, status, wait_for

LARGEST = 700  # MB
USER = 10001
SUITE, PYTHON = "bookworm", "3.11"
UNREAD = ("man", "doc", "locale", "info")  # of /usr/share: as in slim images, nobody reads them
NO_INDEX = "[global]\nno-index = true\nfind-links = /wheels\n"

pytestmark = [pytest.mark.extra, pytest.mark.slow]


@dataclass(frozen=True)
class Builder:
    """buildah with a storage of its own."""

    directory: Path

    def command(self, *arguments: str) -> list[str]:
        where = (
            "--root",
            str(self.directory / "storage"),
            "--runroot",
            str(self.directory / "run"),
        )
        return ["buildah", *where, *arguments]

    def __call__(self, *arguments: str) -> str:
        done = subprocess.run(
            self.command(*arguments), cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{arguments}: {done.stdout[-2000:]}{done.stderr[-4000:]}"
        return done.stdout.strip()

    def run(self, container: str, port: int, *command: str) -> list[str]:
        """The command that runs another in a container, on this machine's network."""
        inside = ("run", "--isolation", "chroot", "--env", f"PORT={port}", container, "--")
        return self.command(*inside, *command)


@pytest.fixture(scope="module")
def builder(tmp_path_factory) -> Iterator[Builder]:
    made = Builder(tmp_path_factory.mktemp("image"))
    try:
        yield made
    finally:
        made("rm", "--all")
        made("rmi", "--all", "--force")
        shutil.rmtree(made.directory)


@pytest.fixture(scope="module")
def base(builder) -> str:
    """Debian with Python and its venv."""
    root = builder.directory / "base.tar"
    options = ["--quiet", "--variant=minbase", "--include=python3,python3-venv"]
    options += [f"--dpkgopt=path-exclude=/usr/share/{name}/*" for name in UNREAD]
    subprocess.run(["mmdebstrap", *options, SUITE, root], check=True)
    container = builder("from", "scratch")
    builder("add", container, str(root), "/")
    builder("commit", "--quiet", "--rm", container, "base")
    root.unlink()
    return "localhost/base"


@pytest.fixture(scope="module")
def wheels(builder) -> Path:
    """The lock's packages as this machine's pip gets them, and the image's will."""
    folder = builder.directory / "wheels"
    options = ["--no-deps", "--require-hashes", "--only-binary=:all:", "--python-version", PYTHON]
    lock = ["-r", str(ROOT / "requirements.lock"), "--dest", str(folder)]
    command = [sys.executable, "-m", "pip", "download", "-qqq", *options, *lock]
    subprocess.run(command, check=True)
    (builder.directory / "pip.conf").write_text(NO_INDEX)
    return folder


@pytest.fixture(scope="module")
def image(builder, base, wheels) -> str:
    """As `make image` builds it, but that its packages are here already."""
    volumes = [f"{wheels}:/wheels:ro", f"{builder.directory}/pip.conf:/etc/pip.conf:ro"]
    options = [option for volume in volumes for option in ("--volume", volume)]
    options += ["--format", "docker", "--isolation", "chroot", "--build-arg", f"BASE={base}"]
    builder("bud", *options, "-t", "reelscope", "-f", "Containerfile", ".")
    return "localhost/reelscope"


def test_it_is_no_larger_than_a_small_disk_takes(builder, image):
    (found,) = json.loads(builder("images", "--json", image))
    number, unit = found["size"].split()
    assert unit == "MB" and float(number) <= LARGEST


@contextmanager
def started(builder: Builder, image: str, port: int) -> Iterator[tuple[str, psutil.Process]]:
    """What the image runs by itself, in a new container, until the block ends."""
    container = builder("from", image)
    described = json.loads(builder("inspect", container))["Docker"]["config"]
    command = builder.run(container, port, *described["Cmd"])
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        family = psutil.Process(process.pid)
        try:
            yield container, family
        finally:
            for each in family.children(recursive=True):
                with suppress(psutil.NoSuchProcess):
                    each.kill()
            process.kill()


def of_the_image(family: psutil.Process) -> list[psutil.Process]:
    """All but what buildah runs around them; the first is the image's command."""
    everyone = family.children(recursive=True)
    return [each for each in everyone if not "".join(each.cmdline()).startswith("buildah")]


def test_it_starts_without_rights_is_healthy_and_ends_when_it_is_told(builder, image):
    port = free_port()
    with started(builder, image, port) as (container, family):
        assert wait_for(lambda: status(f"http://127.0.0.1:{port}/readyz") == 200, START_SECONDS)
        check = builder.run(container, port, "python", "-m", "dashboard.launch.ready")
        assert subprocess.run(check, check=False).returncode == 0
        app, *others = of_the_image(family)
        assert "app.py" in app.cmdline() and others
        assert {each.uids().real for each in (app, *others)} == {USER}
        app.terminate()
        assert not psutil.wait_procs([app, *others], timeout=END_SECONDS)[1]
