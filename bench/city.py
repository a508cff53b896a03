"""A city's deliveries with planted truths, written in pieces: no scale needs more memory.

Columns are the catalogue's; numbers carry the demonstration's prefix and a valid check digit.
"""

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from doudi.kernel.resident_id import CHECK, WEIGHTS
from doudi.verification.engine.contract import Contract

PIECE = 200_000
RESIDENTS, SCOPE = 3_200_000, 490_000
# Rows of a delivery for the whole city; together 12.6 million, the eleven that rules read most.
ROWS = {
    "G03": 900_000,
    "G04": 400_000,
    "G06": 700_000,
    "G10": 2_600_000,
    "G14": 4_000_000,
    "G16": 1_500_000,
    "G18": 300_000,
    "G20": 600_000,
    "G22": 60_000,
    "G23": 40_000,
    "G24": 110_000,
}
_POWERS = 10 ** np.arange(16, -1, -1, dtype=np.int64)


@dataclass
class City:
    """Where it lies, who is planted under which signal, and how many rows each item has."""

    folder: Path
    planted: dict[str, set[int]] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)


def keys(place: np.ndarray) -> np.ndarray:
    """The first 17 digits of the resident with this number: 39,000 birthdays, 100 of each."""
    day = np.datetime64("1935-01-01") + (place // 999 % 30_000)
    born = np.char.replace(np.datetime_as_string(day).astype("U10"), "-", "").astype(np.int64)
    return 610799 * 10**11 + born * 1000 + place % 999


def numbers(key: np.ndarray) -> np.ndarray:
    """18 characters each."""
    digits = key[:, None] // _POWERS % 10
    check = np.frombuffer(CHECK.encode(), "S1")[digits @ np.array(WEIGHTS) % 11]
    return np.char.add(key.astype("S17"), check).astype("U18")


def build(folder: Path, contracts: dict[str, Contract], scale: float, seed: int = 7) -> City:
    """Writes register, paid marks and one CSV an item; planted truths beside."""
    rng = np.random.default_rng(seed)
    city = City(folder)
    people = int(SCOPE * scale)
    everybody = int(RESIDENTS * scale)
    _register(folder, people)
    paid = np.flatnonzero(np.arange(people) % 2 == 0)
    special = rng.permutation(paid)[: max(8, people // 200)]
    kinds = np.array_split(special, 8)
    for item, many in ROWS.items():
        truth = _planted(item, kinds, city)
        _write(folder / f"{item}.csv", contracts[item], (int(many * scale), everybody), truth, rng)
        city.rows[item] = int(many * scale) + len(truth)
    return city


def _register(folder: Path, people: int) -> None:
    place = np.arange(people)
    key = keys(place)
    born = key // 1000 % 10**8
    days = [dt.date(int(b) // 10000, int(b) // 100 % 100, int(b) % 100) for b in born]
    paid = place % 2 == 0
    since = np.where(paid, dt.date(2021, 10, 1), None)
    table = {
        "person_key": key,
        "household": [f"h{n // 2}" for n in place],
        "town": [f"6107{n // 2 % 177:05d}" for n in place],
        "born": days,
        "paid": paid,
        "paid_since": pa.array(since, pa.date32()),
    }
    pq.write_table(pa.table(table), folder / "who.parquet")
    marks = {"person_key": key[paid], "county": ["610702"] * int(paid.sum())}
    marks["programme"] = ["dibao"] * int(paid.sum())
    pq.write_table(pa.table(marks), folder / "paid.parquet")


PLANTS = {
    # item: (which eighth, signal, row)
    "G04": (0, "X1", {"状态": "死亡", "起始日期": "2022-05-03"}),
    "G03": (1, "X2", {"号牌": "陕F99999", "登记日期": "2022-04-02", "状态": "正常"}),
    "G06": (2, "X3", {"待遇类型": "职工养老", "月待遇": "1800", "起始日期": "2022-04-01"}),
    "G14": (3, "X3", {"所得项目": "工资薪金", "收入额": "3200.00", "所属期": "2022-04"}),
    "G10": (4, "W1", {"医院": "市中心医院", "出院日期": "2022-03-03", "个人自付": "9000"}),
    "G24": (5, "W2", {"残疾类别": "肢体", "残疾等级": "1", "发证日期": "2022-05-05"}),
    "G22": (6, "W3", {"登记类别": "尘肺", "登记日期": "2022-05-05"}),
    "G16": (7, "X2", {"单元号": "NEW", "登记日期": "2022-03-03"}),
}


def _planted(item: str, kinds: list[np.ndarray], city: City) -> list[dict[str, str]]:
    if item not in PLANTS:
        return []
    eighth, signal, row = PLANTS[item]
    key = keys(kinds[eighth])
    city.planted.setdefault(signal, set()).update(key.tolist())
    full = {"状态": "有效"} | row if item == "G24" else row
    if item == "G10":
        full = row | {"总费用": "20000"}
    return [full | {"证件号码": number} for number in numbers(key).tolist()]


def _write(
    path: Path,
    contract: Contract,
    size: tuple[int, int],
    truth: list[dict[str, str]],
    rng: np.random.Generator,
) -> None:
    many, everybody = size
    texts = pa.schema([(name, pa.string()) for name in contract.headings])
    options = pyarrow.csv.WriteOptions(quoting_style="none")
    with pyarrow.csv.CSVWriter(path, texts, write_options=options) as out:
        for first in range(0, many, PIECE):
            count = np.arange(first, min(first + PIECE, many))
            # Every resident in turn, so that no key repeats but by a later round.
            person = count * 7919 % everybody
            columns = {name: _column(contract.item, name, count, rng) for name in contract.headings}
            columns["证件号码"] = pa.array(numbers(keys(person)))
            out.write_table(pa.table(columns).select(list(contract.headings)).cast(texts))
        if truth:
            rows = [{name: row.get(name, "") for name in contract.headings} for row in truth]
            out.write_table(pa.Table.from_pylist(rows, schema=texts))


# What an ordinary row says: nothing that a rule asks about.
ORDINARY = {
    ("G03", "状态"): ["正常", "注销"],
    ("G04", "状态"): ["在册"],
    ("G06", "待遇类型"): ["居民养老"],
    ("G18", "状态"): ["注销"],
    ("G20", "学段"): ["小学", "初中"],
    ("G20", "状态"): ["在读"],
    ("G20", "是否寄宿"): ["是", "否"],
    ("G22", "登记类别"): ["其他职业病"],
    ("G22", "是否工伤"): ["否"],
    ("G23", "证明类型"): ["出生"],
    ("G24", "残疾类别"): ["肢体", "视力"],
    ("G24", "残疾等级"): ["3", "4"],
    ("G24", "状态"): ["有效"],
    ("G14", "所得项目"): ["工资薪金", "劳务报酬"],
}
DAYS = np.datetime_as_string(np.datetime64("2015-01-01") + np.arange(2000)).astype(object)
MONTHS = np.array([f"2022-{n:02d}" for n in range(1, 5)], dtype=object)


def _column(item: str, name: str, count: np.ndarray, rng: np.random.Generator) -> pa.Array:
    known = ORDINARY.get((item, name))
    if known is not None:
        return pa.array(np.array(known, dtype=object)[count % len(known)])
    if "期" in name and name != "有效期至":
        choice = MONTHS[count // 1000 % 4] if name == "所属期" else DAYS[count % 2000]
        return pa.array(choice)
    if name in ("税款", "收入额", "月待遇", "个人自付", "总费用", "统筹支付", "其中中央基础养老金"):
        top = {"税款": 9, "收入额": 900, "月待遇": 200}.get(name, 3000)
        return pa.array(rng.integers(10, top + 11, len(count)).astype("U8"))
    if name in ("大病支付", "医疗救助", "面积", "注册资本", "有效期至", "其他"):
        return pa.array([""] * len(count))
    return pa.array(np.char.add("汉", (count % 4_000_003).astype("U8")).astype(object))
