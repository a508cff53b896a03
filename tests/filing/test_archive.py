"""一户一档: thirteen parts, the missing ones named, and a package whose hashes hold."""

import contextlib
import datetime as dt
import hashlib
import io
import zipfile
from pathlib import Path
from uuid import uuid4

import pytest
from PIL import Image

from doudi.accounts.permissions import Role
from doudi.attachments.models import Attachment
from doudi.audit.models import Entry
from doudi.benefits.queries import award_of_case
from doudi.cases.file import case_file
from doudi.cases.models import Case
from doudi.clock.time import now
from doudi.filing.actions.ask_batch import Order, ask_batch
from doudi.filing.actions.file_paper import file_paper
from doudi.filing.actions.print_again import print_again
from doudi.filing.actions.print_on import GIVEN_UP, print_on
from doudi.filing.file import slots_of
from doudi.filing.flow import A_STEP, ARCHIVE, ATTEMPTS, SLOTS
from doudi.filing.queries import content_of
from doudi.kernel.errors import Invalid, NotAllowed, NotFound
from doudi.upkeep.actions.answer_proposal import answer_proposal
from doudi.upkeep.actions.decide_proposal import decide_proposal
from doudi.upkeep.actions.propose import Why, propose
from doudi.upkeep.parts import Asked, plan_of
from tests.factories.cases import NUMBERS, case_at, staff
from tests.filing.pdf import pages_of, text_of
from tests.house.scene import browser_of

pytestmark = pytest.mark.django_db


def states(case, officer):
    """State of each part."""
    return [slot.state for slot in slots_of(case_file(case.pk, officer))]


def photo():
    """A photograph as the camera gives it."""
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(out, "JPEG")
    out.name, _ = "notice.jpg", out.seek(0)
    return out


def package_asked(case, officer, *, whole=False):
    """The job of a package."""
    forms = dict.fromkeys(f for s in slots_of(case_file(case.pk, officer)) for f in s.forms)
    order = Order(tuple((case.pk, f) for f in forms), "file", ARCHIVE, whole)
    return ask_batch(uuid4(), order, by=officer, at=now())


def package_of(case, officer, *, whole=False):
    """The finished ZIP of a case."""
    batch = package_asked(case, officer, whole=whole)
    while print_on(at=now()):
        pass
    batch.refresh_from_db()
    return zipfile.ZipFile(io.BytesIO(content_of(batch)))


FULL, MISS, NOT_YET, NONE = "full", "missing", "not_yet", "needless"


@pytest.mark.parametrize(
    ("goal", "wanted"),
    [
        (
            "submitted",
            [FULL, NONE, FULL, NOT_YET, NONE, NOT_YET, NOT_YET, NONE, NOT_YET, NONE, NOT_YET]
            + [NOT_YET, NOT_YET],
        ),
        (
            "confirmed",
            [FULL, NONE, FULL, FULL, NONE, FULL, MISS, NONE, MISS, NONE, NONE, MISS, NONE],
        ),
        (
            "refused",
            [FULL, NONE, FULL, FULL, NONE, FULL, MISS, NONE, NONE, NONE, FULL, NONE, NONE],
        ),
        (
            "not_accepted",
            [FULL, NONE, FULL, NONE, NONE, NONE, NONE, NONE, NONE, NONE, FULL, NONE, NONE],
        ),
    ],
)
def test_each_part_says_whether_it_is_full_missing_or_not_due(goal, wanted, clock, town):
    case = case_at(goal, clock)

    found = states(case, town.clerk)

    assert len(SLOTS) == 13
    assert found == wanted


def test_a_helper_without_a_mandate_and_an_unchecked_relative_are_named(clock, town):
    case = case_at("submitted", clock)
    case.application.declaration.open()
    Case.objects.filter(pk=case.pk).update(near_relative="王某（社区副主任）")
    file = case_file(case.pk, town.clerk)
    file.declaration["helper"] = {"name": "李某"}

    slots = slots_of(file)

    assert (slots[1].state, slots[1].note) == (MISS, "有代办人，缺委托书")
    assert (slots[4].state, slots[4].note) == (MISS, "缺县级核查结果")
    assert slots[4].forms == ("F15",)


def test_a_photograph_put_in_its_place_fills_the_part(clock, town):
    case = case_at("confirmed", clock)

    file_paper(case.pk, 9, photo(), by=town.clerk)

    assert states(case, town.clerk)[8] == FULL
    assert Entry.objects.get(action="case.paper_filed").detail["part"] == 9
    with pytest.raises(Invalid):
        file_paper(case.pk, 14, photo(), by=town.clerk)
    other = staff("far.clerk", Role.TOWN_CLERK, "610722001")
    with pytest.raises(NotFound):
        file_paper(case.pk, 9, photo(), by=other)


def test_the_package_holds_cover_sheets_and_hashes_that_anybody_can_check(clock, town):
    case = case_at("confirmed", clock)
    file_paper(case.pk, 9, photo(), by=town.clerk)

    package = package_of(case, town.clerk)

    names = package.namelist()
    lines = package.read("校验值.txt").decode().splitlines()
    hashes = {line.split("  ")[1]: line.split("  ")[0] for line in lines}
    assert set(hashes) == set(names) - {"校验值.txt"}
    assert all(hashlib.sha256(package.read(n)).hexdigest() == h for n, h in hashes.items())
    assert "文书/04-F09-最低生活保障审核确认表.pdf" in names
    assert not any(name.startswith("材料/") for name in names)
    book = package.read("档案.pdf")
    text = text_of(book)
    assert "缺入户照片" in text
    assert not any(number in text for number in NUMBERS.values())
    sheets = sum(pages_of(package.read(n)) for n in names if n.startswith("文书/"))
    assert pages_of(book) - sheets in (2, 3)  # cover and contents


def test_the_package_in_full_carries_numbers_and_photographs(clock, town):
    case = case_at("noticed", clock)
    file_paper(case.pk, 9, photo(), by=town.clerk)

    package = package_of(case, town.clerk, whole=True)

    assert "材料/09-01.jpg" in package.namelist()
    assert all(number in text_of(package.read("档案.pdf")) for number in NUMBERS.values())


def tried(batch, turns):
    """The job after so many turns of a worker, each when the one before counts as dead."""
    for turn in range(turns):
        with contextlib.suppress(FileNotFoundError):
            print_on(at=now() + turn * (GIVEN_UP + dt.timedelta(seconds=1)))
    batch.refresh_from_db()
    return batch


def test_a_package_that_cannot_be_bound_is_given_up_and_goes_on_when_its_officer_says_so(
    clock, town, settings
):
    case = case_at("noticed", clock)
    paper = file_paper(case.pk, 9, photo(), by=town.clerk)
    there = Path(settings.DOUDI_HOME) / "uploads" / Attachment.objects.get(pk=paper).stored_name
    away = there.rename(there.with_suffix(".away"))
    batch = package_asked(case, town.clerk, whole=True)
    steps = -(-batch.total // A_STEP)
    browser, page = browser_of(town.clerk), f"/desk/prints/{batch.pk}/"

    before = tried(batch, steps + ATTEMPTS).stage
    broken = tried(batch, steps + ATTEMPTS + 1)
    stood = (broken.stage, broken.tries, broken.done)
    said = browser.get(page).content.decode()
    away.rename(there)
    again = [browser.post(f"{page}again/").status_code for _click in range(2)]
    done = tried(batch, 1)

    assert (before, stood) == ("waiting", ("broken", ATTEMPTS, batch.total))
    assert ("打印中断了：连续3次没有成功" in said, str(batch.pk) in said) == (True, True)
    assert "装订成档案包时出错" in said
    assert (again, done.stage) == ([302, 409], "ready")
    assert "材料/09-01.jpg" in zipfile.ZipFile(io.BytesIO(content_of(done))).namelist()
    assert Entry.objects.filter(action="prints.again").count() == 1
    with pytest.raises(NotFound):
        print_again(batch.pk, by=town.head)


def test_a_change_of_the_award_lies_in_the_thirteenth_part_with_its_letter(clock, town):
    case = case_at("confirmed", clock)
    running = award_of_case(case.pk)
    assert slots_of(case_file(case.pk, town.clerk))[12].state == NONE
    plan = plan_of(running, "adjust", Asked("2022-07", base=60_000, top_up=0), now())
    made = propose(
        running.pk, "adjust", plan, Why("means", "入户核实收入"), by=town.clerk, at=now()
    )
    if made.answer_by_on:
        answer_proposal(made.pk, "知道了", by=town.clerk, at=now())
    decide_proposal(made.pk, agree=True, why="同意", by=town.head, at=now())

    slot = slots_of(case_file(case.pk, town.clerk))[12]

    assert (slot.state, slot.forms) == (FULL, (f"F14/{made.pk}",))
    page = browser_of(town.clerk).get(f"/desk/cases/{case.pk}/archive/").content.decode()
    assert f"/desk/proposals/{made.pk}/letter.pdf" in page
    package = package_of(case, town.clerk)
    (letter,) = [name for name in package.namelist() if name.startswith("文书/13-F14")]
    assert "600.00" in text_of(package.read(letter))


def test_the_county_looks_into_the_file_and_puts_nothing_in(clock, town):
    case = case_at("confirmed", clock)
    county = staff("archive.county", Role.COUNTY_OFFICER, case.county)

    with pytest.raises(NotAllowed):
        file_paper(case.pk, 9, photo(), by=county)
