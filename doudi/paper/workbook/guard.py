"""Before anything is unpacked: what the file is, whether it is small enough, whether it is whole.

A zip's own headers are read first and then not believed: the parts that are read are unpacked once
in a stream that keeps nothing and stops at the limit.
"""

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO

from doudi.paper.workbook.columns import WorkbookRefused


@dataclass(frozen=True)
class Limits:
    """How much a file may be; the defaults hold a city's register of one programme."""

    size: int = 40_000_000  # bytes as uploaded
    unpacked: int = 600_000_000  # bytes of all parts together
    times: int = 300  # a part may unpack to so many times its packed size …
    always: int = 10_000_000  # … unless it stays below this
    parts: int = 2_000
    rows: int = 200_000
    columns: int = 256
    cell: int = 4_000  # characters kept of a cell
    merges: int = 100_000
    old_size: int = 20_000_000  # bytes of an old .xls
    old_seconds: int = 30


SMALL = Limits(size=2_000_000, unpacked=50_000_000, rows=2_000, merges=2_000)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
STARTS: Mapping[bytes, str] = {
    b"%PDF": "kind",
    b"\x89PNG": "kind",
    b"\xff\xd8\xff": "kind",
    b"GIF8": "kind",
    b"{\\rtf": "kind",
    b"MZ": "kind",
    b"\x7fELF": "kind",
    b"PAR1": "kind",
    b"Rar!": "archive",
    b"7z\xbc\xaf": "archive",
    b"\x1f\x8b": "archive",
}
PAGES = (b"<html", b"<!doctype", b"<table", b"<?xml", b"mime-version:", b"<meta", b"<div")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
BOOK, OLD_BOOK = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
TYPES, MAIN = "[Content_Types].xml", "xl/workbook.xml"


def kind_of(file: IO[bytes], limits: Limits) -> str:
    """`xlsx`, `xls` or `csv`, by content and never by name; WorkbookRefused for anything else."""
    size = file.seek(0, 2)
    file.seek(0)
    head = file.read(4096)
    file.seek(0)
    if not head.strip():
        raise WorkbookRefused("empty")
    if size > limits.size:
        raise WorkbookRefused("too_large", most=limits.size // 1_000_000)
    for start, code in STARTS.items():
        if head.startswith(start):
            raise WorkbookRefused(code)
    if head.startswith(b"PK"):
        check_zip(file, limits)
        return "xlsx"
    if head.startswith(OLE):
        check_ole(file, size, limits)
        return "xls"
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(PAGES):
        raise WorkbookRefused("web_page")
    return "csv"


def check_ole(file: IO[bytes], size: int, limits: Limits) -> None:
    """An old workbook that is not locked; the names of its streams stand in it as UTF-16."""
    if size > limits.old_size:
        raise WorkbookRefused("too_large", most=limits.old_size // 1_000_000)
    content = file.read()
    file.seek(0)
    if ENCRYPTED in content:
        raise WorkbookRefused("password")
    if BOOK not in content and OLD_BOOK not in content:
        raise WorkbookRefused("kind")


def check_zip(file: IO[bytes], limits: Limits) -> None:
    """A plain .xlsx by its list of parts, with nothing unpacked yet."""
    try:
        with zipfile.ZipFile(file) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise WorkbookRefused("broken") from None
    finally:
        file.seek(0)
    names = [part.filename for part in parts]
    _known(names)
    if any(part.flag_bits & 1 for part in parts):
        raise WorkbookRefused("password")
    if len(parts) > limits.parts or len(set(names)) < len(names):
        raise WorkbookRefused("broken")
    _not_too_large(parts, limits)


def _known(names: list[str]) -> None:
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise WorkbookRefused("macro")
    if MAIN in names and TYPES in names:
        return
    if TYPES not in names and "mimetype" not in names:
        raise WorkbookRefused("archive")
    is_table = "xl/workbook.bin" in names or "content.xml" in names
    raise WorkbookRefused("other_table" if is_table else "kind")


def _not_too_large(parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    if sum(part.file_size for part in parts) > limits.unpacked:
        raise WorkbookRefused("unpacked")
    for part in parts:
        if part.file_size > limits.always and part.file_size > limits.times * part.compress_size:
            raise WorkbookRefused("unpacked")
