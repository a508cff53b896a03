"""The rules of doubt: each behaviour of an insider is asked about, an ordinary day is not.

The whole city with twelve behaviours and five frauds: `python -m bench.insider`.
"""

import datetime as dt

import pytest

from doudi.clock.time import CHINA, now
from doudi.supervision.actions.find_doubts import find_doubts
from doudi.supervision.catalog import doubt_rules
from doudi.supervision.engine.doubts import FORMULAS, found
from doudi.supervision.engine.lines import Known, Late, Line, Paid, Sum
from doudi.supervision.models import Doubt
from tests.factories.cases import office
from tests.house.scene import browser_of

MORNING = dt.datetime(2022, 5, 9, 10, 0, tzinfo=CHINA)
COUNTY = "610702"


def asked(known: Known) -> list[str]:
    """The rules that ask something, each once."""
    return sorted({doubt.rule for doubt in found(known, doubt_rules())})


def line(action: str, case: int = 1, actor: str = "a", minutes: int = 0, **more: object) -> Line:
    at = more.pop("at", MORNING) + dt.timedelta(minutes=minutes)  # type: ignore[operator]
    return Line(at, actor, action, f"case:{case}", COUNTY, str(more.get("device", "")))


def looks(count: int, action: str = "case.viewed", **more: object) -> list[Line]:
    return [line(action, n, minutes=n, **more) for n in range(count)]


def signed_in(actor: str, device: str, minutes: int) -> Line:
    at = MORNING + dt.timedelta(minutes=minutes)
    return Line(at, actor, "staff.signed_in", f"staff:{actor}", COUNTY, device)


HANDS = {f"case:{n}": {"a"} for n in range(40)}
NIGHT = MORNING.replace(hour=23)


@pytest.mark.parametrize(
    ("lines", "rule"),
    [
        (looks(6), "looks"),
        (looks(16, "person.revealed"), "reveals"),
        (looks(3, at=NIGHT), "night"),
        (looks(3, "case.printed"), "prints"),
        ([line("case.confirm", at=NIGHT)], "odd_hours"),
    ],
)
def test_one_more_than_the_limit_is_asked_about_and_the_limit_itself_is_not(lines, rule):
    over, at_most = asked(Known(lines)), asked(Known(lines[:-1]))

    assert rule in over
    assert rule not in at_most


def test_looking_at_and_printing_what_one_works_on_is_no_doubt():
    day = looks(12) + looks(8, "case.printed") + looks(15, "person.revealed")

    assert asked(Known(day, hands=HANDS)) == []


def test_a_case_of_ones_own_is_asked_about_at_the_first_look():
    kin = frozenset({("a", "case:1")})

    assert asked(Known([line("case.viewed")], hands=HANDS, kin=kin)) == ["kin"]
    assert asked(Known([line("case.viewed", 2)], hands=HANDS, kin=kin)) == []


@pytest.mark.parametrize(
    ("device", "minutes", "rules"),
    [("x", 30, ["device"]), ("x", 61, []), ("y", 30, [])],
)
def test_two_hands_from_one_device_within_the_hour(device, minutes, rules):
    lines = [
        signed_in("a", "x", 0),
        line("case.assess", minutes=1),
        signed_in("b", device, minutes),
        line("case.review", actor="b", minutes=minutes + 1),
    ]

    assert asked(Known(lines, hands=HANDS)) == rules


@pytest.mark.parametrize(
    ("devices", "rules"), [("xyx", ["shared"]), ("xy", []), ("xxx", []), ("xyz", [])]
)
def test_an_account_that_jumps_between_devices(devices, rules):
    lines = [signed_in("a", mark, 5 * n) for n, mark in enumerate(devices)]

    assert asked(Known(lines)) == rules


def sums(*fen: int) -> list[Sum]:
    hours = (dt.timedelta(hours=n) for n in range(len(fen)))
    return [
        Sum("case:1", "a", MORNING + h, f, False, COUNTY) for h, f in zip(hours, fen, strict=True)
    ]


@pytest.mark.parametrize(
    ("between", "second", "rules"),
    [
        (["return_case"], 200, ["raised"]),
        (["return_case"], 100, []),
        (["return_case", "record_visit"], 200, []),
        ([], 200, []),
    ],
)
def test_raised_after_a_return_without_a_new_visit(between, second, rules):
    moves = {"case:1": [(MORNING + dt.timedelta(minutes=n + 1), m) for n, m in enumerate(between)]}

    assert asked(Known([], sums=sums(100, second), moves=moves)) == rules


@pytest.mark.parametrize(("days", "rules"), [(3, []), (4, ["backdated"])])
def test_written_down_days_later(days, rules):
    day = MORNING.date()
    late = Late("case:1", "a", day - dt.timedelta(days=days), day, COUNTY)

    assert asked(Known([], late=[late])) == rules


@pytest.mark.parametrize(("many", "rules"), [(4, []), (5, ["overrides"])])
def test_one_hand_often_against_the_proposal(many, rules):
    own = [Sum(f"case:{n}", "a", MORNING, 1, True, COUNTY) for n in range(many)]

    assert asked(Known([], sums=own)) == rules


def paid(number: int, **more: object) -> Paid:
    told = {
        "award": str(number),
        "household": f"h{number}",
        "county": COUNTY,
        "account": f"a{number}",
        "phone": f"p{number}",
        "declared": "",
        "called_back": False,
        "dead": False,
    }
    return Paid(**(told | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("awards", "rules"),
    [
        ([paid(1), paid(2)], []),
        ([paid(1, account="x"), paid(2, account="x")], ["account"]),
        ([paid(1, account="x"), paid(2, account="x", household="h1")], []),
        ([paid(1, account=""), paid(2, account="")], []),
        ([paid(1, phone="x"), paid(2, phone="x")], ["phone"]),
        ([paid(1, dead=True)], ["dead"]),
        ([paid(1, declared="other")], ["swapped"]),
        ([paid(1, declared="other", called_back=True)], []),
        ([paid(1, declared="a1")], []),
    ],
)
def test_awards_that_share_or_changed_something(awards, rules):
    assert asked(Known([], paid=awards, today=MORNING.date())) == rules


def test_every_rule_of_the_pack_has_its_formula_and_its_names():
    rules = doubt_rules()

    assert {r["kind"] for r in rules.values()} == set(FORMULAS)
    assert [n for n, r in rules.items() if not (r["name"] and r["name_en"])] == []


@pytest.mark.django_db
def test_the_run_keeps_each_question_once_and_reads_real_sign_ins_and_looks(confirmed, county):
    officer, case = county.second, confirmed
    clerk = office().clerk
    clerk.relatives.create(
        name="亲", id_number="610799197706180022", relation="兄弟", declared_at=now()
    )
    members = case.application.declaration.open()["members"]
    relative = clerk.relatives.get()
    relative.id_number = members[1]["id_number"]
    relative.save()
    browser_of(officer).get(f"/desk/cases/{case.pk}/")

    span = (now() - dt.timedelta(days=30), now() + dt.timedelta(hours=1))
    new = [find_doubts(*span, at=now()) for _ in range(2)]

    assert new[0] > 0
    assert new[1] == 0
    assert set(Doubt.objects.values_list("rule", "about")) >= {("kin", f"staff:{clerk.pk}")}
    assert not Doubt.objects.filter(about=f"staff:{officer.pk}").exists()
