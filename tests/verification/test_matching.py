"""Whose row is it? The sure tier acts alone, the others are shown to a person with reasons."""

import datetime as dt
from collections import Counter

import pytest

from doudi.accounts.models import Staff
from doudi.accounts.permissions import Role
from doudi.clock.time import now
from doudi.kernel.errors import Conflict, Missing, NotAllowed
from doudi.people.models import Person
from doudi.verification.actions.compare_register import compare_register
from doudi.verification.actions.decide_match import decide_match
from doudi.verification.actions.release_findings import release_findings
from doudi.verification.engine.citizens import near
from doudi.verification.engine.matching import Known, Lost, Register, distance, one_part
from doudi.verification.models import Delivery, Match
from tests.factories.cases import staff
from tests.verification.test_platform import SYSTEM, deliver, doudi, homes, lake, number, send

__all__ = ["homes", "lake"]
BORN = dt.date(1960, 3, 12)
WANG = Known(1, "p1", "610702001", "王芳", BORN, "610799")
OTHERS = [
    Known(2, "p2", "610702001", "王伟", BORN, "610799"),
    Known(3, "p3", "610702002", "李强", dt.date(1971, 5, 6), "610799"),
    Known(4, "p4", "610702002", "李强", dt.date(1971, 6, 5), "610728"),
]


def found(*people, **row):
    told = {"row_no": 1, "near": (), "name": "", "born": None, "county": ""} | row
    return [
        (c.person, c.tier, c.alone) for c in Register(people or [WANG]).candidates(Lost(**told))
    ]


TOLD = {"name": "王芳", "born": BORN, "county": "610799"}
CASES = [
    ({**TOLD}, [("p1", "exact", True)]),
    ({**TOLD, "near": (1,)}, [("p1", "exact", True)]),
    ({**TOLD, "county": "610702"}, [("p1", "name_birth", False)]),
    ({**TOLD, "name": "王方"}, [("p1", "name_close", False)]),
    ({**TOLD, "born": dt.date(1960, 12, 3)}, [("p1", "birth_close", False)]),
    ({**TOLD, "born": dt.date(1961, 3, 12)}, [("p1", "birth_close", False)]),
    ({**TOLD, "born": dt.date(1961, 4, 12)}, []),
    ({"near": (1,)}, [("p1", "number", False)]),
    ({"near": (1,), "name": "王方"}, [("p1", "number_name", False)]),
    ({"near": (1,), "name": "赵大海"}, []),
    ({"name": "王芳"}, []),
]


@pytest.mark.parametrize(("row", "expected"), CASES)
def test_each_tier_takes_what_it_says_and_no_more(row, expected):
    assert found(**row) == expected


def test_two_people_of_one_name_birth_and_county_are_left_to_a_person():
    twin = Known(9, "p9", "610702001", "王芳", BORN, "610799")

    assert found(WANG, twin, **TOLD) == [("p1", "exact", False), ("p9", "exact", False)]


def test_the_surest_stands_first_and_distances_count_characters():
    twin = Known(9, "p9", "610702001", "王芳", BORN, "610799")

    candidates = found(*OTHERS, WANG, twin, **TOLD)

    assert [tier for _person, tier, _alone in candidates] == ["exact", "exact", "name_close"]
    assert (distance("王芳", "王伟"), distance("欧阳娜", "欧娜"), distance("", "王")) == (1, 1, 1)
    assert one_part(dt.date(1971, 5, 6), dt.date(1971, 6, 5))
    assert not one_part(BORN, BORN)


@pytest.mark.parametrize(
    "typed",
    [
        number(7)[:15] + "9" + number(7)[16:],  # one digit
        number(7)[:12] + number(7)[13] + number(7)[12] + number(7)[14:],  # two swapped
        number(7)[:17] + "5",  # the check digit
        number(7)[:17],  # the check digit left out
        number(7)[:9] + number(7)[10:],  # a digit left out
        number(7)[:9] + "9" + number(7)[9:],  # a digit doubled
    ],
)
def test_a_slip_leads_back_to_the_number_that_was_meant(typed):
    assert int(number(7)[:17]) in near(typed)


def test_nonsense_leads_nowhere():
    assert [near(text) for text in ("", "12", "王芳", "6" * 40, None)] == [[]] * 5


HEAD = "证件号码,状态,起始日期,截止日期,姓名,出生日期,县区代码\n"


def send_named(folder, rows):
    path = folder / "named.csv"
    path.write_text(HEAD + "\n".join(rows) + "\n")
    signed = ("--sign", "--key", folder / "key", "--period", "2022-05", "--sequence", 1)
    assert doudi(deliver, "G04", path, *signed)[0] == 0
    return doudi(deliver, "G04", path, "--json")


@pytest.fixture
def city_officer(city):
    return staff("city.one", Role.CITY_OFFICER, "610700", "市一")


@pytest.fixture
def delivered(lake, homes):
    """Sixty good rows; a death whose number is missing, and one with a slip and another name."""
    person = Person.objects.get(memberships__household=homes[0])
    person.name = "任独"
    person.save()
    good = [f"{number(n)},在册,2020-01-01,,,," for n in range(60)]
    wrong = number(7)[:15] + "9" + number(7)[16:]
    dead = [",死亡,2022-05-03,,任独,1960-03-12,610799", f"{wrong},死亡,2022-05-03,,任木,,"]
    again = [f"{number(n)},在册,2020-02-02,,,," for n in range(60)]
    code, out, err = send_named(lake, [*good, *dead, *again])
    assert code == 0, err
    return out


@pytest.mark.django_db
def test_a_row_without_a_number_counts_alone_and_the_other_after_a_person_has_said_so(
    delivered, homes, city_officer
):
    before = compare_register("2022-06", by=SYSTEM, at=now())
    waiting = list(Match.objects.filter(state="proposed", town="610702001"))

    with pytest.raises(Missing):
        decide_match(waiting[0].pk, belongs=True, reason=" ", by=city_officer, at=now())
    with pytest.raises(NotAllowed):
        decide_match(waiting[0].pk, belongs=True, reason="核实", by=Staff(name="无"), at=now())
    decide_match(waiting[0].pk, belongs=True, reason="电话核实", by=city_officer, at=now())
    with pytest.raises(Conflict):
        decide_match(waiting[0].pk, belongs=False, reason="核实", by=city_officer, at=now())
    after = compare_register("2022-06", by=SYSTEM, at=now())

    assert '"matched": 1' in delivered
    assert '"to_match": 1' in delivered
    assert [(m.tier, m.row_no) for m in waiting][0] == ("number_name", 62)
    assert {m.row_no for m in waiting} == {62}
    dead = [set(r.discrepancies.values_list("household_id", flat=True)) for r in (before, after)]
    assert dead == [{homes[0].pk}, {homes[0].pk, homes[7].pk}]
    assert Match.objects.get(row_no=61).decided_by.startswith("规则")
    assert Delivery.objects.get().rows_unmatched == 2


@pytest.mark.django_db
def test_held_findings_become_work_only_by_a_person_with_a_reason(lake, homes, city_officer):
    send(lake, [f"{number(place)},死亡,2022-05-03," for place in range(60)])
    run = compare_register("2022-06", by=SYSTEM, at=now())
    [(town, many)] = Counter(run.discrepancies.values_list("town", flat=True)).items()

    with pytest.raises(Missing):
        release_findings(run.pk, town, use=True, reason="", by=city_officer, at=now())
    freed = release_findings(run.pk, town, use=False, reason="列错位", by=city_officer, at=now())
    with pytest.raises(Conflict):
        release_findings(run.pk, town, use=True, reason="再放", by=city_officer, at=now())

    assert (many, freed) == (60, 60)
    assert set(run.discrepancies.values_list("state", flat=True)) == {"dropped"}
