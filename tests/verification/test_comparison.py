"""The engine over planted truths: each signal finds its people, with the row it comes from."""

import datetime as dt
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml

from doudi.verification.engine.compare import Comparison, Tables, answer_hash
from doudi.verification.engine.contract import contracts
from doudi.verification.engine.duck import Base
from doudi.verification.engine.intake import schema
from doudi.verification.engine.signals import Definitions

PACK = Path(__file__).resolve().parents[2] / "doudi/packs/hanzhong"
CONTRACTS = contracts(PACK / "catalog/contracts.yaml")
LIMITS = yaml.safe_load((PACK / "signals/comparison.yaml").read_text())
ASKED = yaml.safe_load((PACK / "signals/definitions.yaml").read_text())
ON = dt.date(2022, 6, 1)
SINCE = dt.date(2021, 10, 1)
D = dt.date


def who(key: int, **other):
    row = {
        "person_key": key,
        "household": f"h{key}",
        "town": "610702001",
        "born": D(1970, 1, 15),
        "paid": True,
        "paid_since": SINCE,
    }
    row |= other
    since = row["paid_since"]
    return row | {"paid_month": since and f"{since:%Y-%m}"}


def compare(
    folder: Path, people: list[dict], items: dict[str, list], paid=(), share=1.0, base=Base
):
    """`items` maps an item to its deliveries, each a list of rows."""
    tables = Tables(folder)
    tables.who(people)
    tables.paid(paid)
    tables.close()
    parts: dict[str, list] = {}
    for item, deliveries in items.items():
        for place, rows in enumerate(deliveries):
            path = folder / f"{item}-{place}" / "rows.parquet"
            path.parent.mkdir()
            full = [{"row_no": n + 1} | row for n, row in enumerate(rows)]
            pq.write_table(pa.Table.from_pylist(full, schema=schema(CONTRACTS[item])), path)
            parts.setdefault(item, []).append((f"d{place}", path))
    asked = Definitions(ASKED, LIMITS | {"hold_share": share}, ON)
    made = Comparison(base(folder), parts, CONTRACTS, folder, asked)
    found = made.run()
    facts = made.facts(folder / "facts.parquet")
    made.close()
    return found, facts


def signals(found):
    return [(home.household, home.signals) for home in found]


CASES = [
    ("X1", "G04", {"状态": "死亡", "起始日期": D(2022, 5, 1)}, {"状态": "在册"}),
    ("X1", "G23", {"证明类型": "死亡", "日期": D(2022, 5, 1)}, {"证明类型": "出生"}),
    ("X2", "G03", {"状态": "正常", "登记日期": D(2022, 3, 1)}, {"登记日期": D(2019, 1, 1)}),
    ("X2", "G16", {"单元号": "1", "登记日期": D(2022, 3, 1)}, {"登记日期": D(2019, 1, 1)}),
    ("X2", "G11", {"合同号": "1", "日期": D(2022, 3, 1)}, {"日期": D(2019, 1, 1)}),
    ("X2", "G18", {"名称": "店", "状态": "存续", "成立日期": D(2022, 3, 1)}, {"状态": "注销"}),
    ("X3", "G06", {"月待遇": 80000, "起始日期": D(2022, 3, 1)}, {"起始日期": D(2019, 1, 1)}),
    ("X3", "G14", {"收入额": 300000, "所属期": "2022-03"}, {"收入额": 50000}),
    ("X4", "G04", {"状态": "服刑", "起始日期": D(2022, 5, 1)}, {"截止日期": D(2022, 5, 20)}),
    ("X6", "G20", {"学段": "高中", "状态": "毕业"}, {"状态": "在读"}),
    (
        "W2",
        "G24",
        {"残疾类别": "精神", "残疾等级": "3", "发证日期": D(2022, 5, 1), "状态": "有效"},
        {"残疾类别": "肢体"},
    ),
    ("W3", "G22", {"登记类别": "尘肺", "登记日期": D(2022, 5, 1)}, {"登记日期": D(2021, 5, 1)}),
    ("W1", "G10", {"个人自付": 700000, "出院日期": D(2022, 3, 1)}, {"个人自付": 600000}),
    ("W4", "G07", {"登记日期": D(2022, 1, 1)}, {"登记日期": D(2022, 5, 1)}),
    ("W5", "G20", {"学段": "高中", "年级": "高一", "状态": "在读"}, {"学段": "小学"}),
]


@pytest.mark.parametrize(("signal", "item", "row", "other"), CASES)
def test_a_signal_finds_its_person_and_not_the_next_one(tmp_path, signal, item, row, other):
    rows = [{"person_key": 2} | row | other, {"person_key": 1} | row, {"person_key": 9} | row]

    found, _ = compare(tmp_path, [who(1), who(2)], {item: [rows]})

    assert signals(found) == [("h1", [signal])]
    source = found[0].sources[0]
    assert (source.person_key, source.item, source.delivery, source.row_no) == (1, item, "d0", 2)


def test_a_monitored_household_without_aid_is_found_and_an_aided_one_is_not(tmp_path):
    people = [who(1, paid=False, paid_since=None), who(2)]
    rows = [{"person_key": n, "户类型": "边缘易致贫户"} for n in (1, 2)]

    found, _ = compare(tmp_path, people, {"G26": [rows]})

    assert signals(found) == [("h1", ["W7"])]


def test_a_child_whose_father_is_away_is_found_with_the_fathers_row(tmp_path):
    people = [
        who(1, household="h", paid=False),
        who(2, household="h", born=D(2014, 1, 1), paid=False),
    ]
    rows = [{"person_key": 1, "状态": "服刑", "起始日期": D(2021, 6, 1)}]

    found, _ = compare(tmp_path, people, {"G04": [rows]})

    assert signals(found) == [("h", ["W8"])]
    assert found[0].sources[0].person_key == 2


def test_somebody_paid_in_two_counties_and_a_sixtieth_birthday_next_month_are_found(tmp_path):
    people = [who(1), who(2, born=D(1962, 7, 20))]
    paid = [
        {"person_key": 1, "county": county, "programme": "dibao"} for county in ("610702", "610703")
    ]

    found, _ = compare(tmp_path, people, {}, [*paid, {**paid[0], "person_key": 2}])

    assert signals(found) == [("h1", ["X5"]), ("h2", ["X6"])]


def test_two_programmes_of_one_county_are_found_and_one_alone_is_not(tmp_path):
    paid = [
        {"person_key": key, "county": "610702", "programme": programme}
        for key, programme in ((1, "dibao"), (1, "tekun"), (2, "dibao"))
    ]

    found, _ = compare(tmp_path, [who(1), who(2)], {}, paid)

    assert signals(found) == [("h1", ["X5"])]
    assert {source.value for source in found[0].sources} == {"610702 dibao", "610702 tekun"}


def test_who_died_or_went_to_prison_is_asked_about_only_while_somebody_is_paid(tmp_path):
    people = [who(1), who(2), who(3, paid=False, paid_since=None)]
    rows = [
        {"person_key": key, "状态": state, "起始日期": D(2022, 5, 1)}
        for key, state in ((1, "死亡"), (2, "强制隔离戒毒"), (3, "死亡"))
    ]

    found, _ = compare(tmp_path, people, {"G04": [rows]})

    assert signals(found) == [("h1", ["X1"]), ("h2", ["X4"])]


def test_findings_of_one_household_are_one_question(tmp_path):
    people = [who(1, household="h"), who(2, household="h")]
    dead = {"状态": "死亡", "起始日期": D(2022, 5, 1)}
    car = {"状态": "正常", "登记日期": D(2022, 3, 1), "号牌": "陕F1"}

    found, _ = compare(
        tmp_path,
        people,
        {"G04": [[{"person_key": 1} | dead]], "G03": [[{"person_key": 2} | car]]},
    )

    assert signals(found) == [("h", ["X1", "X2"])]


def test_a_correction_counts_and_the_earlier_answer_can_be_made_again(tmp_path):
    bill = {"person_key": 1, "医院": "市医院", "出院日期": D(2022, 3, 1), "个人自付": 900000}
    mended = bill | {"个人自付": 90000}
    first, second = tmp_path / "one", tmp_path / "two"
    first.mkdir(), second.mkdir()

    before, facts_before = compare(first, [who(1)], {"G10": [[bill]]})
    after, _ = compare(second, [who(1)], {"G10": [[bill], [mended]]})
    shutil.rmtree(first), first.mkdir()
    again, facts_again = compare(first, [who(1)], {"G10": [[bill]]})

    assert (signals(before), after) == ([("h1", ["W1"])], [])
    assert (answer_hash(again), facts_again) == (answer_hash(before), facts_before)


@pytest.mark.parametrize(("homes", "held"), [(49, True), (50, False)])
def test_more_than_two_households_in_a_hundred_wait_for_a_person(tmp_path, homes, held):
    dead = [{"person_key": 1, "状态": "死亡", "起始日期": D(2022, 5, 1)}]

    found, _ = compare(tmp_path, [who(n) for n in range(1, homes + 1)], {"G04": [dead]}, share=0.02)

    assert [home.held for home in found] == [held]


def test_facts_keep_their_rows_and_add_up_by_person_and_household(tmp_path):
    people = [who(3, household="other"), who(1, household="h"), who(2, household="h")]
    wages = [
        {"person_key": key, "收入额": fen, "所得项目": "工资薪金", "所属期": month}
        for key, fen, month in ((1, 100, "2022-04"), (1, 200, "2022-05"), (2, 400, "2022-05"))
    ]

    _, facts = compare(tmp_path, people, {"G14": [wages]})

    rows = pq.read_table(tmp_path / "facts.parquet").to_pylist()
    assert facts == {"wage_year_fen": 3}
    assert sum(row["value"] for row in rows if row["person_key"] == 1) == 300
    homes = {p["home"]: p["household"] for p in pq.read_table(tmp_path / "who.parquet").to_pylist()}
    assert {homes[row["home"]] for row in rows} == {"h"}
    assert sorted(row["row_no"] for row in rows) == [1, 2, 3]


def test_a_run_of_before_households_had_numbers_is_made_again(tmp_path):
    people = [who(1, household="h"), who(2, household="other"), who(3, household="h")]
    homes = [{"person_key": n, "登记日期": D(2019, 1, 1), "单元号": f"{n}"} for n in (1, 2, 3)]
    found, _ = compare(tmp_path, people, {"G16": [homes]})
    path = tmp_path / "who.parquet"
    pq.write_table(pq.read_table(path).drop_columns(["home"]), path)

    parts = {"G16": [("d0", tmp_path / "G16-0" / "rows.parquet")]}
    made = Comparison(Base(tmp_path), parts, CONTRACTS, tmp_path, Definitions(ASKED, LIMITS, ON))
    again, facts = made.run(), made.facts(tmp_path / "facts.parquet")
    made.close()

    rows = pq.read_table(tmp_path / "facts.parquet").to_pylist()
    home = {row["person_key"]: row["home"] for row in rows}
    assert (again, facts) == (found, {"homes": 3})
    assert home[1] == home[3] != home[2]
