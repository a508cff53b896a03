"""The demonstration's departments deliver; what was planted is found, and nobody else."""

import datetime as dt
import json

import numpy as np
import pytest

from doudi.audit.actor import SYSTEM
from doudi.cases.register import assess_register
from doudi.clock.time import now
from doudi.demo import lake as city
from doudi.demo import residents
from doudi.demo.truths import SLIPS, slipped
from doudi.kernel.resident_id import check_digit, parse
from doudi.people.models import BenefitMark, Household, Membership, Person
from doudi.verification.actions.compare_register import compare_register
from doudi.verification.models import Delivery
from tests.verification.test_platform import homes, lake, number

__all__ = ["homes", "lake"]


def with_a_child(home: Household, place: int) -> None:
    body = f"61079920120312{place}"
    child = Person.objects.create(
        name="任小",
        id_number=body + check_digit(body),
        sex="female",
        born_on=dt.date(2012, 3, 12),
        created_at=now(),
    )
    Membership.objects.create(
        household=home, person=child, relation="child", from_on=dt.date(2021, 10, 1)
    )


@pytest.mark.django_db
def test_all_items_are_delivered_and_every_planted_truth_is_found(lake, homes, settings):
    settings.DOUDI_HOME = lake
    for place in range(100, 103):
        with_a_child(homes[place - 90], place)
    for place, person in enumerate(Person.objects.order_by("pk")):
        person.name = f"任{chr(0x5EFA + place)}"
        person.save()

    city.build(0.001, 7, lambda line: None, now())
    run = compare_register("2022-06", by=SYSTEM, at=now())
    law = assess_register(dt.date(2022, 6, 1), "duckdb")

    planted = json.loads((lake / "planted.json").read_text())
    found: dict[str, set[int]] = {}
    for finding in run.discrepancies.all():
        for source in finding.sources.open():
            found.setdefault(source["signal"], set()).add(source["person_key"])
    assert found == {s: set(keys) for s, keys in planted["signals"].items() if keys}
    assert {"X1", "X2", "X3", "X4", "X5", "X6", "W1", "W2", "W3", "W4", "W5", "W8"} == set(found)
    assert run.missing == ["W6"]
    entitled = law["never_applied"]["programmes"]["dibao"]["eligible"]
    assert entitled == len(planted["eligible_households"]) == 6
    assert law["without_facts"] == 60
    shifted = Delivery.objects.get(item="G07", sequence=2)
    assert (shifted.state, shifted.held_for) == ("held", "values")
    assert BenefitMark.objects.filter(until_month="").count() == 61


def test_the_same_seed_gives_the_same_city_and_valid_numbers():
    one, other = (
        residents.build([], ["610702001001"], 3000, np.random.default_rng(5)) for _ in range(2)
    )

    assert one.number.equals(other.number)
    assert one.name.equals(other.name)
    assert len(set(one.key.tolist())) == 3000
    for text in one.number[:50].to_pylist():
        assert parse(text, demo=True) == text
    assert (
        str(one.born[0])
        == f"{str(one.key[0])[6:10]}-{str(one.key[0])[10:12]}-" + str(one.key[0])[12:14]
    )


@pytest.mark.parametrize("kind", SLIPS)
def test_a_planted_slip_is_a_wrong_number(kind):
    typed = slipped(number(7), kind)

    with pytest.raises(ValueError, match="身份证号"):
        parse(typed, demo=True)
