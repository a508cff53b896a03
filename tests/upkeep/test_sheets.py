"""F14 and F17: the household reads what changes, why, until when to answer, and can check it."""

import pytest
from django.conf import settings

from doudi.clock.time import now, today
from doudi.filing.letters.genuine import genuine_paper, with_change_mark
from doudi.filing.letters.upkeep import change_letter, recheck_sheet
from doudi.kernel.errors import NotFound
from doudi.paper.fields import missing_fields
from doudi.paper.forms import find_form
from doudi.paper.typst import render
from doudi.upkeep.actions.plan_rechecks import plan_rechecks
from doudi.upkeep.models import Recheck
from tests.benefits.running import award
from tests.paper.reading import read
from tests.upkeep.test_changes import FACTS, hands, proposed

pytestmark = pytest.mark.django_db
assert hands  # the fixture


def printed(code, data):
    """The form as a reader sees it, with nothing required left empty."""
    assert missing_fields(find_form(code), data) == []
    return read(render(code, data, pack=settings.DOUDI_PACK_DIR)).text


def test_a_stop_is_only_proposed_until_the_household_was_heard(clock, hands):
    running = award()
    made = proposed(running, "stop", "own_wish", hands)

    data = change_letter(made)
    text = printed("F14", data)
    english = printed("F14", change_letter(made, "en"))

    assert (data["change"], data["after_fen"], data["is_proposed"]) == ("stop", 0, True)
    assert "拟作如下变动" in text
    assert "零元整" in text
    assert FACTS in text
    assert "Youmaybeheardfirst" in english


def test_a_rise_needs_no_hearing_and_says_nothing_of_one(clock, hands):
    running = award()
    made = proposed(running, "adjust", "means", hands, base=60_000, top_up=0)

    data = change_letter(made)
    text = printed("F14", data)

    assert (data["change"], data["is_proposed"]) == ("raise", False)
    assert "陈述和申辩" not in text
    assert "，作如下变动" in text


def test_a_letter_of_change_proves_itself_and_no_other_mark_does(clock, hands):
    made = proposed(award(), "stop", "own_wish", hands)
    mark = with_change_mark(change_letter(made), made.pk)["qr_text"].split("/")[-2]

    found = genuine_paper(made.pk, "F14", mark)

    assert (found.form, "*" in found.name) == ("F14", True)
    with pytest.raises(NotFound):
        genuine_paper(made.pk, "F14", "0" * 32)


def test_a_recheck_prints_then_beside_now_once_it_is_done(clock, hands):
    running = award()
    plan_rechecks(at=now())
    values = {"town": running.town, "county": running.county, "call": "plan", "klass": "a"}
    found = Recheck.objects.create(award=running, due_on=today(), opened_at=now(), **values)
    with pytest.raises(NotFound):
        recheck_sheet(found)

    found.then, found.now = {"people": 3, "income_fen": 100}, {"people": 4, "income_fen": 100}
    found.outcome, found.why, found.visited_on = "same", "演示：情况相近", today()
    found.done_by, found.done_at = "陈某", now()
    found.save()
    data = recheck_sheet(Recheck.objects.get(pk=found.pk))
    text = printed("F17", data)

    assert [row["change"] for row in data["items"]] == ["有变化", "无变化"]
    assert data["outcome"] == "keep"
    assert "演示：情况相近" in text


def test_before_the_visit_a_recheck_prints_with_the_last_time_and_room_for_this_one(clock, hands):
    running = award()
    values = {"town": running.town, "county": running.county, "call": "plan", "klass": "a"}
    found = Recheck.objects.create(award=running, due_on=today(), opened_at=now(), **values)

    data = recheck_sheet(found, {"people": 3})

    assert data["items"] == [{"item": "共同生活人口", "before": "3", "now": "", "change": ""}]
    assert "outcome" not in data
    assert "共同生活人口" in read(render("F17", data, pack=settings.DOUDI_PACK_DIR)).text
