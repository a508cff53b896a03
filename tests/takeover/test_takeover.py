"""Running awards of an old system: rehearsed, taken over to the fen, explained, undone unpaid."""

import io
import json
from uuid import uuid4

import pytest
from openpyxl import Workbook

from doudi.accounts.permissions import Role
from doudi.audit.actor import SYSTEM
from doudi.benefits.actions.change_award import Change, change_award
from doudi.benefits.actions.prepare_roll import prepare_roll
from doudi.benefits.file import totals
from doudi.benefits.models import Award
from doudi.clock.time import now
from doudi.commands import takeover as command
from doudi.kernel.errors import Conflict, Invalid, NotFound
from doudi.people.models import BenefitMark, Household, Person
from doudi.takeover.actions.rehearse import rehearse
from doudi.takeover.actions.take_over import take_over
from doudi.takeover.actions.undo import undo
from doudi.takeover.columns import TABLE
from doudi.takeover.models import Batch
from doudi.takeover.queries import batch_for, counties_of, first_roll, reasons
from doudi.upkeep.models import RecheckPlan
from tests.benefits.running import COUNTY, award
from tests.factories.cases import VILLAGE, demo_database, id_number, staff

pytestmark = pytest.mark.django_db
RURAL = "610728104201"
MONTH = "2022-06"
HEADINGS = {column.key: column.heading for column in TABLE.columns}


def person(number, order, relation="本人", **more):
    """One row; a head brings the money."""
    row = {
        "number": number,
        "programme": "低保",
        "area": "城市",
        "village": VILLAGE,
        "name": f"演示{'甲乙丙丁戊己庚辛'[order % 8]}",
        "id_number": id_number("1970-01-01", order),
        "relation": relation,
    }
    if relation == "本人":
        row |= {"base": "500.00", "income": "1860.00", "account": "6210990000000000017"}
    return row | more


def workbook(*rows):
    """A sheet with the headings of the table."""
    book = Workbook()
    sheet = book.active
    sheet.append(list(HEADINGS.values()))
    for row in rows:
        sheet.append([row.get(key) for key in HEADINGS])
    out = io.BytesIO()
    book.save(out)
    out.seek(0)
    return out


def becomes(what, fen, until=""):
    """A change of the first month, decided before it is paid."""
    return Change(what, MONTH, 50_000, ((MONTH, fen, 0),), until_month=until)


def whys(batch):
    return {line.old_number: line.why for line in batch.lines.all()}


@pytest.fixture(autouse=True)
def demo(city):
    demo_database()


ONE_STANDARD = 655 - 155  # the standard of a single person less a twelfth of 1,860


def test_a_rehearsal_makes_nobody_and_explains_every_difference():
    file = workbook(
        person("H1", 1),
        person("H2", 3, base="500.30"),
        person("H3", 5, base="520.00"),
        person("H4", 7, base="500.00", top_up="100.00"),
        person("H5", 9, base="111.00"),
        person("H6", 11, income=None),
        person("H7", 13, programme="特困", area="农村", village=RURAL, base="585.00", income=None),
    )

    batch = rehearse(file, MONTH, by=SYSTEM, at=now())

    assert whys(batch) == {
        "H1": "equal",
        "H2": "rounding",
        "H3": "standard",
        "H4": "top_up",
        "H5": "unknown",
        "H6": "no_income",
        "H7": "care",
    }
    assert (Person.objects.count(), Award.objects.count(), batch.state) == (0, 0, "rehearsed")


def test_what_is_taken_over_is_paid_to_the_fen_as_the_old_system_paid_it():
    file = workbook(
        person("H1", 1, base="500.37", total="500.37", klass="甲", recheck="2022-09-30"),
        person("H2", 3, base="1200.00", top_up="196.50"),
        person("H2", 2, "子女", id_number=id_number("2012-05-05", 2)),
        person("H3", 5, covered="否") | {"relation": "配偶", "number": "H2"},
    )

    batch = take_over(file, MONTH, by=SYSTEM, at=now())
    roll = prepare_roll(COUNTY, MONTH, by=SYSTEM, at=now())

    first = first_roll(batch, counties_of(batch))
    assert (batch.household_count, batch.person_count, first.different) == (2, 3, [])
    assert roll.total_fen == batch.old_fen == first.now_fen == 50_037 + 139_650
    assert BenefitMark.objects.filter(until_month="").count() == 3
    assert str(RecheckPlan.objects.get(klass="a").due_on) == "2022-09-30"
    assert set(Award.objects.values_list("batch_id", flat=True)) == {batch.pk}


def test_the_first_roll_is_held_against_what_the_old_system_paid_last_line_by_line():
    file = workbook(*(person(f"H{n}", 2 * n + 1) for n in range(4)))
    batch = take_over(file, MONTH, by=SYSTEM, at=now())
    same, raised, stopped, suspended = Award.objects.order_by("number")
    change_award(raised.pk, becomes("adjust", 52_000), by=SYSTEM, at=now())
    change_award(stopped.pk, becomes("stop", 0, until="2022-05"), by=SYSTEM, at=now())
    change_award(suspended.pk, becomes("suspend", 0), by=SYSTEM, at=now())
    expected = {
        "H1": (50_000, 52_000, "adjust"),
        "H2": (50_000, 0, "stop"),
        "H3": (50_000, 0, "suspend"),
    }

    foreseen = first_roll(batch, [COUNTY]).different
    roll = prepare_roll(COUNTY, MONTH, by=SYSTEM, at=now())

    assert {number: tuple(rest) for number, *rest in foreseen} == expected
    assert first_roll(batch, [COUNTY]).different == foreseen
    told = {d.award_id: (d.before_fen, d.now_fen, d.reason) for d in roll.differences.all()}
    assert told == dict(zip((raised.pk, stopped.pk, suspended.pk), expected.values(), strict=True))
    before = totals(roll, roll.payments.all()).before
    assert (before.fen, before.is_old_system) == (200_000, True)
    assert roll.changed_share == 7_500


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([person("H1", 1, "配偶")], "no_head"),
        ([person("H1", 1), person("H1", 3)], "two_heads"),
        ([person("H1", 1), person("H2", 1)], "id_twice"),
        ([person("H1", 1, village="610702999999")], "no_village"),
        ([person("H1", 1, total="501.00")], "sum"),
        ([person("H1", 1, base="0")], "no_amount"),
        ([person("H1", 1, id_number="610799197001010010")], "cell"),
        ([person("H1", 1, base="很多")], "cell"),
    ],
)
def test_what_cannot_be_taken_stays_out_with_its_row_and_reason(rows, code):
    batch = rehearse(workbook(*rows), MONTH, by=SYSTEM, at=now())

    assert code in {found for _row, found in batch.faults}
    assert batch.household_count == 0 or code == "cell"


def test_one_person_one_benefit_holds_for_what_is_taken_over():
    known = award()
    number = known.payee.id_number.open()
    file = workbook(person("H1", 1, name=known.payee_name, id_number=number))

    batch = rehearse(file, MONTH, by=SYSTEM, at=now())

    assert [code for _row, code in batch.faults] == ["in_benefit"]


def test_another_name_for_a_known_number_goes_to_a_person():
    Person.objects.create(
        name="演示别人",
        id_number=id_number("1970-01-01", 1),
        sex="male",
        born_on="1970-01-01",
        created_at=now(),
    )

    batch = rehearse(workbook(person("H1", 1)), MONTH, by=SYSTEM, at=now())

    assert [code for _row, code in batch.faults] == ["name_differs"]


def test_a_file_is_taken_once():
    take_over(workbook(person("H1", 1)), MONTH, by=SYSTEM, at=now())

    again = workbook(person("H1", 1), person("H2", 3))
    batch = rehearse(again, MONTH, by=SYSTEM, at=now())

    assert {code for _row, code in batch.faults} == {"in_benefit", "number_taken"}
    with pytest.raises(Conflict):
        take_over(workbook(person("H1", 1)), MONTH, by=SYSTEM, at=now())
    assert Award.objects.count() == 1


def test_a_takeover_that_was_cut_off_is_finished_by_the_next_call(monkeypatch):
    file = workbook(*(person(f"H{n}", 2 * n + 1) for n in range(5)))
    monkeypatch.setattr("doudi.takeover.actions.take_over.PIECE", 2)
    real = __import__("doudi.takeover.actions.take_over", fromlist=["x"]).take_in_awards
    calls = iter((True, False))

    def falls(*args, **more):
        if next(calls):
            return real(*args, **more)
        raise RuntimeError("cut off")

    monkeypatch.setattr("doudi.takeover.actions.take_over.take_in_awards", falls)
    with pytest.raises(RuntimeError):
        take_over(file, MONTH, by=SYSTEM, at=now())
    file.seek(0)
    monkeypatch.setattr("doudi.takeover.actions.take_over.take_in_awards", real)

    batch = take_over(file, MONTH, by=SYSTEM, at=now())

    assert (Award.objects.count(), Batch.objects.count(), batch.state) == (5, 1, "taken")
    assert Person.objects.count() == 5


def test_a_batch_goes_as_it_came_while_nothing_is_paid():
    batch = take_over(workbook(person("H1", 1), person("H2", 3)), MONTH, by=SYSTEM, at=now())

    undo(batch.number, by=SYSTEM, at=now())

    left = (Award, Person, Household, BenefitMark, RecheckPlan)
    assert [model.objects.count() for model in left] == [0, 0, 0, 0, 0]
    assert take_over(workbook(person("H1", 1)), MONTH, by=SYSTEM, at=now()).household_count == 1


def test_a_batch_that_a_roll_carries_cannot_be_undone():
    batch = take_over(workbook(person("H1", 1)), MONTH, by=SYSTEM, at=now())
    prepare_roll(COUNTY, MONTH, by=SYSTEM, at=now())

    with pytest.raises(Conflict):
        undo(batch.number, by=SYSTEM, at=now())

    assert Award.objects.count() == 1


def test_the_command_rehearses_takes_and_undoes(tmp_path):
    path = tmp_path / "old.xlsx"
    path.write_bytes(workbook(person("H1", 1), person("H2", 3, base="111.00")).read())
    out, err = io.StringIO(), io.StringIO()

    codes = [command.run([str(path), "--rehearse", "--month", MONTH], out, err)]
    told = io.StringIO()
    codes.append(command.run([str(path), "--month", MONTH, "--json"], told, err))
    report = json.loads(told.getvalue())
    codes.append(command.run(["--undo", report["batch"]], out, err))
    codes.append(command.run([], out, err))

    assert codes == [0, 0, 0, 2]
    assert report["first_roll"] == {
        "month": MONTH,
        "old_yuan": "611.00",
        "yuan": "611.00",
        "different": [],
    }
    assert {d["why"]: d["households"] for d in report["differences"]} == {"equal": 1, "unknown": 1}
    assert "原因不明" in out.getvalue()


def test_the_reasons_of_a_batch_add_up():
    batch = rehearse(
        workbook(person("H1", 1), person("H2", 3), person("H3", 5, base="520.00")),
        MONTH,
        by=SYSTEM,
        at=now(),
    )

    found = reasons(batch.lines.all())

    assert sum(r.count for r in found) == batch.household_count == 3
    assert sum(r.old_fen for r in found) == batch.old_fen


def test_a_file_of_which_no_household_can_be_taken_makes_no_batch():
    with pytest.raises(Invalid):
        take_over(workbook(person("H1", 1, "父母")), MONTH, by=SYSTEM, at=now())

    assert not Batch.objects.exists()


def test_what_is_unknown_undone_or_another_countys_is_not_found():
    batch = take_over(workbook(person("H1", 1)), MONTH, by=SYSTEM, at=now())
    own, far = (staff(f"o{code}", Role.COUNTY_OFFICER, code) for code in (COUNTY, "610722"))

    assert batch_for(batch.pk, own) == batch
    for deed in (
        lambda: batch_for(batch.pk, far),
        lambda: batch_for(uuid4(), own),
        lambda: undo("JS000000-00", by=SYSTEM, at=now()),
    ):
        with pytest.raises(NotFound):
            deed()
    undo(batch.number, by=SYSTEM, at=now())
    with pytest.raises(NotFound):
        undo(batch.number, by=SYSTEM, at=now())
