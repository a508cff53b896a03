"""Awards that run already, for tests of what becomes of them."""

import datetime as dt
from uuid import UUID

from doudi.benefits.models import Award, AwardPerson
from doudi.clock.time import now
from doudi.people.models import BenefitMark, Household, Membership, Person
from tests.factories.cases import VILLAGE, id_number

COUNTY, TOWN = VILLAGE[:6], VILLAGE[:9]


def award(
    *,
    fen: int = 50_000,
    up: int = 0,
    area: str = "urban",
    programme: str = "dibao",
    born: tuple[str, ...] = ("1970-01-01",),
    start: str = "2022-01",
    village: str = VILLAGE,
    at: dt.datetime | None = None,
) -> Award:
    """A household in benefit since `start`, each person born on a day; the first one is paid."""
    at = at or now()
    home = Household.objects.create(region_id=village, area=area, created_at=at)
    people = [_person(day, home, n, at) for n, day in enumerate(born)]
    number = f"T{Award.objects.count() + 1:06d}"
    made = Award.objects.create(
        number=number,
        programme=programme,
        area=area,
        household_id=home.pk,
        county=village[:6],
        town=village[:9],
        village=village,
        payee=people[0],
        payee_name=people[0].name,
        account="6210990000000000017",
        monthly_fen=fen + up,
        base_fen=fen,
        top_up_fen=up,
        household_size=len(people),
        start_month=start,
        opened_at=at,
    )
    _cover(made, people, programme)
    return made


def _person(born: str, home: Household, place: int, at: dt.datetime) -> Person:
    order = Person.objects.count() + 1
    person = Person.objects.create(
        name=f"演示{'甲乙丙丁戊'[place]}",
        id_number=id_number(born, order),
        sex="male" if order % 2 else "female",
        born_on=dt.date.fromisoformat(born),
        created_at=at,
    )
    Membership.objects.create(
        household=home,
        person=person,
        relation="self" if place == 0 else "other",
        from_on=dt.date(2015, 1, 1),
    )
    return person


def _cover(made: Award, people: list[Person], programme: str) -> None:
    for person in people:
        AwardPerson.objects.create(award=made, person=person)
        BenefitMark.objects.create(
            person=person,
            programme=programme,
            county=made.county,
            award_ref=made.pk,
            from_month=made.start_month,
        )


def persons(made: Award) -> list[UUID]:
    """Whom the award covers, the payee first."""
    return list(made.persons.order_by("pk").values_list("person_id", flat=True))
