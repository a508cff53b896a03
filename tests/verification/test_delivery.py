"""A delivery is taken whole or sent back whole; a refused one changes nothing."""

import hashlib
import json
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from doudi.audit.actor import SYSTEM
from doudi.clock.demo_mark import mark_demo
from doudi.clock.time import now
from doudi.kernel.resident_id import check_digit
from doudi.verification.actions.add_agency_key import add_agency_key
from doudi.verification.actions.take_delivery import message_of, take_delivery
from doudi.verification.catalog.faults import FAULTS
from doudi.verification.engine.reading import FileRefused
from doudi.verification.file import contract, rows_path
from doudi.verification.models import Delivery
from doudi.verification.register import hidden

pytestmark = pytest.mark.django_db
KEY = Ed25519PrivateKey.from_private_bytes(b"7" * 32)
HEADINGS = "证件号码,扣缴单位,所得项目,收入额,税款,所属期"


def number(place: int) -> str:
    body = f"61079919{60 + place % 40:02d}0312{place % 1000:03d}"
    return body + check_digit(body)


def line(place: int, **other: str) -> str:
    row = {
        "证件号码": number(place),
        "扣缴单位": "汉江商贸",
        "所得项目": "工资薪金",
        "收入额": "3000.50",
        "税款": "0",
        "所属期": "2022-05",
    }
    return ",".join((row | other).values())


def text(rows: int = 100, **first: str) -> str:
    """A good file, but for what is given for its first row."""
    lines = [line(0, **first), *(line(place) for place in range(1, rows))]
    return "\n".join([HEADINGS, *lines]) + "\n"


@pytest.fixture
def lake(settings, tmp_path) -> Path:
    settings.DOUDI_LAKE = tmp_path / "lake"
    mark_demo(7, "0", now())
    add_agency_key("税务", KEY.public_key().public_bytes_raw().hex(), by=SYSTEM, at=now())
    return settings.DOUDI_LAKE


def send(path: Path, rows: int = 100, **other):
    manifest = {
        "item": "G14",
        "agency": "税务",
        "period": "2022-05",
        "sequence": 1,
        "rows": rows,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    } | other
    manifest.setdefault("signature", KEY.sign(message_of(manifest)).hex())
    return take_delivery(path, manifest, by=SYSTEM, at=now())


def put(folder: Path, content: str | bytes, name: str = "g14.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def row_of(made: Delivery, row_no: int) -> dict:
    table = pq.read_table(rows_path("G14", made.pk), filters=[("row_no", "=", row_no)])
    return table.to_pylist()[0]


def state_of(lake: Path) -> tuple:
    files = sorted(str(p.relative_to(lake)) for p in lake.rglob("[!.]*") if p.is_file())
    return files, list(Delivery.objects.values_list("pk", "state"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_table_is_taken_in_each_encoding(lake, tmp_path, encoding):
    path = put(tmp_path, text().encode(encoding))

    made, loaded = send(path)

    assert (made.state, loaded.accepted, loaded.faults) == ("accepted", 100, [])
    first = row_of(made, 1)
    assert (first["收入额"], first["扣缴单位"]) == (300050, "汉江商贸")
    assert first["person_key"] == hidden([number(0)])[0]


def test_a_workbook_and_a_parquet_file_are_taken(lake, tmp_path):
    rows = [row.split(",") for row in text().strip().splitlines()]
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "g14.xlsx")
    columns = dict(zip(rows[0], map(list, zip(*rows[1:], strict=True)), strict=True))
    pq.write_table(pa.table(columns), tmp_path / "g14.parquet")

    sheet, _ = send(tmp_path / "g14.xlsx")
    parquet, _ = send(tmp_path / "g14.parquet", sequence=2)

    one, other = (pq.read_table(rows_path("G14", made.pk)) for made in (sheet, parquet))
    assert one.equals(other)


GOOD = text().encode()
FILES = {
    "file_empty": b"",
    "file_no_rows": (HEADINGS + "\n").encode(),
    "file_kind": b"%PDF-1.7 not a table",
    "file_utf16": text().encode("utf-16"),
    "file_encoding": GOOD[:-9] + b"\xff\xff\xff" + GOOD[-9:],
    "file_nul": GOOD.replace(b"3000.50", b"30\00.50", 1),
    "file_broken": b"PK\x03\x04 cut off",
    "heading_missing": GOOD.replace("税款".encode(), b"tax", 1),
    "heading_extra": GOOD.replace("所属期".encode(), "所属期,备注".encode(), 1),
    "heading_doubled": GOOD.replace("所属期".encode(), "所属期,税款".encode(), 1),
    "row_width": GOOD.replace(b",0,2022-05", b",2022-05", 1),
    "rows_differ": GOOD + line(200).encode(),
}
OLD_KINDS = [b"\xd0\xcf\x11\xe0 old workbook", b"\x1f\x8b gzip", b"PAR1 broken"]


@pytest.mark.parametrize("code", FILES)
def test_a_bad_file_is_sent_back_and_nothing_changes(lake, tmp_path, code):
    send(put(tmp_path, text(50)), 50)
    before = state_of(lake)

    with pytest.raises(FileRefused) as refusal:
        send(put(tmp_path, FILES[code], "bad.csv"), sequence=2)

    assert refusal.value.code == code
    assert all(sentence.format(**refusal.value.values) for sentence in FAULTS[code])
    assert state_of(lake) == before


@pytest.mark.parametrize("content", OLD_KINDS)
def test_other_kinds_of_files_are_sent_back(lake, tmp_path, content):
    with pytest.raises(FileRefused):
        send(put(tmp_path, content))

    assert state_of(lake) == ([], [])


WRONG = [
    ("证件号码", "", "id_missing"),
    ("证件号码", "6.10799E+17", "id_excel"),
    ("证件号码", "61079919600312001.0", "id_excel"),
    ("证件号码", "61079919600312", "id_shape"),
    ("证件号码", "61079919600312000A", "id_shape"),
    ("证件号码", number(0)[:17] + ("1" if number(0)[17] != "1" else "2"), "id_check"),
    ("证件号码", "61079919601312000" + check_digit("61079919601312000"), "id_birth"),
    ("证件号码", "61079920990312000" + check_digit("61079920990312000"), "id_birth"),
    ("证件号码", "汉中市", "id_shape"),
    ("扣缴单位", "=1+1", "text_strange"),
    ("扣缴单位", "@SUM(A1)", "text_strange"),
    ("扣缴单位", "+86", "text_strange"),
    ("扣缴单位", "汉江\x07商贸", "text_strange"),
    ("扣缴单位", "汉江�商贸", "text_strange"),
    ("扣缴单位", "长" * 201, "text_long"),
    ("所得项目", "", "empty"),
    ("所得项目", "   ", "empty"),
    ("收入额", "", "empty"),
    ("收入额", "三千", "money_shape"),
    ("收入额", "3000.505", "money_shape"),
    ("收入额", "3,000", None),
    ("收入额", "3e3", "money_shape"),
    ("收入额", "￥3000", "money_shape"),
    ("收入额", "３０００", "money_shape"),
    ("收入额", "NaN", "money_shape"),
    ("收入额", "inf", "money_shape"),
    ("收入额", "0x10", "money_shape"),
    ("收入额", "--1", "money_shape"),
    ("收入额", "1.", "money_shape"),
    ("收入额", ".5", "money_shape"),
    ("收入额", "99999999999", "money_shape"),
    ("税款", "4000", "over_total"),
    ("税款", "无", "money_shape"),
    ("所属期", "", "empty"),
    ("所属期", "2022-13", "month_shape"),
    ("所属期", "2022-00", "month_shape"),
    ("所属期", "22-05", "month_shape"),
    ("所属期", "2022年5月", "month_shape"),
    ("所属期", "2022-05-01", "month_shape"),
    ("所属期", "2022-06", "date_range"),
    ("所属期", "1900-01", "date_range"),
    ("所属期", "２０２２-05", "month_shape"),
    ("所属期", "44682", "month_shape"),
]


@pytest.mark.parametrize(("heading", "value", "reason"), WRONG)
def test_a_bad_row_is_named_and_the_others_are_taken(lake, tmp_path, heading, value, reason):
    path = put(tmp_path, text(**{heading: value}))

    if reason is None:  # a comma in it makes a column too many: the whole file goes back
        with pytest.raises(FileRefused, match="row_width"):
            send(path)
        return
    made, loaded = send(path)

    assert [(f.row, f.heading, f.reason) for f in loaded.faults] == [(1, heading, reason)]
    assert (made.rows_in, made.rows_accepted) == (100, 99)
    assert all(FAULTS[reason])


@pytest.mark.parametrize(
    ("spelled", "state"),
    [
        (" " + number(0), "mended"),
        ("　" + number(0), "mended"),
        (number(0).translate({48 + n: 0xFF10 + n for n in range(10)}), "mended"),
        (number(0)[:6] + number(0)[8:17], "from_15"),
    ],
)
def test_an_id_number_of_another_spelling_is_the_same_person(lake, tmp_path, spelled, state):
    made, _ = send(put(tmp_path, text(证件号码=spelled)))

    first = row_of(made, 1)
    assert (first["person_key"], first["id_status"]) == (hidden([number(0)])[0], state)


def test_too_many_bad_rows_send_the_file_back(lake, tmp_path):
    shifted = text().replace("工资薪金,3000.50,0", "3000.50,0,工资薪金")

    with pytest.raises(FileRefused) as refusal:
        send(put(tmp_path, shifted))

    assert refusal.value.code == "too_many_bad"
    assert {fault.row for fault in refusal.value.loaded.faults} == set(range(1, 101))
    assert state_of(lake) == ([], [])


def test_a_repeated_row_counts_once(lake, tmp_path):
    made, loaded = send(put(tmp_path, text() + line(3) + "\n"), 101)

    assert [(f.row, f.reason) for f in loaded.faults] == [(101, "key_doubled")]
    assert pq.read_metadata(rows_path("G14", made.pk)).num_rows == 100


MANIFESTS = [
    ({"agency": "公安"}, "agency"),
    ({"item": "G03"}, "agency"),
    ({"item": "G99"}, "agency"),
    ({"period": "2022-5"}, "manifest"),
    ({"period": 202205}, "manifest"),
    ({"sequence": "1"}, "manifest"),
    ({"sequence": True}, "manifest"),
    ({"rows": 100.0}, "manifest"),
    ({"more": "1"}, "manifest"),
    ({"sequence": 0}, "replay"),
    ({"sequence": -1}, "replay"),
    ({"sequence": 2}, "gap"),
    ({"sha256": "0" * 64}, "sha256"),
    ({"rows": 99}, "rows_differ"),
    ({"signature": ""}, "signature"),
    ({"signature": "00" * 64}, "signature"),
    ({"signature": "no hexadecimal"}, "signature"),
]


@pytest.mark.parametrize(("change", "code"), MANIFESTS)
def test_a_manifest_that_does_not_hold_sends_the_file_back(lake, tmp_path, change, code):
    with pytest.raises(FileRefused) as refusal:
        send(put(tmp_path, text()), **change)

    assert refusal.value.code == code
    assert state_of(lake) == ([], [])


def test_an_old_file_cannot_be_sent_again(lake, tmp_path):
    path = put(tmp_path, text())
    send(path)

    with pytest.raises(FileRefused) as refusal:
        send(path)

    assert refusal.value.code == "replay"


def test_every_changed_byte_of_a_small_file_is_noticed(lake, tmp_path):
    content = text(2).encode()
    digest = hashlib.sha256(content).hexdigest()
    before = state_of(lake)

    for place in range(len(content)):
        changed = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
        with pytest.raises(FileRefused, match="sha256"):
            send(put(tmp_path, changed), 2, sha256=digest)

    assert state_of(lake) == before


def test_an_ended_key_signs_nothing_any_more(lake, tmp_path):
    add_agency_key("税务", "ab" * 32, by=SYSTEM, at=now())

    with pytest.raises(FileRefused, match="signature"):
        send(put(tmp_path, text()))


def test_values_of_another_size_wait_for_a_person(lake, tmp_path):
    send(put(tmp_path, text()))

    made, _ = send(put(tmp_path, text().replace("3000.50", "300050.00")), sequence=2)

    assert (made.state, made.held_for) == ("held", "values")


def test_an_id_column_of_numbers_is_refused_by_name(lake, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(HEADINGS.split(","))
    book.active.append([610799196003120000, "汉江商贸", "工资薪金", "1", "0", "2022-05"])
    book.save(tmp_path / "g14.xlsx")

    with pytest.raises(FileRefused, match="id_number_cell"):
        send(tmp_path / "g14.xlsx", 1)


def test_every_contract_has_the_headings_of_its_item():
    from_pack = json.dumps([contract(f"G{n:02d}").headings for n in range(1, 29)])

    assert from_pack.count("\\u8bc1\\u4ef6\\u53f7\\u7801") == 28
