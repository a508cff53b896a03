"""Further kinds of bad files, and good files damaged at random: told in words, nothing loaded."""

import datetime as dt
import io
import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from doudi.audit.models import Entry
from doudi.verification.catalog.faults import FAULTS
from doudi.verification.engine import intake
from doudi.verification.engine.contract import contracts
from doudi.verification.engine.loaded import FileRefused
from doudi.verification.models import Delivery
from tests.verification.test_delivery import (
    FILES,
    MANIFESTS,
    OLD_KINDS,
    WRONG,
    lake,
    number,
    put,
    send,
    state_of,
    text,
)

__all__ = ["lake"]
PACK = Path(__file__).resolve().parents[2] / "doudi/packs/hanzhong"
CONTRACTS = contracts(PACK / "catalog/contracts.yaml")
TERMS = intake.Terms(dt.date(2022, 5, 31), lambda keys: keys, True)
ROWS = {
    "G03": {"号牌": "陕F1", "登记日期": "2020-01-01", "状态": "正常"},
    "G05": {"单位": "甲", "缴费基数": "4000", "缴费月数": "12", "状态": "参保缴费"},
    "G09": {"险种": "居民", "资助类型": "低保", "年度": "2022"},
    "G16": {"单元号": "1", "面积": "89.5", "登记日期": "2020-01-01"},
    "G24": {
        "残疾类别": "视力",
        "残疾等级": "2",
        "发证日期": "2020-01-01",
        "有效期至": "2030-01-01",
        "状态": "有效",
    },
}
VALUES = [
    ("G03", "登记日期", "1899-12-30", "date_range"),
    ("G03", "登记日期", "1900-01-00", "date_none"),
    ("G03", "登记日期", "2022-02-29", "date_none"),
    ("G03", "登记日期", "2022-06-01", "date_range"),
    ("G03", "登记日期", "44682", "date_shape"),
    ("G03", "登记日期", "2020/1-1", "date_shape"),
    ("G03", "登记日期", "20年1月1日", "date_shape"),
    ("G03", "登记日期", "２０２０-01-01", "date_shape"),
    ("G03", "状态", "已报废", "code_unknown"),
    ("G03", "号牌", "", "empty"),
    ("G03", "号牌", "陕F1\x01", "text_strange"),
    ("G05", "缴费月数", "12.5", "count_shape"),
    ("G05", "缴费月数", "-1", "count_shape"),
    ("G05", "缴费月数", "一年", "count_shape"),
    ("G05", "缴费基数", "1e4", "money_shape"),
    ("G09", "年度", "22", "year_shape"),
    ("G09", "年度", "2024", "date_range"),
    ("G09", "年度", "1989", "date_range"),
    ("G16", "面积", "-3", "number_shape"),
    ("G16", "面积", "89.5㎡", "number_shape"),
    ("G24", "残疾等级", "五", "code_unknown"),
    ("G24", "残疾等级", "", "empty"),
    ("G24", "有效期至", "9999-12-31", "date_range"),
]


def table(item: str, **first: str) -> str:
    """Three good rows of an item, but for what is given for the first."""
    headings = CONTRACTS[item].headings
    rows = [{"证件号码": number(n)} | ROWS[item] | (first if not n else {}) for n in range(3)]
    lines = [",".join(row.get(name, "") for name in headings) for row in rows]
    return "\n".join([",".join(headings), *lines]) + "\n"


@pytest.mark.parametrize(("item", "heading", "value", "reason"), VALUES)
def test_each_type_of_column_names_the_value_that_it_cannot_hold(
    tmp_path, item, heading, value, reason
):
    path = put(tmp_path, table(item, **{heading: value}))

    loaded = intake.load(path, CONTRACTS[item], TERMS, tmp_path)

    assert [(f.row, f.heading, f.reason) for f in loaded.faults] == [(1, heading, reason)]
    assert (loaded.rows, loaded.accepted) == (3, 2)
    assert value not in [f.masked for f in loaded.faults if len(value) > 1]


GRID = [row.split(",") for row in text(3).strip().splitlines()]


def book(change: Callable[[list[list]], None]) -> bytes:
    rows = [list(row) for row in GRID]
    change(rows)
    made, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        made.active.append(row)
    made.save(out)
    return out.getvalue()


def parquet(**columns: pa.Array) -> bytes:
    told = dict(zip(GRID[0], map(list, zip(*GRID[1:], strict=True)), strict=True))
    sink = io.BytesIO()
    pq.write_table(pa.table(told | columns), sink)
    return sink.getvalue()


def bomb() -> bytes:
    """A workbook whose directory claims more than a sheet can hold, unpacked."""
    content = bytearray(book(lambda rows: None))
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        name = next(n for n in packed.namelist() if n.endswith("sheet1.xml")).encode()
    place = content.rindex(name) - 46
    content[place + 24 : place + 28] = struct.pack("<I", 4_000_000_000)
    return bytes(content)


def swap(content: bytes, *pairs: tuple[str, str]) -> bytes:
    for old, new in pairs:
        content = content.replace(old.encode(), new.encode())
    return content


GOOD = text(3).encode()
WHOLE = {
    "file_unpacked": bomb(),
    "cut workbook": book(lambda rows: None)[:-400],
    "cut parquet": parquet()[:-20],
    "sheet without headings": book(lambda rows: rows.pop(0)),
    "sheet of another item": book(lambda rows: rows[0].__setitem__(1, "号牌")),
    "sheet with an empty first line": book(lambda rows: rows.insert(0, [None])),
    "sheet without rows": book(lambda rows: rows.__delitem__(slice(1, None))),
    "parquet with numbers for people": parquet(证件号码=pa.array([1, 2, 3])),
    "parquet with lists": parquet(税款=pa.array([["0"]] * 3)),
    "json": b'[{"item": "G14"}]',
    "xml": b"<?xml version='1.0'?><rows><row/></rows>",
    "html": b"<html><table><tr><td>1</td></tr></table></html>",
    "semicolons": GOOD.replace(b",", b";"),
    "tabs": GOOD.replace(b",", b"\t"),
    "no heading line": GOOD.split(b"\n", 1)[1],
    "cut in a row": GOOD[: GOOD.rindex(b",")],
    "an open quotation mark": swap(GOOD, ("汉江商贸", '"汉江商贸')),
    "a column too many": swap(GOOD, ("2022-05\n", "2022-05,x\n")),
    "headings in another script": swap(GOOD, ("税款", "稅款")),
    "two byte orders": GOOD[:40] + text(1).encode("utf-16"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", WHOLE)
def test_a_file_of_another_shape_is_sent_back_whole(lake, tmp_path, kind):
    before, entries = state_of(lake), Entry.objects.count()

    with pytest.raises(FileRefused) as refusal:
        send(put(tmp_path, WHOLE[kind], "g14"), 3)

    told = refusal.value
    assert all(s.format(**{"row": 0} | told.values) for s in FAULTS[told.code])
    assert (state_of(lake), Entry.objects.count()) == (before, entries)


def damaged(content: bytes, dice: random.Random) -> bytes:
    """One accident: bytes lost, doubled, changed or moved; a cell, a row or a column hit."""
    lines = content.split(b"\n")
    place = dice.randrange(len(content) - 4)
    end = place + dice.randrange(1, 40)
    row = dice.randrange(len(lines) - 1)
    cells = lines[row].split(b",")
    cell = dice.randrange(len(cells))
    noise = bytes(dice.randrange(256) for _ in range(dice.randrange(1, 6)))
    kinds: list[Callable[[], bytes]] = [
        lambda: content[:place] + content[end:],
        lambda: content[:end] + content[place:],
        lambda: content[:place] + noise + content[place:],
        lambda: content[:place] + noise + content[place + len(noise) :],
        lambda: content[:place],
        lambda: b"\n".join([*lines[:row], *lines[row + 1 :]]),
        lambda: b"\n".join([*lines[:row], lines[row], *lines[row:]]),
        lambda: b"\n".join([*lines[:row], b",".join([*cells[:cell], noise, *cells[cell + 1 :]])]
                           + lines[row + 1 :]),
        lambda: b"\n".join(b",".join(c[1:] + c[:1]) for c in (x.split(b",") for x in lines)),
        lambda: content.replace(b",", dice.choice([b"", b",,", b"\0", b'"'])),
        lambda: content.replace(b"\n", dice.choice([b"\r", b"\r\n", b"\n\n", b""])),
    ]  # fmt: skip
    return dice.choice(kinds)()


def test_a_good_file_damaged_at_random_is_told_row_by_row_or_sent_back_never_broken(tmp_path):
    good, dice = text(40).encode(), random.Random(7)
    ends = {"taken": 0, "sent back": 0}

    for _ in range(120):
        path = put(tmp_path, damaged(good, dice))
        try:
            loaded = intake.load(path, CONTRACTS["G14"], TERMS, tmp_path)
        except FileRefused as refusal:
            ends["sent back"] += refusal.code in FAULTS
            continue
        bad = {fault.row for fault in loaded.faults}
        assert loaded.rows == loaded.accepted + len(bad)
        assert all(1 <= row <= loaded.rows for row in bad)
        assert {fault.reason for fault in loaded.faults} <= set(FAULTS)
        ends["taken"] += 1

    assert ends["taken"] + ends["sent back"] == 120
    assert min(ends.values()) > 20


@pytest.mark.django_db
def test_damaged_files_leave_database_and_lake_as_they_were(lake, tmp_path):
    send(put(tmp_path, text(50)), 50)
    before, entries = state_of(lake), Entry.objects.count()
    good, dice = text(40).encode(), random.Random(8)
    sequence, refused = 2, 0

    for _ in range(40):
        try:
            send(put(tmp_path, damaged(good, dice)), 40, sequence=sequence)
        except FileRefused:
            refused += 1
            assert (state_of(lake), Entry.objects.count()) == (before, entries)
        else:
            sequence += 1
            before, entries = state_of(lake), Entry.objects.count()

    assert refused > 10
    assert Delivery.objects.count() == sequence - 1


def test_more_than_eighty_kinds_are_looked_at():
    kinds = [*FILES, *OLD_KINDS, *WRONG, *MANIFESTS, *VALUES, *WHOLE]

    assert len(kinds) > 110
