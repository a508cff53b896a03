"""对变动申诉: filed by the household, answered elsewhere, given back by a person's hand."""

import datetime as dt

import pytest

from doudi.accounts.permissions import Role
from doudi.audit.actor import Actor
from doudi.benefits.dues import lines_due
from doudi.benefits.figures import due_for
from doudi.benefits.models import Award, AwardChange, AwardPerson
from doudi.clock.time import now
from doudi.filing.letters.appeals import appeal_letter
from doudi.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, WrongStage
from doudi.outbox.deliver import deliver_all
from doudi.people.models import BenefitMark
from doudi.redress.actions.answer_change_appeal import answer_change_appeal
from doudi.redress.models import ChangeAppeal
from doudi.redress.queries import change_appeals_for
from doudi.upkeep.actions.answer_proposal import answer_proposal
from doudi.upkeep.actions.appeal_change import appeal_change
from doudi.upkeep.actions.decide_proposal import decide_proposal
from doudi.upkeep.actions.propose import Why, propose
from doudi.upkeep.actions.recover import decide_recovery, propose_recovery, receive_part
from doudi.upkeep.models import Proposal, Recheck
from doudi.upkeep.parts import Asked, plan_of
from tests.benefits.running import COUNTY, TOWN, award, persons
from tests.factories.cases import staff

pytestmark = pytest.mark.django_db
FACTS, WORDS = "演示：已入户核实情况", "我家的收入没有那么多，请再看一次"
REASONS = "经向单位核实，五月已经离职，原来的认定有误。"
HOME = Actor("citizen", "phone", "")


@pytest.fixture
def by(city):
    return {
        "clerk": staff("a.clerk", Role.TOWN_CLERK, TOWN),
        "head": staff("a.head", Role.TOWN_HEAD, TOWN),
        "other_head": staff("a.other", Role.TOWN_HEAD, TOWN),
        "county": staff("a.county", Role.COUNTY_OFFICER, COUNTY),
        "deputy": staff("a.deputy", Role.COUNTY_OFFICER, COUNTY),
        "neighbour": staff("a.mian", Role.COUNTY_OFFICER, "610725"),
        "city": staff("a.city", Role.CITY_OFFICER, "610700"),
    }


def changed(running: Award, kind: str, by, month: str = "2022-06", **asked) -> AwardChange:
    """Proposed by the clerk, heard, decided by the head."""
    plan = plan_of(running, kind, Asked(month, **asked), now())
    cause = {"adjust": "means", "stop": "means", "suspend": "checking"}.get(kind, "refused_work")
    why = Why(cause, FACTS, person_id=asked.get("person_id"))
    made = propose(running.pk, kind, plan, why, by=by["clerk"], at=now())
    if made.answer_by_on:
        answer_proposal(made.pk, "知道了", by=by["clerk"], at=now())
    decide_proposal(made.pk, agree=True, why="同意", by=by["head"], at=now())
    deliver_all()
    return AwardChange.objects.latest("order")


def appealed(matter, *, hold: bool = False) -> ChangeAppeal:
    made = appeal_change(matter.pk, WORDS, asks_hold=hold, by=HOME, at=now())
    deliver_all()
    return made


def answered(appeal, upheld: bool, who) -> ChangeAppeal:
    made = answer_change_appeal(appeal.pk, upheld, REASONS, by=who, at=now())
    deliver_all()
    return made


def decided(who, cause: str = "appeal") -> None:
    found = Proposal.objects.get(cause=cause)
    decide_proposal(found.pk, agree=True, why="按申诉结果办理", by=who, at=now())
    deliver_all()


def test_the_county_answers_by_a_day_and_the_change_holds_meanwhile(by):
    running = award()
    made = appealed(changed(running, "adjust", by, base=30_000, top_up=0))

    assert (made.office, made.due_on) == (COUNTY, dt.date(2022, 5, 30))
    assert (made.limit_on, made.late) == (dt.date(2022, 7, 8), False)
    assert not Proposal.objects.filter(origin="appeal").exists()
    assert due_for(Award.objects.get(), "2022-06") == 30_000


@pytest.mark.parametrize(("days", "late"), [(60, False), (61, True)])
def test_the_last_day_counts_and_a_late_one_is_taken_and_marked(by, clock, days, late):
    change = changed(award(), "stop", by)
    clock.shift(dt.timedelta(days=days))

    assert appealed(change).late is late


def test_more_money_is_nothing_to_appeal_against_and_once_is_enough(by):
    running = award()
    more = changed(running, "adjust", by, base=60_000, top_up=0)
    with pytest.raises(WrongStage):
        appealed(more)
    less = changed(running, "adjust", by, month="2022-07", base=30_000, top_up=0)
    appealed(less)

    with pytest.raises(Conflict):
        appealed(less)
    with pytest.raises(Invalid):
        appeal_change(less.pk, "不服", asks_hold=False, by=HOME, at=now())


def test_who_decided_the_change_or_sits_elsewhere_does_not_answer(by):
    made = appealed(changed(award(), "stop", by))
    made.hands.append(str(by["county"].pk))
    made.save()

    for who in ("county", "neighbour", "city"):
        with pytest.raises(NotAllowed):
            answered(made, True, by[who])

    assert not change_appeals_for(by["neighbour"]).exists()
    assert answered(made, False, by["deputy"]).state == "dismissed"


def test_a_stop_that_was_wrong_runs_on_with_arrears_by_another_persons_hand(by, clock):
    running = award()
    made = appealed(changed(running, "stop", by))
    answered(made, True, by["county"])
    assert due_for(Award.objects.get(), "2022-06") == 0  # the answer alone moves nothing

    for who in ("head", "county", "clerk", "neighbour"):
        with pytest.raises(NotAllowed):
            decided(by[who])
    decided(by["other_head"])

    now_runs = Award.objects.get()
    assert (now_runs.end_month, due_for(now_runs, "2022-06")) == ("", 50_000)
    assert BenefitMark.objects.get().until_month == ""
    assert AwardChange.objects.latest("order").what == "resume"


def test_the_county_may_decide_where_the_town_has_one_head(by):
    answered(appealed(changed(award(), "suspend", by)), True, by["county"])

    decided(by["deputy"])

    assert due_for(Award.objects.get(), "2022-06") == 50_000


def test_who_had_been_taken_out_is_covered_again(by):
    running = award(fen=90_000, born=("1970-01-01", "1972-01-01", "1999-01-01"))
    son = persons(running)[2]
    made = appealed(changed(running, "person_out", by, person_id=son))
    answered(made, True, by["county"])

    decided(by["deputy"])

    assert not AwardPerson.objects.exclude(until_month="").exists()
    assert not BenefitMark.objects.exclude(until_month="").exists()
    assert [line.fen for line in lines_due(COUNTY, "2022-06")] == [90_000]


def test_who_receives_something_else_by_now_is_not_put_back(by):
    made = appealed(changed(award(), "stop", by))
    answered(made, True, by["county"])
    mark = BenefitMark.objects.get()
    BenefitMark.objects.create(
        person=mark.person,
        programme="tekun",
        county=COUNTY,
        award_ref=made.pk,
        from_month="2022-06",
    )

    with pytest.raises(Conflict, match="别的待遇"):
        decided(by["deputy"])


def test_paid_as_before_until_the_answer_only_if_a_person_agrees(by):
    change = changed(award(), "adjust", by, base=30_000, top_up=0)
    made = appealed(change, hold=True)
    hold = Proposal.objects.get(cause="appeal_hold")
    assert (hold.state, hold.from_month, hold.after_fen) == ("open", "2022-06", 50_000)

    decided(by["other_head"], "appeal_hold")
    answered(made, False, by["county"])

    assert due_for(Award.objects.get(), "2022-06") == 50_000
    assert "维持原决定" in (Recheck.objects.get().note.open() or "")


def test_with_the_answer_a_hold_that_nobody_decided_is_past(by):
    made = appealed(changed(award(), "adjust", by, base=30_000, top_up=0), hold=True)

    answered(made, True, by["county"])

    states = dict(Proposal.objects.filter(origin="appeal").values_list("cause", "state"))
    assert states == {"appeal_hold": "dropped", "appeal": "open"}


def test_where_something_else_moved_since_a_person_re_checks(by):
    running = award()
    first = changed(running, "adjust", by, base=30_000, top_up=0)
    made = appealed(first)
    changed(running, "adjust", by, month="2022-07", base=20_000, top_up=0)

    answered(made, True, by["county"])

    assert not Proposal.objects.filter(cause="appeal").exists()
    assert "申诉成立" in (Recheck.objects.get().note.open() or "")


def test_money_asked_back_is_decided_anew_by_somebody_else(by):
    running = award()
    back = propose_recovery(running.pk, "error", 90_000, "多发", by=by["clerk"], at=now())
    decide_recovery(back.pk, 3, "三期", by=by["county"], at=now())
    receive_part(back.pk, "2022-06", by=by["county"], at=now())
    made = appealed(back)
    assert made.office == "610700"
    with pytest.raises(NotAllowed):
        answered(made, True, by["deputy"])

    answered(made, True, by["city"])
    back.refresh_from_db()
    assert (back.state, back.parts.count()) == ("proposed", 1)
    with pytest.raises(NotAllowed, match="您决定过"):
        decide_recovery(back.pk, 0, "不追回", by=by["county"], at=now())
    decide_recovery(back.pk, 2, "余下分两期", by=by["deputy"], at=now())

    assert sorted(back.parts.values_list("fen", flat=True)) == [30_000, 30_000, 30_000]


def test_what_was_paid_back_to_the_end_is_looked_at_by_a_person(by):
    back = propose_recovery(award().pk, "error", 30_000, "多发", by=by["clerk"], at=now())
    decide_recovery(back.pk, 1, "一期", by=by["county"], at=now())
    receive_part(back.pk, "2022-06", by=by["county"], at=now())

    answered(appealed(back), True, by["city"])

    back.refresh_from_db()
    assert (back.state, "退清" in Recheck.objects.get().note.open()) == ("repaid", True)


def test_the_letter_names_reasons_and_the_way_to_the_court(by):
    made = appealed(changed(award(), "stop", by))
    with pytest.raises(NotFound):
        appeal_letter(made)

    given = answered(made, False, by["county"])
    letter, english = appeal_letter(given), appeal_letter(given, "en")

    assert (letter["outcome"], letter["reasons"]) == ("dismissed", REASONS)
    assert (letter["court_days"], letter["court"]) == (15, "汉台区人民法院")
    assert (english["language"], "Interim" in english["clause"]) == ("en", True)
