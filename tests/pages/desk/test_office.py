"""Offices as they are: own words, people borrowed, stand-ins, and four eyes by person."""

import datetime as dt

import pytest

from doudi.accounts.actions.answer_loan import answer_loan
from doudi.accounts.actions.ask_loan import Wish, ask_loan
from doudi.accounts.actions.stand_in import stand_in
from doudi.accounts.actions.write_phrase import Words, write_phrase
from doudi.accounts.models import Loan, Phrase, Post
from doudi.accounts.permissions import Role
from doudi.accounts.queries import forget_posts, may
from doudi.audit.actor import Actor
from doudi.audit.models import Entry
from doudi.benefits.actions.check_roll import check_roll
from doudi.benefits.actions.prepare_roll import prepare_roll
from doudi.cases.actions.assess import assess
from doudi.cases.actions.change_clerk import change_clerk
from doudi.cases.actions.confirm import confirm
from doudi.cases.actions.review import review
from doudi.cases.models import Case
from doudi.clock.time import now, today
from doudi.kernel.errors import Conflict, Invalid, Missing, NotAllowed, NotFound
from tests.factories.cases import SINCE, TOWN, case_at, office, staff
from tests.pages.desk.test_workbench import another_family

pytestmark = pytest.mark.django_db
SYSTEM = Actor("system", "tests", "")
SIBLING, COUNTY = "610702001", "610702"
HOLES = frozenset({"编号", "金额"})


def wish(**more):
    first = today()
    told = {"town": TOWN, "lender": SIBLING, "role": Role.TOWN_CLERK, "reason": "只有一人在岗"}
    return Wish(**{**told, "from_on": first, "until_on": first + dt.timedelta(days=9), **more})


def also(person, role, region=TOWN):
    """A second post for the same person."""
    Post.objects.create(
        staff=person, role=role.value, region_id=region.ljust(12, "0"), from_on=SINCE
    )
    forget_posts(person)
    return person


# --- words of the office ---------------------------------------------------------------------


def test_the_offices_own_words_come_first_and_are_filled_in(clock, town, sign_in):
    case = case_at("assessed", clock)
    write_phrase(
        TOWN, Words("review", "本街道", "{编号}每月{金额}元。", HOLES), by=town.head, at=now()
    )

    page = sign_in(town.reviewer).get(f"/desk/cases/{case.pk}/act/review/?t=0")

    assert page.context["templates"][0] == "本街道"
    assert page.context["form"]["text"].value() == f"{case.number}每月1,670.00元。"


def test_a_hole_that_nothing_fills_is_refused(town):
    for text in ("{姓名}", "{编号.__class__}", "{", "}"):
        with pytest.raises(Invalid, match="不认识的空格"):
            write_phrase(TOWN, Words("review", "x", text, HOLES), by=town.head, at=now())


def test_only_the_head_writes_and_only_for_his_own_town(town, sign_in):
    kept = write_phrase(TOWN, Words("refuse", "x", "y", HOLES), by=town.head, at=now())
    stranger = sign_in(office(SIBLING).head)

    with pytest.raises(NotAllowed):
        write_phrase(TOWN, Words("refuse", "x", "z", HOLES), by=town.reviewer, at=now())
    assert stranger.post(f"/desk/phrases/{kept.pk}/drop/").status_code == 404
    assert sign_in(town.head).post(f"/desk/phrases/{kept.pk}/drop/").status_code == 302
    assert not Phrase.objects.exists()


def test_the_page_takes_words_and_shows_them(town, sign_in):
    head = sign_in(town.head)

    told = {"verb": "refuse", "title": "超标", "text": "{编号}收入超过标准。"}
    done = head.post("/desk/phrases/", told)
    wrong = head.post("/desk/phrases/", told | {"text": "{谁}"})

    assert done.status_code == 302
    assert wrong.status_code == 422
    assert "{编号}收入超过标准。" in head.get("/desk/phrases/").content.decode()


# --- borrowing -------------------------------------------------------------------------------


def test_a_borrowed_person_works_in_the_town_from_day_to_day_and_no_longer(city, town, clock):
    near = office(SIBLING)
    loan = ask_loan(wish(), by=town.head, at=now())

    answer_loan(loan.pk, str(near.clerk.pk), "", by=near.head, at=now())

    assert may(near.clerk, "case.visit", TOWN)
    clock.shift(dt.timedelta(days=10))
    forget_posts(near.clerk)
    assert not may(near.clerk, "case.visit", TOWN)
    assert may(near.clerk, "case.visit", SIBLING)


def test_nobody_comes_without_the_other_sides_word(city, town):
    near = office(SIBLING)
    loan = ask_loan(wish(), by=town.head, at=now())

    with pytest.raises(NotAllowed):
        answer_loan(loan.pk, str(near.clerk.pk), "", by=town.head, at=now())
    with pytest.raises(NotFound):
        answer_loan(loan.pk, str(near.clerk.pk), "", by=office("610722001").head, at=now())
    with pytest.raises(Invalid, match="写明原因"):
        answer_loan(loan.pk, "", "", by=near.head, at=now())

    assert Loan.objects.get().post is None


def test_who_asked_for_two_offices_does_not_answer_himself(city, town):
    county = also(staff("county", Role.COUNTY_OFFICER, COUNTY), Role.TOWN_CLERK, SIBLING)
    loan = ask_loan(wish(lender=COUNTY), by=county, at=now())

    with pytest.raises(NotAllowed, match="由对方答复"):
        answer_loan(loan.pk, str(county.pk), "", by=county, at=now())


def test_only_somebody_of_the_asked_office_can_be_lent_and_only_into_a_fitting_post(city, town):
    near = office(SIBLING)
    loan = ask_loan(wish(role=Role.TOWN_REVIEWER), by=town.head, at=now())

    for person in (near.head, town.clerk):
        with pytest.raises(Invalid, match="不能借出"):
            answer_loan(loan.pk, str(person.pk), "", by=near.head, at=now())


def test_asking_beyond_the_county_for_a_head_or_for_ever_is_refused(city, town):
    later = today() + dt.timedelta(days=200)
    for more in (
        {"lender": "610722001"},
        {"lender": TOWN},
        {"role": Role.TOWN_HEAD},
        {"until_on": later},
    ):
        with pytest.raises(Invalid):
            ask_loan(wish(**more), by=town.head, at=now())


def test_both_steps_are_journalled_and_an_answer_is_given_once(city, town):
    near = office(SIBLING)
    loan = ask_loan(wish(), by=town.head, at=now())
    answer_loan(loan.pk, "", "我们也缺人", by=near.head, at=now())

    told = Entry.objects.filter(action__startswith="staff.loan").values_list("action", "purpose")

    assert list(told.order_by("seq")) == [
        ("staff.loan_asked", "只有一人在岗"),
        ("staff.loan_declined", "我们也缺人"),
    ]
    with pytest.raises(Conflict):
        answer_loan(loan.pk, str(near.clerk.pk), "", by=near.head, at=now())


def test_the_pages_ask_and_answer(city, town, sign_in):
    near = office(SIBLING)
    first, last = today().isoformat(), (today() + dt.timedelta(days=5)).isoformat()
    told = {"lender": SIBLING, "role": "town_clerk", "from_on": first, "until_on": last}

    asked = sign_in(town.head).post("/desk/loans/", told | {"reason": "一人在岗"})
    loan = Loan.objects.get()
    page = sign_in(near.head).get("/desk/loans/")
    prefix = str(loan.pk)[:8]
    done = sign_in(near.head).post(f"/desk/loans/{loan.pk}/", {f"{prefix}-staff": near.clerk.pk})

    assert (asked.status_code, page.status_code, done.status_code) == (302, 200, 302)
    assert near.clerk.name in page.content.decode()
    loan.refresh_from_db()
    assert loan.post.staff == near.clerk


# --- stand-ins, and bulk where it is safe -----------------------------------------------------


def test_the_workbench_says_for_whom_one_stands_in_and_counts_his_cases_as_mine(
    clock, town, sign_in
):
    case = case_at("accepted", clock)
    cover = staff("cover", Role.TOWN_REVIEWER, SIBLING, "代班人")
    stand_in(cover, town.clerk, today(), today() + dt.timedelta(days=3), by=SYSTEM, at=now())

    page = sign_in(cover).get("/desk/?mine=1")

    assert f"您在代{town.clerk.name}的班" in page.content.decode()
    assert [line["row"].case.pk for line in page.context["rows"]] == [case.pk]
    assert page.context["rows"][0]["row"].covered


def test_ticked_cases_go_to_a_colleague_and_one_of_another_town_stops_them_all(
    clock, town, sign_in
):
    mine = [case_at("accepted", clock), case_at("accepted", clock, another_family(1))]
    other = staff("other", Role.TOWN_CLERK, TOWN)
    head = sign_in(town.head)

    done = head.post("/desk/assign/", {"to": other.pk, "case": [c.pk for c in mine]})
    strange = sign_in(office(SIBLING).head).post(
        "/desk/assign/", {"to": other.pk, "case": [mine[0].pk]}
    )

    assert (done.status_code, strange.status_code) == (302, 404)
    assert set(Case.objects.values_list("clerk_id", flat=True)) == {other.pk}


def test_nothing_that_decides_can_be_done_in_bulk(clock, town, sign_in):
    case_at("assessed", clock)

    page = sign_in(town.head).get("/desk/").content.decode()

    forms = page.count("<form") - page.count('action="/desk/assign/"')
    assert 'action="/desk/assign/"' in page
    assert "act/confirm" not in page
    assert "act/refuse" not in page
    assert forms >= 2


# --- four eyes by person, not by post --------------------------------------------------------


def test_one_person_in_two_posts_never_reviews_what_he_assessed(clock, town):
    case = case_at("visited", clock)
    both = also(
        also(staff("both", Role.TOWN_CLERK, TOWN), Role.TOWN_REVIEWER), Role.TOWN_CLERK, SIBLING
    )
    assess(case.pk, version=None, by=both, at=now())

    with pytest.raises(Missing, match="核算人不能审核自己的核算"):
        review(case.pk, "同意", version=None, by=both, at=now())


def test_one_person_in_two_posts_never_confirms_what_he_assessed_or_reviewed(clock, town):
    case = case_at("visited", clock)
    both = also(staff("both", Role.TOWN_CLERK, TOWN), Role.TOWN_HEAD)
    assess(case.pk, version=None, by=both, at=now())
    review(case.pk, "同意", version=None, by=town.reviewer, at=now())

    with pytest.raises(Missing, match="您参与过核算或审核，不能确认"):
        confirm(case.pk, version=None, by=both, at=now())


def test_a_stand_in_is_still_himself(clock, town):
    case = case_at("assessed", clock)
    stand_in(town.clerk, town.reviewer, today(), today(), by=SYSTEM, at=now())
    forget_posts(town.clerk)

    with pytest.raises(Missing, match="核算人不能审核自己的核算"):
        review(case.pk, "同意", version=None, by=town.clerk, at=now())


def test_who_gets_a_case_passed_on_is_held_to_what_he_did_before(clock, town):
    case = case_at("assessed", clock)
    both = also(staff("both", Role.TOWN_CLERK, TOWN), Role.TOWN_REVIEWER)
    change_clerk([case.pk], both, by=town.head, at=now())

    reviewed = review(case.pk, "同意", version=None, by=both, at=now())

    assert reviewed.by_id == str(both.pk)  # the clerk of a case may review what another assessed


def test_one_person_never_prepares_and_checks_a_roll(clock, town):
    case_at("confirmed", clock)
    one = also(staff("one", Role.COUNTY_OFFICER, COUNTY), Role.TOWN_HEAD, SIBLING)
    roll = prepare_roll(COUNTY, "2022-06", by=one, at=now())

    with pytest.raises(NotAllowed):
        check_roll(roll.pk, version=None, by=one, at=now())
