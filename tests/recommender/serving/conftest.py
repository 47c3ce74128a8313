"""Code and libraries as another version of Reelscope has them."""

from collections.abc import Callable, Iterator

import pytest

from recommender.serving import provenance

Edit = Callable[[str, str, str], None]


@pytest.fixture
def edited(monkeypatch) -> Iterator[Edit]:
    """`edited(module, old, new)`: its source with this passage in place of that, which is there."""
    read = provenance.source

    def edit(module: str, old: str, new: str) -> None:
        def changed(spec):
            text = read(spec)
            if spec.name != module:
                return text
            assert old in text
            return text.replace(old, new)

        monkeypatch.setattr(provenance, "source", changed)
        _forget()

    yield edit
    _forget()


@pytest.fixture
def upgraded(monkeypatch) -> Iterator[Callable[[str, str], None]]:
    """`upgraded(package, version)`: the version that is installed."""
    installed = provenance.version

    def upgrade(package: str, version: str) -> None:
        monkeypatch.setattr(
            provenance, "version", lambda name: version if name == package else installed(name)
        )
        _forget()

    yield upgrade
    _forget()


def _forget() -> None:
    """What a process looks up once."""
    for once in (provenance.provenance, provenance._tree, provenance._code):
        once.cache_clear()
    for once in (provenance._text, provenance._version):
        once.cache_clear()
