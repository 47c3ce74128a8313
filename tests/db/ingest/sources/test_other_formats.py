"""Files that hold ratings in a form that is not read say what to do with them."""

import pytest

from db.errors import LoadError

OTHERS = {
    "old.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "save its sheet of ratings as"),
    "mine.pdf": (b"%PDF-1.7\n", "is a PDF: load the table that it was made from"),
    "mine.feather": (b"ARROW1\0\0" + bytes(100), r"df.to_parquet\('ratings.parquet'\)"),
    "mine.pkl": (b"\x80\x04\x95" + bytes(100), r"df.to_csv\('ratings.csv', index=False\)"),
    "mine.html": (b"\n<!DOCTYPE html><html></html>", "download the file that it links to"),
    "mine.rds": (b"X\n\0\0\0\3" + bytes(100), "is an R file: write it with write.csv"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_to_do_instead(folder, read, name):
    content, said = OTHERS[name]
    with pytest.raises(LoadError, match=f"{name} .*{said}"):
        read(folder({name: content}) / name)


@pytest.mark.parametrize(
    ("member", "kind"),
    [("xl/workbook.xml", "an Excel workbook"), ("content.xml", "an OpenDocument file")],
)
def test_workbooks_are_zips_and_no_datasets(zipped, read, member, kind):
    with pytest.raises(LoadError, match=f"set.zip is {kind}: save its sheet of ratings as CSV"):
        read(zipped({member: "<x/>", "[Content_Types].xml": "<x/>"}))
