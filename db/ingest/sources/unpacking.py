"""Files that are packed one by one: gzip, bzip2, xz and Zstandard, known by their first bytes."""

import bz2
import gzip
import lzma
from collections.abc import Callable
from dataclasses import replace
from typing import IO

import pyarrow as pa

from db.ingest.sources.files import SourceFile

MAGIC: dict[bytes, Callable[[IO[bytes]], IO[bytes]]] = {
    b"\x1f\x8b": lambda packed: gzip.GzipFile(fileobj=packed),  # type: ignore[dict-item, return-value]  # typeshed: no IO[bytes]
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ\0": lzma.LZMAFile,
    b"\x28\xb5\x2f\xfd": lambda packed: pa.CompressedInputStream(packed, "zstd"),
}
SUFFIXES = (".gz", ".bz2", ".xz", ".zst", ".zstd")
GROWS = 4  # times that text of ratings grows when it is unpacked, about


def unpacked(file: SourceFile) -> SourceFile:
    """The file's content, under its name without what says how it is packed.

    Raises: LoadError.
    """
    with file.open() as stream:
        head = stream.read(6)
    opened = next((open_ for magic, open_ in MAGIC.items() if head.startswith(magic)), None)
    if opened is None:
        return file
    return replace(
        file,
        name=without_suffix(file.name),
        size=file.size * GROWS,
        opener=lambda: opened(file.opener()),
    )


def without_suffix(name: str) -> str:
    """The name of what is packed."""
    suffix = next((suffix for suffix in SUFFIXES if name.lower().endswith(suffix)), "")
    return name[: len(name) - len(suffix)]
