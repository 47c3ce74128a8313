"""Files that people have and that are no table that is read here: what to do with each."""

import zipfile
from pathlib import Path

from db.errors import LoadError
from db.ingest.sources.files import SourceFile, plain_errors

AS_CSV = "save its sheet of ratings as CSV and load that"
FROM_R = "write.csv(ratings, 'ratings.csv', row.names = FALSE)"
HEADS = {
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": f"is an Excel workbook: {AS_CSV}",
    b"%PDF-": "is a PDF: load the table that it was made from",
    b"ARROW1": "is a Feather file: df.to_parquet('ratings.parquet') in Python writes one that is"
    " read",
    b"\x80\x04\x95": "is a Python pickle, which may run anything when it is read: write it with"
    " df.to_csv('ratings.csv', index=False)",
    b"\x89HDF\r\n": "is an HDF5 file: write it with df.to_csv('ratings.csv', index=False)",
    b"RDX": f"is an R file: write it with {FROM_R}",
    b"X\n\0\0\0": f"is an R file: write it with {FROM_R}",
}
HTML = (b"<!doctype html", b"<html")
MEMBERS = {
    "xl/workbook.xml": f"is an Excel workbook: {AS_CSV}",
    "xl/workbook.bin": f"is an Excel workbook: {AS_CSV}",
    "content.xml": f"is an OpenDocument file: {AS_CSV}",
}


def refuse_other(file: SourceFile) -> None:
    """Raises: LoadError where the file's first bytes say that it is none for us."""
    with file.open() as stream:
        head = stream.read(1024)
    found = next((said for start, said in HEADS.items() if head.startswith(start)), None)
    if head.lstrip().lower().startswith(HTML):
        found = "is a web page: download the file that it links to"
    if found:
        raise LoadError(f"{file.name} {found}.")


def refuse_workbook(path: Path) -> None:
    """Raises: LoadError where a zip is an office's document."""
    if not zipfile.is_zipfile(path):
        return
    with plain_errors(path), zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
    for member, said in MEMBERS.items():
        if member in names:
            raise LoadError(f"{path.name} {said}.")
