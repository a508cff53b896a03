"""A delivered file as batches of text columns: CSV (UTF-8, BOM, GB18030), XLSX, Parquet.

Hostile until read: limits before unpacking, strict decoding, the contract's heading line.
"""

import codecs
import datetime as dt
import itertools
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
from python_calamine import CalamineError, CalamineWorkbook

from doudi.verification.engine.contract import ID, Contract
from doudi.verification.engine.loaded import FileRefused

BLOCK = 1 << 23
SHEET_BYTES = 600_000_000  # unpacked; a sheet holds at most 1,048,576 rows
SHEET_ROWS = 50_000


def batches(path: Path, contract: Contract, work: Path) -> Iterator[pa.RecordBatch]:
    """Batches of text columns in the contract's order; FileRefused when it cannot be read."""
    with path.open("rb") as file:
        start = file.read(8)
    if not start:
        raise FileRefused("file_empty")
    if start[:4] == b"PAR1":
        return _parquet(path, contract)
    if start[:4] == b"PK\x03\x04":
        return _sheet(path, contract)
    if start[:4] in (b"\xd0\xcf\x11\xe0", b"%PDF") or start[:2] == b"\x1f\x8b":
        raise FileRefused("file_kind")
    return _csv(_utf8(path, work), contract)


def _utf8(path: Path, work: Path) -> Path:
    """The file itself when it is UTF-8, else a copy decoded from GB18030, strictly."""
    with path.open("rb") as file:
        if file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            raise FileRefused("file_utf16")
    try:
        for _text in _decoded(path, "utf-8"):
            pass
        return path
    except UnicodeDecodeError:
        copy = work / "decoded.csv"
    try:
        with copy.open("w", encoding="utf-8", newline="") as out:
            for text in _decoded(path, "gb18030"):
                out.write(text)
    except UnicodeDecodeError:
        raise FileRefused("file_encoding") from None
    return copy


def _decoded(path: Path, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            if b"\0" in block:
                raise FileRefused("file_nul")
            yield decoder.decode(block)
        yield decoder.decode(b"", final=True)


def _csv(path: Path, contract: Contract) -> Iterator[pa.RecordBatch]:
    wanted = _check_headings(_first_line(path), contract)
    ragged: list[int] = []

    def note(row: Any) -> str:
        ragged.append(row.number - 1)
        return "skip"

    try:
        reader = pyarrow.csv.open_csv(
            path,
            read_options=pyarrow.csv.ReadOptions(use_threads=False, block_size=BLOCK),
            parse_options=pyarrow.csv.ParseOptions(invalid_row_handler=note),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(wanted, pa.string()),
                strings_can_be_null=False,
            ),
        )
        for batch in reader:
            if ragged:
                break
            yield batch.select(wanted)
    except pa.ArrowInvalid:
        if not ragged:
            raise FileRefused("file_broken") from None
    if ragged:
        raise FileRefused("row_width", tuple(ragged[:1000]), row=ragged[0])


def _first_line(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig") as file:
        line = file.readline(10_000)
    return [name.strip().strip('"') for name in line.rstrip("\r\n").split(",")]


def _check_headings(found: list[str], contract: Contract) -> list[str]:
    """The headings to read, each once: the agreed ones and those optional ones that are there.

    FileRefused names the missing, extra and doubled ones.
    """
    wanted = [*contract.headings, *(c.heading for c in contract.optional if c.heading in found)]
    missing = [name for name in contract.headings if name not in found]
    extra = [name for name in found if name not in wanted]
    doubled = sorted({name for name in found if found.count(name) > 1 and name in wanted})
    if missing:
        raise FileRefused("heading_missing", names="、".join(missing))
    if extra:
        raise FileRefused("heading_extra", names="、".join(name[:20] for name in extra[:10]))
    if doubled:
        raise FileRefused("heading_doubled", names="、".join(doubled))
    return wanted


def _sheet(path: Path, contract: Contract) -> Iterator[pa.RecordBatch]:
    try:
        with zipfile.ZipFile(path) as packed:
            unpacked = sum(entry.file_size for entry in packed.infolist())
        if unpacked > SHEET_BYTES:
            raise FileRefused("file_unpacked")
        sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    except (zipfile.BadZipFile, CalamineError, IndexError):
        raise FileRefused("file_broken") from None
    rows = sheet.iter_rows()
    headings = [str(cell).strip() for cell in next(rows, [])]
    wanted = _check_headings(headings, contract)
    while piece := list(itertools.islice(rows, SHEET_ROWS)):
        columns = dict(zip(headings, zip(*piece, strict=True), strict=True))
        if any(isinstance(cell, float | int) for cell in columns[ID]):
            raise FileRefused("id_number_cell")
        yield pa.RecordBatch.from_pydict(
            {name: pa.array([_cell(c) for c in columns[name]]) for name in wanted}
        )


def _cell(cell: Any) -> str:
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return str(cell)


def _parquet(path: Path, contract: Contract) -> Iterator[pa.RecordBatch]:
    try:
        file = pq.ParquetFile(path)
    except (pa.ArrowInvalid, OSError):
        raise FileRefused("file_broken") from None
    wanted = _check_headings(file.schema_arrow.names, contract)
    if not pa.types.is_string(file.schema_arrow.field(ID).type):
        raise FileRefused("id_number_cell")
    try:
        for batch in file.iter_batches(100_000, columns=wanted):
            texts = [column.cast(pa.string()).fill_null("") for column in batch.columns]
            named = pa.RecordBatch.from_arrays(texts, names=batch.schema.names)
            yield named.select(wanted)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError):
        raise FileRefused("file_broken") from None
