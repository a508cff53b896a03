"""The platform's pace: ingest, and the comparison beside the bare scan and beside pandas.

One process, CPU seconds; BENCH_CITY sets the share of the city (default 0.1).
"""

import datetime as dt
import os
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import yaml

from bench.city import City, build
from doudi.verification.engine.compare import Comparison, Found
from doudi.verification.engine.contract import Contract, contracts
from doudi.verification.engine.intake import load, put_away

PACK = Path(__file__).resolve().parent.parent / "doudi/packs/hanzhong"
ON = dt.date(2022, 6, 1)
READ = {
    "G03": ["登记日期", "状态"],
    "G04": ["状态", "起始日期", "截止日期"],
    "G06": ["月待遇", "起始日期"],
    "G10": ["个人自付", "出院日期"],
    "G14": ["收入额", "所属期"],
    "G16": ["登记日期"],
    "G18": ["状态", "成立日期"],
    "G20": ["学段", "年级", "状态"],
    "G22": ["登记类别", "登记日期"],
    "G23": ["证明类型"],
    "G24": ["残疾类别", "残疾等级", "发证日期", "状态"],
}


def _spent(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.process_time()
    answer = work()
    return time.process_time() - start, answer


def run() -> dict[str, Any]:
    """The figures of one run."""
    scale = float(os.environ.get("BENCH_CITY", "0.1"))
    agreed = contracts(PACK / "catalog/contracts.yaml")
    limits = yaml.safe_load((PACK / "signals/comparison.yaml").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        making, city = _spent(lambda: build(folder, agreed, scale))
        ingest, taken = _spent(lambda: _ingest(city, agreed))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        rows = sum(city.rows.values())
        scan, _ = _spent(lambda: _scan(folder, agreed))
        ours, found = _spent(lambda: _compare(folder, agreed, limits))
        pandas, theirs = _spent(lambda: _pandas(folder, limits))
        same = theirs == _keys(found, ("X1", "X2", "X3", "W1", "W2", "W3"))
    return {
        "share of the city": scale,
        "rows delivered": rows,
        "rows taken": taken,
        "generate, CPU s": round(making, 1),
        "ingest rows per CPU s": round(rows / ingest),
        "ingest peak, MB": round(peak),
        "scan, CPU s": round(scan, 2),
        "compare, CPU s": round(ours, 2),
        "pandas, CPU s": round(pandas, 2),
        "compare / scan (at most 4)": round(ours / scan, 2),
        "pandas / compare (at least 3)": round(pandas / ours, 2),
        "pandas finds the same": same,
        "households found": len(found),
        **_quality(city, found),
    }


def _ingest(city: City, agreed: dict[str, Contract]) -> int:
    taken = 0
    for item in city.rows:
        with tempfile.TemporaryDirectory(dir=city.folder) as work:
            loaded = load(
                city.folder / f"{item}.csv", agreed[item], dt.date(2022, 5, 31), Path(work)
            )
            put_away(Path(work), city.folder / f"{item}.parquet")
            taken += loaded.accepted
    return taken


def _touch(kind: str, name: str) -> str:
    """An aggregate that must read every value: min, max and count come from the file's footer."""
    if kind in ("money", "number", "count"):
        return f"sum({name})"
    return f"sum({name} - date '2000-01-01')" if kind == "date" else f"sum(strlen({name}))"


def _scan(folder: Path, agreed: dict[str, Contract]) -> None:
    with duckdb.connect(config={"threads": 2}) as base:
        for item, names in READ.items():
            kinds = {c.heading: c.kind for c in agreed[item].columns}
            read = ", ".join(["sum(row_no)", *(_touch(kinds[name], name) for name in names)])
            base.execute(
                f"select sum(person_key), {read} from '{folder / item}.parquet'"  # noqa: S608
            ).fetchall()


def _compare(folder: Path, agreed: dict[str, Contract], limits: dict[str, Any]) -> list[Found]:
    parts = {item: [("d", folder / f"{item}.parquet")] for item in READ}
    made = Comparison(parts, agreed, folder / "who.parquet", folder / "paid.parquet")
    try:
        return made.run(ON, limits)
    finally:
        made.close()


def _keys(found: list[Found], signals: tuple[str, ...]) -> dict[str, set[int]]:
    keys: dict[str, set[int]] = {signal: set() for signal in signals}
    for home in found:
        for source in home.sources:
            if source.signal in keys:
                keys[source.signal].add(source.person_key)
    return keys


def _pandas(folder: Path, limits: dict[str, Any]) -> dict[str, set[int]]:  # noqa: PLR0915
    """The same signals by a careful user of pandas: Arrow types, only the columns needed."""
    who = pd.read_parquet(folder / "who.parquet", dtype_backend="pyarrow")
    who = who[["person_key", "paid"]]

    def rows(item: str) -> pd.DataFrame:
        read = ["person_key", "row_no", *READ[item]]
        table = pd.read_parquet(folder / f"{item}.parquet", columns=read, dtype_backend="pyarrow")
        return table.merge(who, on="person_key")

    since, new = dt.date(2021, 10, 1), ON - dt.timedelta(limits["new_days"])
    found: dict[str, set[int]] = {s: set() for s in ("X1", "X2", "X3", "W1", "W2", "W3")}

    def note(signal: str, table: pd.DataFrame, condition: Any) -> None:
        found[signal] |= set(table.loc[condition.fillna(False), "person_key"].tolist())

    t = rows("G04")
    note("X1", t, t.paid & t.状态.isin(["死亡", "注销"]))
    t = rows("G23")
    note("X1", t, t.paid & (t.证明类型 == "死亡"))
    t = rows("G03")
    note("X2", t, t.paid & (t.状态 == "正常") & (t.登记日期 >= since))
    t = rows("G16")
    note("X2", t, t.paid & (t.登记日期 >= since))
    t = rows("G18")
    note("X2", t, t.paid & (t.状态 == "存续") & (t.成立日期 >= since))
    t = rows("G06")
    note("X3", t, t.paid & (t.起始日期 >= since))
    t = rows("G14")
    note("X3", t, t.paid & (t.收入额 >= limits["wage_month_fen"]) & (t.所属期 >= "2021-10"))
    t = rows("G10")
    t = t[t.出院日期 > ON - dt.timedelta(365)]
    own = t.groupby("person_key").个人自付.sum().reset_index()
    note("W1", own, own.个人自付 > limits["medical_own_fen"])
    t = rows("G24")
    heavy = t.残疾等级.isin(["1", "2"]) | ((t.残疾等级 == "3") & t.残疾类别.isin(["智力", "精神"]))
    note("W2", t, (t.状态 == "有效") & (t.发证日期 > new) & heavy)
    t = rows("G22")
    note("W3", t, t.登记类别.isin(["重大疾病", "尘肺"]) & (t.登记日期 > new))
    return found


def _quality(city: City, found: list[Found]) -> dict[str, Any]:
    """Recall and precision of each planted signal."""
    told = {}
    keys = _keys(found, tuple(city.planted))
    for signal, planted in sorted(city.planted.items()):
        right = len(planted & keys[signal])
        told[f"{signal} planted / found"] = f"{len(planted)} / {len(keys[signal])}"
        told[f"{signal} recall"] = round(right / len(planted), 4)
        told[f"{signal} precision"] = round(right / max(1, len(keys[signal])), 4)
    return told
