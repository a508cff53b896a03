"""Ledgers as Excel: purpose and trace first, masked, no formula, subtotals, gone after its days."""

import datetime as dt
import io

import pytest
from openpyxl import load_workbook

from doudi.accounts.models import Post, Staff
from doudi.accounts.permissions import Role
from doudi.attachments.bulk import BLOCK, blocks_of, folder, keep_bulk
from doudi.audit.models import Entry
from doudi.benefits.models import Award, AwardChange, AwardPerson
from doudi.clock.time import now
from doudi.exports import queries
from doudi.exports.actions.ask_export import ask_export
from doudi.exports.actions.fetch_export import fetch_export
from doudi.exports.actions.work_exports import TURNS, expire_exports, work_exports
from doudi.exports.catalog import LEDGERS
from doudi.kernel.errors import Invalid, NotAllowed, NotFound
from doudi.people.actions.record_death import record_death
from doudi.people.models import BenefitMark, GroupMembership, Household, Person
from doudi.people.queries import in_group
from doudi.upkeep.models import Recheck, RecheckPlan
from doudi.vault.seal import SealBroken
from tests.factories.cases import VILLAGE, staff
from tests.people import sheets

pytestmark = pytest.mark.django_db
COUNTY = "610702"
SECOND = "610702008002"
PAYLOADS = ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＋1", "－1", "＠A1", " =1"]


@pytest.fixture
def officer(city):
    """The county's officer."""
    TURNS.forget()
    return staff("officer", Role.COUNTY_OFFICER, COUNTY, "李经办")


def award(n: int, village: str = VILLAGE, name: str = "任建明", **more) -> Award:
    """A running award of the n-th person."""
    person = Person.objects.create(
        name=name,
        id_number=sheets.number(n),
        phone="13900000001",
        sex="male",
        born_on=dt.date(1950, 1, 1),
        created_at=now(),
    )
    home = Household.objects.create(region_id=village, area="urban", created_at=now())
    values = {"monthly_fen": 167000, "base_fen": 114600, "top_up_fen": 52400} | more
    return Award.objects.create(
        number=f"A{n:06d}",
        programme=values.pop("programme", "dibao"),
        area="urban",
        household_id=home.pk,
        county=village[:6],
        town=village[:9],
        village=village,
        payee=person,
        payee_name=name,
        account="6217000012345678",
        bank="演示银行",
        household_size=3,
        start_month="2022-01",
        opened_at=now(),
        **values,
    )


def made(key, by, purpose="check", whole=False):
    """The export with its file as openpyxl reads it."""
    export = ask_export(key, purpose, whole, by=by, at=now())
    while work_exports():
        pass
    export.refresh_from_db()
    return export, load_workbook(io.BytesIO(b"".join(blocks_of(export.stored_name)))).active


def lines(sheet) -> list[list]:
    """The rows under the headings."""
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]


def test_the_purpose_is_journalled_before_anything_is_made(officer):
    award(1)

    export = ask_export("dibao", "check", False, by=officer, at=now())

    entry = Entry.objects.get(subject=f"export:{export.pk}")
    assert (entry.action, entry.purpose, entry.actor_name) == (
        "ledger.exported",
        "check",
        "李经办",
    )
    assert (export.state, export.stored_name) == ("waiting", "")


def test_the_file_looks_like_the_offices_own(officer):
    award(1)
    award(2)
    award(3, SECOND)

    export, sheet = made("dibao", officer)

    assert sheet["A1"].value == "最低生活保障台账"
    assert "汉台区" in sheet["A2"].value
    assert "单位：户、人、元" in sheet["A2"].value
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {"A1:X1", "A2:X2", "B3:D3", "M3:O3", "A3:A4"} <= merged
    assert [sheet["B3"].value, sheet["B4"].value, sheet["M4"].value] == [
        "住址",
        "县区",
        "基本保障金",
    ]
    assert sheet.freeze_panes == "D5"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 8)
    assert sheet.print_title_rows == "$1:$4"
    told = "李经办 2022-05-09 08:00　内部核对 " + export.number
    assert told in sheet.oddFooter.left.text
    assert sheet.oddHeader.center.text == "&G"


def test_a_roster_has_the_amount_of_today_and_whoever_is_covered_still(officer):
    steps = [{"month": "2022-05", "base": 100_000, "top_up": 5_000, "why": "adjust", "change": 1}]
    running, over = award(1, steps=steps), award(2, end_month="2022-04")
    for n, until in enumerate(("", "2022-04")):
        AwardPerson.objects.create(
            award=running, person=award(3 + n, programme="tekun").payee, until_month=until
        )

    _export, sheet = made("dibao", officer)

    headings = {sheet.cell(4, n).value or sheet.cell(3, n).value: n for n in range(1, 25)}
    asked = [headings[h] for h in ("待遇编号", "保障人数", "基本保障金", "分类施保金", "合计")]
    rows = [[sheet.cell(row, n).value for n in asked] for row in (5, 6)]
    assert rows == [[running.number, 1, 1_000, 50, 1_050], [over.number, 0, 1_146, 524, 1_670]]


def test_a_roster_tells_when_a_household_was_looked_at_and_what_changed(officer):
    told = award(1)
    values = {"award": told, "before_fen": 1, "after_fen": 0, "base_fen": 0, "at": now()}
    values |= {"document": "DB57", "article": "7", "proposed_by": "甲", "decided_by": "乙"}
    AwardChange.objects.create(
        order=0, what="standard", from_month="2022-03", reason="standard", **values
    )
    AwardChange.objects.create(
        order=1, what="adjust", from_month="2022-04", reason="means", **values
    )
    AwardChange.objects.create(
        order=2, what="stop", from_month="2022-05", reason="imprisoned", **values
    )
    RecheckPlan.objects.create(award=told, klass="a", due_on=dt.date(2023, 5, 1))
    Recheck.objects.create(
        award=told, county=COUNTY, town=told.town, call="plan", klass="a",
        due_on=dt.date(2022, 5, 1), opened_at=now(), done_at=now(),
    )  # fmt: skip

    _export, sheet = made("dibao", officer)

    headings = {sheet.cell(3, n).value: n for n in range(1, 25)}
    row = {h: sheet.cell(5, headings[h]).value for h in ("最近复核", "下次复核", "变动史", "标记")}
    assert row == {
        "最近复核": "2022-05-09",
        "下次复核": "2023-05-01",
        "变动史": (
            "2022-03 提标调整；2022-04 重新核定（收入、支出或财产变化）；"
            "2022-05 停发（服刑或强制戒毒）"
        ),
        "标记": "服刑",
    }


def test_subtotals_stand_after_each_village_and_the_total_at_the_end(officer):
    award(1)
    award(2)
    award(3, SECOND)

    _export, sheet = made("dibao", officer)

    rows = lines(sheet)
    assert [row[0] for row in rows] == [1, 2, "小计", 3, "小计", "合计"]
    assert [row[14] for row in rows] == [1670, 1670, 3340, 1670, 1670, 5010]
    assert rows[2][1] == "2行"


def test_an_export_is_masked_unless_right_and_purpose_allow_more(officer):
    award(1)

    _masked, sheet = made("dibao", officer)
    _whole, open_sheet = made("dibao", officer, "payment", True)

    row, whole = lines(sheet)[0], lines(open_sheet)[0]
    assert [row[5], row[7], row[17]] == ["任*明", "139****0001", "尾号5678"]
    assert sheets.number(1) not in str(row)
    assert [whole[5], whole[6], whole[17]] == ["任建明", sheets.number(1), "6217000012345678"]
    assert open_sheet["G5"].data_type == "s"
    assert Entry.objects.filter(action="ledger.exported_whole", purpose="payment").count() == 1


def test_a_purpose_that_needs_no_whole_values_gets_none(officer):
    with pytest.raises(Invalid):
        ask_export("dibao", "check", True, by=officer, at=now())


def test_who_may_not_reveal_a_person_exports_masked_only(city):
    finance = staff("finance", Role.COUNTY_FINANCE, COUNTY)

    with pytest.raises(NotAllowed):
        ask_export("dibao", "payment", True, by=finance, at=now())


def test_without_a_purpose_there_is_no_export(officer):
    with pytest.raises(Invalid):
        ask_export("dibao", "", False, by=officer, at=now())


def test_only_rows_of_the_own_region_come_along(officer):
    award(1)
    award(2, "610722001001")

    _export, sheet = made("dibao", officer)

    assert [row[0] for row in lines(sheet)] == [1, "小计", "合计"]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_of_a_ledger_becomes_a_formula(officer, payload):
    award(1, name=payload)

    _export, sheet = made("dibao", officer, "archive", True)

    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert not [
        c for c in cells if str(c.value).strip(" \u3000").startswith(tuple("=+-@\t\r＝＋－＠"))
    ]


def test_the_file_is_fetched_by_its_owner_and_each_time_is_journalled(officer):
    award(1)
    export, _sheet = made("dibao", officer)
    other = staff("other", Role.COUNTY_OFFICER, COUNTY)

    fetch_export(export.pk, by=officer)

    assert Entry.objects.filter(action="ledger.fetched", subject=f"export:{export.pk}").exists()
    with pytest.raises(NotFound):
        fetch_export(export.pk, by=other)


def test_the_file_is_sealed_and_gone_after_three_days(officer, clock):
    award(1)
    export, _sheet = made("dibao", officer)
    path = folder() / export.stored_name
    assert b"PK\x03\x04" not in path.read_bytes()

    clock.shift(dt.timedelta(days=4))
    with pytest.raises(NotFound):
        fetch_export(export.pk, by=officer)
    expire_exports(at=now())

    export.refresh_from_db()
    assert (export.state, path.exists()) == ("expired", False)


def test_long_work_goes_on_in_turns_and_shows_how_far_it_is(officer, monkeypatch):
    monkeypatch.setattr(queries, "PIECE", 2)
    for n in range(5):
        award(n)
    export = ask_export("dibao", "check", False, by=officer, at=now())

    work_exports(0)
    work_exports(0)

    export.refresh_from_db()
    assert (export.state, export.done, export.total) == ("working", 2, 5)


@pytest.mark.parametrize("key", sorted(LEDGERS))
def test_every_ledger_can_be_taken_out(officer, key):
    export, sheet = made(key, officer)

    assert (export.state, sheet["A1"].value) == ("ready", LEDGERS[key].title)
    assert lines(sheet)[-1][0] == "合计"


@pytest.mark.parametrize("size", [0, 1, BLOCK, BLOCK + 1])
def test_a_sealed_file_comes_back_whole_whatever_its_size(db, size):
    content = b"x" * size

    kept = keep_bulk(io.BytesIO(content))

    assert (b"".join(blocks_of(kept.name)), kept.size) == (content, size)


@pytest.mark.parametrize("cut", [-1, -300, 5])
def test_a_sealed_file_that_was_cut_or_touched_does_not_open(db, cut):
    kept = keep_bulk(io.BytesIO(b"y" * (BLOCK + 10)))
    path = folder() / kept.name
    content = path.read_bytes()
    touched = content[:cut] + bytes([content[cut] ^ 1]) + content[cut:][1:]

    path.write_bytes(content[: len(content) - 38] if cut == -300 else touched)

    with pytest.raises(SealBroken):
        list(blocks_of(kept.name))


def test_who_sees_a_ledger_may_still_not_take_it_out_and_another_rights_ledger_is_not_there(
    officer,
):
    auditor = staff("looks", Role.AUDITOR, COUNTY, "审一")
    money = staff("pays", Role.COUNTY_FINANCE, COUNTY, "财一")

    with pytest.raises(NotAllowed):
        ask_export("rectify", "check", False, by=auditor, at=now())
    with pytest.raises(NotFound):
        queries.ledger_for("urgent", money)


def test_whose_post_has_ended_fetches_nothing_any_more(officer):
    award(1)
    export, _sheet = made("dibao", officer)

    Post.objects.filter(staff=officer).delete()
    gone = Staff.objects.get(pk=officer.pk)

    with pytest.raises(NotAllowed):
        fetch_export(export.pk, by=gone)


def test_the_list_of_a_special_group_says_who_receives_nothing(officer):
    for n, served in ((1, True), (2, False)):
        person = award(n).payee
        GroupMembership.objects.create(
            person=person, group="pneumoconiosis", region_id=VILLAGE, from_on=dt.date(2021, 3, 1)
        )
        if served:
            BenefitMark.objects.create(
                person=person, programme="dibao", county=COUNTY, award_ref=person.pk, from_month="1"
            )

    _export, sheet = made("groups", officer)

    heads = [cell.value for cell in sheet[3]]
    at = heads.index("在享待遇")
    listed = [row[at] for row in lines(sheet) if row[heads.index("群体")] == "尘肺病患者"]
    assert sorted(listed) == ["最低生活保障", "没有"]


def test_no_list_keeps_the_dead(officer):
    person = award(1).payee
    kept = {"person": person, "region_id": VILLAGE, "from_on": dt.date(2021, 3, 1)}
    GroupMembership.objects.create(group="railway_militia", **kept)

    record_death(person.pk, dt.date(2022, 4, 20), dt.date(2022, 5, 9))

    assert GroupMembership.objects.get().until_on == dt.date(2022, 4, 20)
    index, group = str(person.id_index), "railway_militia"
    assert in_group([index], group, dt.date(2022, 4, 20)) == {index}
    assert in_group([index], group, dt.date(2022, 4, 21)) == set()
