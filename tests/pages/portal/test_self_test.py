"""The self-test: the same rules at both ends, more income never likelier, nothing kept or asked."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from django.contrib.sessions.models import Session
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from doudi.audit.models import Entry
from doudi.policy.assess import assess
from doudi.policy.facts import parse_household
from doudi.portal.self_test import KINDS, Answers, answer, findings_of, level
from doudi.portal.views.self_test import QUESTIONS
from tests.policy.build import PACK, household

DAY = dt.date(2022, 6, 1)
LEVELS = ("unlikely", "possible", "likely")
ADDRESS = "/know/test/"
FAMILY = Answers(
    persons=3,
    minors=1,
    elders=0,
    areas=("urban",),
    income=(100_000, 150_000),
    illness=(0, 200_000),
    study=(0, 0),
    seriously_ill=False,
    disabled=(False,),
    savings=False,
    things=frozenset(),
    events=frozenset(),
)
LINE = 3 * 65_500  # the urban standard of the day for three, a month
FORM = {
    "area": "urban",
    "persons": "3",
    "minors": "1",
    "income": "1000-1500",
    "illness": "0-2000",
    "study": "0-0",
    "disability": "no",
}


def likely(answers: Answers, kind: str = "monthly") -> str:
    """How likely a kind of help is."""
    return level(findings_of(answers, PACK, DAY), KINDS[kind][1])


def by_hand(income: str, illness: str) -> dict[str, tuple[str, int | None]]:
    """Outcome and amount of each programme for the family as somebody else would write it."""
    facts = household(
        {
            "at": DAY,
            "region": "610702000",
            "members": [
                {"income": {"wage": income}, "expenses": {"medical_own": illness}},
                {},
                {"born": "2012-01-01", "relation": "child"},
            ],
        }
    )
    found = assess(parse_household(facts), PACK.book.at(DAY, "610702", "urban"))
    return {f.programme: (f.outcome, f.monthly) for f in found.findings}


def test_both_ends_are_what_the_rules_say_of_the_same_household():
    kind, hard = findings_of(FAMILY, PACK, DAY)

    assert {f.programme: (f.outcome, f.monthly) for f in kind.findings} == by_hand("12000", "2000")
    assert {f.programme: (f.outcome, f.monthly) for f in hard.findings} == by_hand("18000", "0")


@pytest.mark.parametrize(
    ("income", "expected"),
    [(LINE - 1, "likely"), (LINE, "unlikely"), (LINE + 1, "unlikely")],
)
def test_one_fen_at_the_line_turns_the_answer(income, expected):
    answers = replace(FAMILY, income=(income, income), illness=(0, 0))

    assert likely(answers) == expected


def test_a_range_across_the_line_is_only_possible():
    answers = replace(FAMILY, income=(LINE - 1, LINE), illness=(0, 0))

    assert likely(answers) == "possible"


def test_what_is_not_known_is_reckoned_both_ways():
    between = (150_000, 150_000)  # below the urban, above the rural standard for three
    known = replace(FAMILY, income=between, illness=(0, 0))

    unknown = replace(known, areas=("urban", "rural"))

    assert likely(known) == "likely"
    assert likely(unknown) == "possible"


def test_property_makes_an_answer_possible_and_never_no():
    poor = replace(FAMILY, income=(0, 0))

    answers = [replace(poor, things=frozenset({thing})) for thing in ("car", "home", "company")]

    assert {likely(a) for a in [*answers, replace(poor, savings=True)]} == {"possible"}


@pytest.mark.parametrize(
    ("event", "people"),
    [
        ("elder_alone", {"elders": 1, "minors": 0}),
        ("elder_alone", {"minors": 0}),
        ("child_alone", {}),
    ],
)
def test_whoever_has_nobody_is_found_by_the_tekun_rule(event, people):
    answers = replace(
        FAMILY, income=(900_000, 900_000), events=frozenset({event}), illness=(0, 0), **people
    )

    monthly = answer(answers, PACK, DAY, "zh")[0]

    assert monthly.level == "likely"
    assert monthly.programmes == ("特困人员救助供养",)


def test_an_emergency_brings_aid_once_and_the_same_cause_again_does_not():
    urgent = replace(FAMILY, events=frozenset({"urgent"}))

    again = replace(FAMILY, events=frozenset({"urgent", "repeated"}))

    assert likely(urgent, "once") == "likely"
    assert likely(again, "once") == "unlikely"


def test_a_family_a_little_above_the_line_hears_of_its_status():
    answers = replace(FAMILY, income=(LINE + 1, LINE + 1), illness=(0, 0))

    monthly, status, _once = answer(answers, PACK, DAY, "en")

    assert (monthly.level, status.level) == ("unlikely", "likely")
    assert status.programmes == ("borderline household",)


@st.composite
def families(draw: st.DrawFn) -> Answers:
    persons = draw(st.integers(1, 6))
    minors = draw(st.integers(0, persons))
    cost = st.tuples(st.just(0), st.integers(0, 10_000_000))
    events = ("urgent", "expenditure", "elder_alone", "child_alone", "weak_alone", "repeated")
    return Answers(
        persons=persons,
        minors=minors,
        elders=draw(st.integers(0, persons - minors)),
        areas=draw(st.sampled_from([("urban",), ("rural",), ("urban", "rural")])),
        income=(0, 0),
        illness=draw(cost),
        study=draw(cost),
        seriously_ill=draw(st.booleans()),
        disabled=draw(st.sampled_from([(True,), (False,), (True, False)])),
        savings=draw(st.booleans()),
        things=draw(st.frozensets(st.sampled_from(["car", "home", "company"]))),
        events=draw(st.frozensets(st.sampled_from(events))),
    )


@given(
    family=families(),
    incomes=st.lists(st.integers(0, 800_000), min_size=4, max_size=4),
    day=st.sampled_from([DAY, dt.date(2022, 11, 1), dt.date(2025, 11, 1)]),
)
@settings(
    deadline=None,
    derandomize=True,
    max_examples=150,
    suppress_health_check=[HealthCheck.too_slow],
)
def test_more_income_never_makes_an_answer_likelier(family, incomes, day):
    low, high, more, most = sorted(incomes)
    poorer = replace(family, income=(low, more))

    richer = replace(family, income=(high, most))

    for kind, (_shown, group) in KINDS.items():
        before, after = (level(findings_of(a, PACK, day), group) for a in (poorer, richer))
        assert LEVELS.index(after) <= LEVELS.index(before), kind


@pytest.mark.django_db
class TestPage:
    """The pages of it."""

    def test_eight_questions_that_ask_nothing_personal(self, client):
        text = client.get(ADDRESS).content.decode()

        assert len(QUESTIONS) == 8
        assert text.count('class="question"') == 8
        assert not re.search(r'name="(name|phone|id_number|address)', text)

    @pytest.mark.parametrize(
        ("given_", "words"),
        [
            ({}, "很可能有您能享受的"),
            ({"income": ""}, "可能有您能享受的"),
            ({"income": "8000-50000", "illness": "0-0"}, "多半不符合，但您可以申请"),
        ],
    )
    def test_the_answer_is_told_in_words_with_a_way_to_apply(self, client, given_, words):
        text = client.post(ADDRESS, FORM | given_).content.decode()

        assert f"<h1>{words}</h1>" in text
        assert "不是决定" in text
        assert 'href="/apply/"' in text
        assert "不符合</h1>" not in text

    def test_an_exact_sum_counts_instead_of_the_step(self, client):
        below = client.post(ADDRESS, FORM | {"income": "8000-50000", "income_exact": "1964.99"})
        at = client.post(ADDRESS, FORM | {"income_exact": "1,965元", "illness": "0-0"})

        assert "很可能</p>" in below.content.decode().partition("每月的救助金")[2][:300]
        assert "多半不" in at.content.decode().partition("每月的救助金")[2][:300]

    def test_nothing_is_kept_and_no_cookie_is_set_but_the_forms_own(self, client):
        entries = Entry.objects.count()

        client.get(ADDRESS)
        client.post(ADDRESS, FORM)

        assert Session.objects.count() == 0
        assert Entry.objects.count() == entries
        assert set(client.cookies) <= {"csrftoken"}

    def test_no_link_of_the_answer_carries_what_was_said(self, client):
        text = client.post(ADDRESS, FORM).content.decode()

        assert [
            link for link in re.findall(r'(?:href|action)="([^"]*)"', text) if "?" in link
        ] == []

    def test_only_the_phone_itself_may_keep_the_pages_for_the_way_back(self, client):
        pages = [client.get(ADDRESS), client.post(ADDRESS, FORM)]

        assert {page.headers["Cache-Control"] for page in pages} == {"private, max-age=300"}

    def test_the_answers_come_back_to_be_changed(self, client):
        text = client.post(ADDRESS, FORM | {"events": "urgent", "again": "1"}).content.decode()

        assert re.search(r'value="1000-1500"[^>]*checked', text)
        assert re.search(r'value="urgent"[^>]*checked', text)

    @pytest.mark.parametrize(
        ("wrong", "question"),
        [
            ({"persons": ""}, 2),
            ({"minors": "4"}, 2),
            ({"income_exact": "很多"}, 3),
            ({"minors": "", "events": "child_alone"}, 2),
            ({"minors": "3", "events": "elder_alone"}, 2),
        ],
    )
    def test_what_does_not_fit_is_shown_with_its_question(self, client, wrong, question):
        answer_ = client.post(ADDRESS, FORM | wrong)

        assert answer_.status_code == 422
        assert (
            f'href="#q{question}"' in answer_.content.decode().partition("error-summary")[2][:400]
        )

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_it_asks_and_weighs_little(self, client, method, django_assert_max_num_queries):
        with django_assert_max_num_queries(12):
            page = getattr(client, method)(ADDRESS, FORM)

        assert len(page.content) < 40_000

    def test_everything_is_english_for_an_english_browser(self, client):
        english = {"accept-language": "en"}

        pages = [client.get(ADDRESS, headers=english)]
        pages += [
            client.post(ADDRESS, FORM | more, headers=english)
            for more in ({}, {"income": ""}, {"persons": ""}, {"income": "8000-50000"})
        ]
        texts = [re.sub(r"<[^>]*>", " ", p.content.decode()) for p in pages]

        left = {word for text in texts for word in re.findall("[\u4e00-\u9fff]+", text)}
        assert left - {"中文"} == set()
        assert translation.get_language()
