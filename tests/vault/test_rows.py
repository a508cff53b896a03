"""Rows written in sets are what one row at a time would have been."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction

from doudi.people.models import Household, Person
from doudi.vault.rows import insert_many

pytestmark = pytest.mark.django_db
AT = dt.datetime(2022, 6, 1, 3, 0, tzinfo=dt.UTC)
NUMBER = "610799197402110013"
WHO = ("id", "name", "id_number", "phone", "sex", "born_on", "created_at")


def _person(**other):
    values = {"id": uuid.uuid4(), "name": "任某", "id_number": NUMBER, "phone": "", "sex": "male"}
    return values | {"born_on": dt.date(1974, 2, 11), "created_at": AT} | other


def test_a_row_of_a_set_reads_as_a_row_that_was_saved():
    one, other = _person(phone="12000000001"), _person(id_number="610799197402110021")

    insert_many(Person, WHO, [tuple(one[name] for name in WHO)])
    Person.objects.create(**other)

    first, second = Person.objects.get(pk=one["id"]), Person.objects.get(pk=other["id"])
    assert (first.id_number.open(), first.phone.open()) == (NUMBER, "12000000001")
    assert first.id_index
    assert first.id_index != second.id_index
    assert second.phone.open() is None
    same = ("name", "sex", "born_on", "created_at", "registered_region", "died_on", "batch_id")
    assert [getattr(first, name) for name in same] == [getattr(second, name) for name in same]


def test_a_sealed_value_of_a_set_does_not_open_in_another_row():
    rows = [_person(), _person(id_number="610799197402110021")]
    insert_many(Person, WHO, [tuple(row[name] for name in WHO) for row in rows])
    mine, theirs = (Person.objects.get(pk=row["id"]) for row in rows)

    mine.__dict__["id_number"] = theirs.__dict__["id_number"]

    with pytest.raises(ValueError, match="seal"):
        mine.id_number.open()


def test_texts_that_end_lines_and_bytes_arrive_as_they_are():
    odd = "任\t某\\N\n\"'"
    person = _person(name=odd)

    insert_many(Person, WHO, [tuple(person[name] for name in WHO)])

    assert Person.objects.get(pk=person["id"]).name == odd


def test_a_set_with_somebody_twice_is_refused_whole():
    twice = [_person(), _person()]

    with pytest.raises(IntegrityError), transaction.atomic():
        insert_many(Person, WHO, [tuple(row[name] for name in WHO) for row in twice])

    assert not Person.objects.exists()


def test_a_table_whose_key_is_no_counter_asks_for_it():
    with pytest.raises(ValueError, match="key"):
        insert_many(Household, ("area",), [("urban",)])

    assert not Household.objects.exists()
