"""What stands beside a step of a case is a sentence that pages say in either language."""

import pytest
from django.utils import translation

from doudi.cases.actions.pause import pause
from doudi.cases.models import Step
from doudi.clock.time import now
from doudi.kernel.sentences import Sentence, packed, unpacked
from doudi.ui.words import said
from tests.factories.cases import case_at, office

pytestmark = pytest.mark.django_db


def test_a_sentence_within_a_sentence_comes_back_whole():
    whole = Sentence("暂停计时：{reason}", reason=Sentence("核对未返回"), who=["甲", "乙"])

    again = unpacked(packed(whole), "")

    assert (str(again), again.template) == (str(whole), whole.template)
    assert again.values == whole.values
    assert unpacked({}, "原话") == "原话"


def test_the_notes_of_a_whole_case_are_said_in_english_too(clock, city):
    case = case_at("confirmed", clock)

    with translation.override("en"):
        told = {s.move: said(s.told) for s in case.steps.all()}

    assert told["publish_notice"].startswith("on public notice until 16 May 2022")
    assert told["record_visit"].startswith("home visit by ")
    assert told["record_panel"] == "Panel"


def test_the_reason_of_a_pause_is_said_in_the_pages_language(clock, city):
    case = case_at("accepted", clock)

    pause(case.pk, "核对未返回", "", version=None, by=office().clerk, at=now())

    step = Step.objects.get(case=case, move="pause")
    with translation.override("en"):
        assert said(step.told) == "clock stopped: Not returned"
    assert step.note == "暂停计时：核对未返回"
