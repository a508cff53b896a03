"""Sealed fields: nothing readable at rest, nothing shown by accident, nothing moved unnoticed."""

import subprocess
import sys
import uuid

import pytest
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import connection, transaction

from doudi.accounts.models import Relative
from doudi.clock.time import now
from doudi.people.models import Person
from doudi.vault.index import blind_index
from doudi.vault.keys import create_keys, ring, rotate
from doudi.vault.seal import SM4, SealBroken, open_bytes, seal_bytes

pytestmark = pytest.mark.django_db
NUMBER = "610799197402110011"


def a_person(number: str = NUMBER, name: str = "任某某") -> Person:
    return Person.objects.create(
        name=name, id_number=number, sex="male", born_on="1974-02-11", created_at=now()
    )


def _stored(column: str, person: Person) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {column} FROM people_person WHERE name = %s",  # noqa: S608  constants
            [person.name],
        )
        return bytes(cursor.fetchone()[0])


def test_a_sealed_value_is_not_readable_in_the_database():
    person = a_person()

    stored = _stored("id_number", person)

    assert NUMBER.encode() not in stored
    assert Person.objects.get(pk=person.pk).id_number.open() == NUMBER


def test_a_sealed_value_shows_only_dots_until_it_is_opened():
    person = a_person()

    shown = f"{person.id_number} {person.id_number!r}"

    assert NUMBER not in shown
    assert str(Person.objects.get(pk=person.pk).id_number) == "•••"


def test_a_value_moved_to_another_row_does_not_open():
    one, other = a_person(), a_person("610799197706180025", "周某")
    stored = _stored("id_number", one)

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_person SET id_number = %s WHERE name = %s", [stored, other.name]
        )

    with pytest.raises(SealBroken):
        Person.objects.get(pk=other.pk).id_number.open()


def test_every_flipped_byte_is_noticed():
    token = seal_bytes(b"610799197402110011", "t.c:1")

    survived = []
    for place in range(len(token)):
        broken = bytearray(token)
        broken[place] ^= 1
        try:
            survived.append(open_bytes(bytes(broken), "t.c:1"))
        except SealBroken:
            continue

    assert survived == []


def test_a_person_is_found_by_the_keyed_index_whatever_the_writing():
    person = a_person()

    found = Person.objects.get(id_index=blind_index("id", " 610799197402110011"))

    assert found.pk == person.pk
    assert person.id_index not in NUMBER


def test_a_sealed_field_cannot_be_updated_past_its_seal():
    a_person()

    with pytest.raises(TypeError):
        Person.objects.update(id_number="610799197706180025")


def test_the_value_of_one_row_cannot_be_put_into_all():
    person = a_person()

    with pytest.raises(TypeError):
        Person.objects.update(id_number=person.id_number)


def test_plain_bytes_are_never_taken_for_a_sealed_value():
    with pytest.raises(TypeError):
        a_person(number=NUMBER.encode())


def test_rows_cannot_be_filtered_by_a_sealed_value():
    a_person()

    with pytest.raises(FieldError):
        Person.objects.filter(id_number=NUMBER).exists()

    assert Person.objects.filter(id_number__isnull=False).count() == 1


def test_many_rows_are_sealed_at_once():
    people = [
        Person(name=f"任{n}", id_number=NUMBER, sex="male", born_on="1974-02-11", created_at=now())
        for n in range(1, 3)
    ]
    people[1].id_number = "610799197706180025"

    Person.objects.bulk_create(people)

    numbers = {p.id_number.open() for p in Person.objects.all()}
    assert numbers == {NUMBER, "610799197706180025"}


def test_saving_a_row_again_keeps_value_and_index():
    person = Person.objects.get(pk=a_person().pk)

    person.name = "任建明"
    person.save()

    again = Person.objects.get(pk=person.pk)
    assert again.id_number.open() == NUMBER
    assert again.id_index == blind_index("id", NUMBER)


OTHER = "610799197706180025"


def test_a_value_saved_by_its_name_alone_takes_its_index_along():
    person = Person.objects.get(pk=a_person().pk)

    person.id_number = OTHER
    person.save(update_fields=["id_number"])

    assert Person.objects.get(id_index=blind_index("id", OTHER)).pk == person.pk
    assert not Person.objects.filter(id_index=blind_index("id", NUMBER)).exists()


def test_a_value_emptied_by_its_name_alone_leaves_no_index():
    person = Person.objects.create(
        name="任某某", phone="12900000001", sex="male", born_on="1974-02-11", created_at=now()
    )

    person.phone = ""
    person.save(update_fields=["phone"])

    assert Person.objects.filter(phone_index__isnull=True, phone__isnull=True).count() == 1


def test_a_changed_row_that_was_read_without_its_index_takes_it_along():
    person = Person.objects.only("id_number").get(pk=a_person().pk)

    person.id_number = OTHER
    person.save()

    assert Person.objects.get(id_index=blind_index("id", OTHER)).pk == person.pk


@pytest.mark.parametrize("unread", ["id_number", "id_index"])
def test_a_row_that_was_read_in_part_keeps_value_and_index(unread):
    person = Person.objects.defer(unread).get(pk=a_person().pk)

    person.name = "任建明"
    person.save()
    person.save(update_fields=["name", "id_index"])

    again = Person.objects.get(id_index=blind_index("id", NUMBER))
    assert (again.name, again.id_number.open()) == ("任建明", NUMBER)


def test_what_does_not_touch_the_value_does_not_touch_the_index(django_assert_num_queries):
    person = Person.objects.get(pk=a_person().pk)

    person.name = "任建明"
    with django_assert_num_queries(1) as asked:
        person.save(update_fields=["name"])

    assert "id_index" not in asked[0]["sql"]


def test_an_update_or_create_takes_the_index_along():
    person = a_person()

    Person.objects.update_or_create(pk=person.pk, defaults={"id_number": OTHER})

    assert Person.objects.get(id_index=blind_index("id", OTHER)).pk == person.pk


@pytest.mark.parametrize("fields", [["id_number"], ["id_number", "id_index"]])
def test_a_sealed_value_is_not_written_past_its_index_in_bulk(fields):
    person = a_person()
    person.id_number = OTHER

    with pytest.raises(TypeError, match="is sealed"), transaction.atomic():
        Person.objects.bulk_update([person], fields)

    assert Person.objects.get(id_index=blind_index("id", NUMBER)).id_number.open() == NUMBER


def test_after_a_rotation_old_and_new_values_are_read():
    old = a_person()

    version = rotate(settings.DOUDI_KEYS)
    new = a_person("610799197706180025", "周某")

    assert ring().current == version
    assert Person.objects.get(pk=old.pk).id_number.open() == NUMBER
    assert Person.objects.get(pk=new.pk).id_number.open() == "610799197706180025"


ELSEWHERE = """
from django.conf import settings
from doudi.vault.keys import rotate
from doudi.vault.seal import seal_bytes
rotate(settings.DOUDI_KEYS)
print(seal_bytes(b"x", "t.c:1").hex())
"""


def test_a_key_another_process_added_is_read():
    before = ring().current

    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE], capture_output=True, text=True, check=True
    )

    assert open_bytes(bytes.fromhex(done.stdout), "t.c:1") == b"x"
    assert ring().current == before + 1


def test_a_key_ring_never_shows_its_keys():
    assert str(ring().index) not in repr(ring())


def test_keys_are_never_overwritten():
    with pytest.raises(FileExistsError):
        create_keys(settings.DOUDI_KEYS)


def test_sm4_seals_and_opens_too():
    token = seal_bytes("身份".encode(), "t.c:1", SM4)

    assert open_bytes(token, "t.c:1").decode() == "身份"


def test_every_sealed_model_makes_its_own_key():
    assert isinstance(Relative().pk, uuid.UUID)
