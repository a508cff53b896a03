"""A contract changes from a day on: files are checked by their period's version, all rows stay."""

import datetime as dt
from pathlib import Path

import pytest
import yaml

from doudi.accounts.permissions import Role
from doudi.audit.actor import SYSTEM
from doudi.clock.demo_mark import mark_demo
from doudi.clock.time import now
from doudi.commands import deliver
from doudi.verification.actions.compare_register import compare_register
from doudi.verification.engine.contract import contracts, in_force, versions
from doudi.verification.models import Delivery
from doudi.verification.register import delivered_rows, evidence_of
from tests.departments.conftest import clerk
from tests.factories.cases import staff
from tests.house.scene import browser_of
from tests.verification.test_platform import doudi, homes, number

__all__ = ["homes"]
pytestmark = pytest.mark.django_db
OLD = "证件号码,扣缴单位,所得项目,收入额,税款,所属期"
NEW = "证件号码,扣缴单位,扣缴编码,所得项目,收入额,所属期"
KINDS = {"证件号码": "id!", "扣缴单位": "text", "扣缴编码": "text", "所得项目": "text!"}
LATER = {
    "version": 2,
    "effective_from": dt.date(2022, 5, 1),
    "columns": KINDS | {"收入额": "money!", "所属期": "month!"},
    "at_most": {},
}


def a_pack(settings, folder: Path, later: dict) -> Path:
    """Today's pack, in which the income tax (G14) has a second version."""
    real, pack = Path(settings.DOUDI_PACK_DIR), folder / "pack"
    (pack / "catalog").mkdir(parents=True)
    for path in real.iterdir():
        if path.name != "catalog":
            (pack / path.name).symlink_to(path)
    for path in (real / "catalog").iterdir():
        if path.name != "contracts.yaml":
            (pack / "catalog" / path.name).symlink_to(path)
    told = yaml.safe_load((real / "catalog/contracts.yaml").read_text(encoding="utf-8"))
    told["G14"]["later"] = [later]
    (pack / "catalog/contracts.yaml").write_text(
        yaml.safe_dump(told, allow_unicode=True, sort_keys=False)
    )
    return pack


@pytest.fixture
def two(settings, tmp_path, city):
    settings.DOUDI_PACK_DIR = a_pack(settings, tmp_path, LATER)
    settings.DOUDI_LAKE = tmp_path / "lake"
    mark_demo(7, "0", now())
    assert doudi(deliver, "--new-key", "税务", "--key", tmp_path / "key")[0] == 0
    return tmp_path


def send(folder: Path, heading: str, period: str, sequence: int, *rows: str) -> int:
    path = folder / f"g14-{period}-{sequence}.csv"
    path.write_text("\n".join([heading, *rows]) + "\n")
    signed = ("--sign", "--key", folder / "key", "--period", period, "--sequence", sequence)
    assert doudi(deliver, "G14", path, *signed)[0] == 0
    return doudi(deliver, "G14", path)[0]


def test_each_file_is_checked_by_the_version_of_its_period(two):
    april, may = (
        f"{number(0)},甲,工资薪金,3000,0,2022-04",
        f"{number(0)},甲,91610,工资薪金,10,2022-05",
    )

    early = send(two, NEW, "2022-04", 1, may)
    right = [send(two, OLD, "2022-04", 1, april), send(two, NEW, "2022-05", 2, may)]
    late = send(two, OLD, "2022-05", 3, april)

    assert [early, *right, late] == [1, 0, 0, 1]
    made = Delivery.objects.order_by("sequence").values_list("period", "contract_version")
    assert list(made) == [("2022-04", 1), ("2022-05", 2)]


def test_rows_of_both_versions_are_read_together_each_with_its_own_columns(two, homes):
    send(two, OLD, "2022-04", 1, f"{number(0)},甲,工资薪金,3000.50,12,2022-04")
    send(two, NEW, "2022-05", 2, f"{number(0)},甲,91610,工资薪金,80,2022-05")

    run = compare_register("2022-06", by=SYSTEM, at=now())
    rows = delivered_rows("G14", [number(0)])[number(0)].rows
    kept = evidence_of(run, [number(0)])

    seen = [{k: row[k] for k in ("税款", "扣缴编码", "收入额") if k in row} for row in rows]
    assert seen == [
        {"税款": "12.00", "收入额": "3000.50"},
        {"扣缴编码": "91610", "收入额": "80.00"},
    ]
    mine = [{"税款", "扣缴编码"} & set(row["told"]) for row in kept]
    assert sorted(map(sorted, mine)) == [["扣缴编码"], ["税款"]]
    assert run.facts["wage_year_fen"] == 2


def test_the_catalogue_shows_both_versions_with_a_table_each(two):
    page = browser_of(clerk("税务", "tax.data")).get("/agency/catalogue/G14/").content.decode()
    desk = browser_of(staff("v.city", Role.CITY_OFFICER, "610700"))
    tables = [
        desk.get(f"/agency/catalogue/G14/csv/?version={n}").content.decode("utf-8-sig").strip()
        for n in (1, 2)
    ]

    assert ("第1版" in page, "第2版" in page, "加：扣缴编码" in page) == (True, True, True)
    assert "去：税款" in page
    assert tables == [OLD, NEW]


def test_the_day_decides_and_the_newest_still_knows_what_went(two, settings):
    path = Path(settings.DOUDI_PACK_DIR) / "catalog/contracts.yaml"
    known = versions(path)["G14"]

    days = [dt.date(2020, 1, 1), dt.date(2022, 4, 30), dt.date(2022, 5, 1), dt.date(2030, 1, 1)]
    newest = contracts(path)["G14"]

    assert [in_force(known, day).version for day in days] == [1, 1, 2, 2]
    assert [c.heading for c in newest.former] == ["税款"]
    assert len(versions(path)["G03"]) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"version": 3},
        {"effective_from": dt.date(2021, 1, 1)},
        {"columns": LATER["columns"] | {"收入额": "text!"}},
        {"key": ["证件号码"]},
        {"mode": "full"},
    ],
)
def test_a_heading_keeps_its_kind_and_a_row_its_key(settings, tmp_path, wrong):
    pack = a_pack(settings, tmp_path, LATER | wrong)

    with pytest.raises(ValueError, match="G14"):
        versions(pack / "catalog/contracts.yaml")
