"""发放前公示: where the pack asks for it nothing is paid before it has hung (art 24, CH62)."""

import datetime as dt
import shutil
from pathlib import Path

import pytest
from django.test import Client

import doudi
from doudi.benefits.actions.check_roll import check_roll
from doudi.benefits.actions.prepare_roll import prepare_roll
from doudi.benefits.actions.publish_roll import publish_roll
from doudi.benefits.actions.release_roll import release_roll
from doudi.benefits.actions.return_roll import return_roll
from doudi.benefits.models import Award, Roll, RollNotice
from doudi.benefits.publication import lines_of, shown, towns_on
from doudi.clock.time import now
from doudi.filing.letters.lists import list_sheet
from doudi.kernel.errors import Conflict, Invalid, NotAllowed, WrongStage
from doudi.redress.models import Complaint
from doudi.redress.queries import objections_to_list
from tests.benefits.month import COUNTY, MONTH, hands
from tests.benefits.running import TOWN, award

pytestmark = pytest.mark.django_db
HANZHONG = Path(doudi.__file__).parent / "packs" / "hanzhong"


@pytest.fixture(scope="module")
def asking(tmp_path_factory):
    """A city whose pack wants the list to hang for three days."""
    there = tmp_path_factory.mktemp("pack") / "hanzhong"
    shutil.copytree(HANZHONG, there, ignore=shutil.ignore_patterns("recordings"))
    file = there / "parameters" / "payments.yaml"
    head, tail = file.read_text().split("payments.publish_days:")
    file.write_text(f"{head}payments.publish_days:{tail.replace('value: 0', 'value: 3', 1)}")
    return there


@pytest.fixture
def by(city, settings, asking):
    settings.DOUDI_PACK_DIR = asking
    award(fen=40_000)
    award(fen=90_000, programme="orphan", born=("1980-03-01",))  # paid to a guardian
    award(fen=30_000, programme="single_person", born=("2010-03-01",))
    return hands()


@pytest.fixture
def roll(by) -> Roll:
    made = prepare_roll(COUNTY, MONTH, by=by.officer, at=now())
    return check_roll(made.pk, version=None, by=by.checker, at=now())


def release(roll, by):
    return release_roll(roll.pk, version=None, by=by.finance, at=now())


def hung(roll, by) -> RollNotice:
    return publish_roll(roll.pk, by=by.officer, at=now())


def test_without_a_notice_the_release_says_that_one_is_missing(roll, by):
    with pytest.raises(Conflict, match="发放前须公示3天"):
        release(roll, by)


def test_until_the_end_of_the_last_day_it_waits_and_on_the_next_day_it_goes(roll, by, clock):
    notice = hung(roll, by)
    assert notice.until_on == dt.date(2022, 5, 12)
    clock.shift(dt.timedelta(days=3))

    with pytest.raises(Conflict, match="公示到2022-05-12，期满才能放行"):
        release(roll, by)
    clock.shift(dt.timedelta(days=1))

    assert release(roll, by).stage == "released"


def test_a_pack_that_asks_for_none_releases_at_once_and_hangs_nothing(roll, by, settings):
    settings.DOUDI_PACK_DIR = HANZHONG

    with pytest.raises(Conflict, match="没有要求"):
        hung(roll, by)

    assert release(roll, by).stage == "released"


def test_no_child_and_no_number_stands_on_the_list(roll, by):
    notice = hung(roll, by)

    lines = shown(notice, lines_of(notice, TOWN))

    assert [(line.kind, line.fen) for line in lines] == [("dibao", 40_000)]
    assert towns_on(notice) == {TOWN: 1}
    page = Client().get(f"/notices/lists/{notice.pk}/?town={TOWN}").content.decode()
    paper = str(list_sheet(notice, TOWN))
    for person in {a.payee for a in Award.objects.select_related("payee")}:
        assert person.id_number.open() not in page + paper
        assert person.name not in page + paper
    assert "演*" in page
    assert "400.00" in page


def test_where_the_pack_names_no_amounts_the_list_and_its_paper_name_none(
    roll, by, settings, asking, tmp_path
):
    settings.DOUDI_PACK_DIR = Path(shutil.copytree(asking, tmp_path / "hanzhong"))
    file = settings.DOUDI_PACK_DIR / "parameters" / "payments.yaml"
    head, tail = file.read_text().split("payments.publish_amounts:")
    file.write_text(f"{head}payments.publish_amounts:{tail.replace('value: 1', 'value: 0', 1)}")

    notice = hung(roll, by)

    page = Client().get(f"/notices/lists/{notice.pk}/?town={TOWN}").content.decode()
    assert [line.fen for line in shown(notice, lines_of(notice, TOWN))] == [None]
    assert "演*" in page
    assert "400.00" not in page
    assert list_sheet(notice, TOWN)["with_amounts"] is False


def test_an_objection_goes_to_the_county_and_its_answer_is_found_by_a_code(roll, by):
    notice = hung(roll, by)
    words = {"text": "这户去年买了新车，天天开着跑。", "contact": ""}

    answer = Client().post(f"/notices/lists/{notice.pk}/object/", words)

    made = Complaint.objects.get()
    assert (made.kind, made.office, made.list_id) == ("list", COUNTY, notice.pk)
    assert answer.headers["Location"] == f"/complain/{made.tracking.open()}/"
    assert objections_to_list([notice.pk]) == (1, 1)


def test_a_list_that_was_wrong_goes_back_and_other_lines_hang_anew(roll, by, clock):
    first = hung(roll, by)
    with pytest.raises(NotAllowed):
        return_roll(roll.pk, "有一户已经搬走", version=None, by=by.finance, at=now())
    with pytest.raises(Invalid):
        return_roll(roll.pk, "610702197402110014", version=None, by=by.checker, at=now())

    return_roll(roll.pk, "有一户已经搬走", version=None, by=by.checker, at=now())
    Award.objects.filter(programme="dibao").update(monthly_fen=41_000, base_fen=41_000)
    prepare_roll(COUNTY, MONTH, by=by.officer, at=now())
    again = check_roll(roll.pk, version=None, by=by.checker, at=now())

    assert RollNotice.objects.get(pk=first.pk).taken_down_at
    assert Client().get(f"/notices/lists/{first.pk}/").status_code == 404
    clock.shift(dt.timedelta(days=9))
    with pytest.raises(Conflict, match="发放前须公示"):
        release(again, by)


def test_a_draft_does_not_hang_and_a_list_hangs_once(by):
    made = prepare_roll(COUNTY, MONTH, by=by.officer, at=now())
    with pytest.raises(WrongStage):
        hung(made, by)
    check_roll(made.pk, version=None, by=by.checker, at=now())
    hung(made, by)

    with pytest.raises(Conflict, match="不用再公示"):
        hung(made, by)

    assert RollNotice.objects.count() == 1
