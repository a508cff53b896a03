"""The same signals and facts by a careful user of pandas: Arrow types, only the columns needed."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from doudi.verification.engine.compare import Parts

READ = {
    "G03": ["登记日期", "状态"],
    "G04": ["状态", "起始日期", "截止日期"],
    "G06": ["月待遇", "起始日期"],
    "G07": ["登记日期", "月失业金"],
    "G08": ["月工资"],
    "G10": ["医院", "个人自付", "出院日期"],
    "G11": ["日期"],
    "G13": ["余额"],
    "G14": ["收入额", "所属期", "所得项目"],
    "G15": ["销售额", "所属期"],
    "G16": ["登记日期"],
    "G18": ["状态", "成立日期"],
    "G20": ["学段", "年级", "状态"],
    "G22": ["登记类别", "登记日期"],
    "G23": ["证明类型"],
    "G24": ["残疾类别", "残疾等级", "发证日期", "状态"],
    "G26": ["户类型", "消除日期"],
    "G28": ["月标准"],
}


def pandas(
    folder: Path, parts: Parts, limits: Mapping[str, Any], on: dt.date
) -> tuple[dict[str, set], dict[str, int]]:
    """People by signal, and the number of source rows by fact."""
    who = pd.read_parquet(folder / "who.parquet", dtype_backend="pyarrow")
    who = who[["person_key", "home", "paid", "paid_since", "paid_month"]]
    matched = pd.read_parquet(folder / "matched.parquet", dtype_backend="pyarrow")

    cache: dict[str, pd.DataFrame] = {}

    def rows(item: str) -> pd.DataFrame:
        if item not in cache:
            cache[item] = _rows(item)
        return cache[item]

    def _rows(item: str) -> pd.DataFrame:
        read = ["person_key", "row_no", *READ[item]]
        tables = [
            pd.read_parquet(path, columns=read, dtype_backend="pyarrow").assign(delivery=delivery)
            for delivery, path in parts[item]
        ]
        if item == "G22":
            again = _found_again(parts[item][0][1], matched, read)
            tables.append(again.assign(delivery=parts[item][0][0]))
        tables = [table.merge(who, on="person_key") for table in tables]
        if len(tables) == 1:
            return tables[0]
        whole = pd.concat(tables)
        key = ["person_key", "医院", "出院日期"]
        return whole.drop_duplicates(key, keep="last") if item == "G10" else whole

    found: dict[str, set] = {}

    def note(signal: str, table: pd.DataFrame, condition: Any) -> None:
        people = table.loc[condition.fillna(False), "person_key"]
        found[signal] = found.get(signal, set()) | set(people.tolist())

    _money(rows, note, limits)
    _property(rows, note)
    _status(rows, note, on)
    _needs(rows, note, limits, on)
    facts = _facts(rows, on)
    facts.to_parquet(folder / "pandas-facts.parquet", compression="zstd")
    return found, facts.groupby("fact").size().to_dict()


def _facts(rows: Any, on: dt.date) -> pd.DataFrame:
    """Every fact's source rows, sorted as the engine sorts them."""
    year = on.replace(year=on.year - 1)
    pieces = []

    def take(fact: str, item: str, value: Any, condition: Any = None) -> None:
        t = rows(item)
        chosen = t if condition is None else t[condition(t).fillna(False)]
        told = chosen[["home", "person_key", "delivery", "row_no"]].copy()
        told["fact"], told["item"] = fact, item
        told["value"] = value if isinstance(value, int) else chosen[value]
        pieces.append(told)

    def earned(t: pd.DataFrame) -> Any:
        return t.所属期 > f"{year:%Y-%m}"

    take("wage_year_fen", "G14", "收入额", lambda t: earned(t) & (t.所得项目 == "工资薪金"))
    take("other_income_year_fen", "G14", "收入额", lambda t: earned(t) & (t.所得项目 != "工资薪金"))
    take("sales_year_fen", "G15", "销售额", earned)
    take("pension_month_fen", "G06", "月待遇")
    take("unemployment_month_fen", "G07", "月失业金", lambda t: t.月失业金.notna())
    take("post_month_fen", "G08", "月工资", lambda t: t.月工资.notna())
    take("fund_fen", "G13", "余额", lambda t: t.余额.notna())
    take("vehicles", "G03", 1, lambda t: t.状态 == "正常")
    take("homes", "G16", 1)
    take("companies", "G18", 1, lambda t: t.状态 == "存续")
    take("medical_own_year_fen", "G10", "个人自付", lambda t: t.出院日期 > year)
    take("veteran_month_fen", "G28", "月标准", lambda t: t.月标准.notna())
    facts = pd.concat(pieces, ignore_index=True)
    return facts.sort_values(["fact", "person_key", "item", "delivery", "row_no"])


def _found_again(path: Path, matched: pd.DataFrame, read: list[str]) -> pd.DataFrame:
    names = [name for name in read if name != "person_key"]
    lost = pd.read_parquet(
        path.with_name("unmatched.parquet"), columns=names, dtype_backend="pyarrow"
    )
    return lost.merge(matched[["row_no", "person_key"]], on="row_no")[read]


def _money(rows: Any, note: Any, limits: Mapping[str, Any]) -> None:
    t = rows("G06")
    note("X3", t, t.paid & (t.起始日期 >= t.paid_since))
    t = rows("G14")
    earned = t[["person_key", "收入额", "所属期"]]
    note("X3", t, t.paid & (t.收入额 >= limits["wage_month_fen"]) & (t.所属期 >= t.paid_month))
    idle = rows("G07")
    recent = earned[(earned.收入额 > 0) & (earned.所属期 >= "2022-03")].person_key.unique()
    note("W4", idle, (idle.登记日期 <= dt.date(2022, 3, 1)) & ~idle.person_key.isin(recent))


def _property(rows: Any, note: Any) -> None:
    t = rows("G03")
    note("X2", t, t.paid & (t.状态 == "正常") & (t.登记日期 >= t.paid_since))
    t = rows("G11")
    note("X2", t, t.paid & (t.日期 >= t.paid_since))
    t = rows("G16")
    note("X2", t, t.paid & (t.登记日期 >= t.paid_since))
    t = rows("G18")
    note("X2", t, t.paid & (t.状态 == "存续") & (t.成立日期 >= t.paid_since))


def _status(rows: Any, note: Any, on: dt.date) -> None:
    t = rows("G04")
    note("X1", t, t.paid & t.状态.isin(["死亡", "注销"]))
    there = t.截止日期.isna() | (t.截止日期 > on)
    away = t.状态.isin(["服刑", "强制隔离戒毒", "参军", "迁出"])
    note("X4", t, t.paid & away & (t.起始日期 <= on) & there)
    t = rows("G23")
    note("X1", t, t.paid & (t.证明类型 == "死亡"))
    t = rows("G20")
    begins = t.学段.isin(["高中", "中职", "大专", "本科"]) & t.年级.isin(["一年级", "高一", "大一"])
    note("W5", t, t.paid & (t.状态 == "在读") & begins)


def _needs(rows: Any, note: Any, limits: Mapping[str, Any], on: dt.date) -> None:
    new = on - dt.timedelta(limits["new_days"])
    t = rows("G10")
    t = t[t.出院日期 > on.replace(year=on.year - 1)]
    own = t.groupby("person_key").个人自付.sum().reset_index()
    note("W1", own, own.个人自付 > limits["medical_own_fen"])
    t = rows("G24")
    heavy = t.残疾等级.isin(["1", "2"]) | ((t.残疾等级 == "3") & t.残疾类别.isin(["智力", "精神"]))
    note("W2", t, (t.状态 == "有效") & (t.发证日期 > new) & heavy)
    t = rows("G22")
    note("W3", t, t.登记类别.isin(["重大疾病", "尘肺"]) & (t.登记日期 > new))
    t = rows("G26")
    note("W7", t, ~t.paid & (t.户类型 != "脱贫户") & t.消除日期.isna())
