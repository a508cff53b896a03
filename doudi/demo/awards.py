"""Households already in benefit: dibao and tekun, urban and rural, at a share of the real size.

The shares follow the article's figures (policy.md section 9): 11,467 urban and 71,433 rural dibao
households, 648 urban and 21,500 rural tekun households. Amounts are drawn so that each is possible
under the standards of 2022; they are not assessed here, as takeovers from an old system are not.
"""

import datetime as dt
from dataclasses import dataclass, field

from doudi.benefits.models import Award, AwardPerson
from doudi.demo.dice import Dice
from doudi.people.actions.make_findable import Findable, make_findable
from doudi.people.models import BenefitMark, Household, Membership, Person
from doudi.regions.models import AreaClass, Level, Region

URBAN_DIBAO, RURAL_DIBAO, URBAN_TEKUN, RURAL_TEKUN = 11_467, 71_433, 648, 21_500
URBAN_STANDARD, BANDS = 65_500, (45_000, 35_000, 25_000)
URBAN_BASIC, RURAL_BASIC = 85_500, 58_500
START_MONTHS = ("2021-10", "2021-12", "2022-01", "2022-03", "2022-04")


@dataclass
class Batch:
    """Rows gathered before they are written in sets."""

    persons: list[Person] = field(default_factory=list)
    households: list[Household] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)
    awards: list[Award] = field(default_factory=list)
    covered: list[AwardPerson] = field(default_factory=list)
    marks: list[BenefitMark] = field(default_factory=list)

    def write(self) -> None:
        """Below before above, a thousand rows at a time."""
        for model, rows in (
            (Person, self.persons),
            (Household, self.households),
            (Membership, self.memberships),
            (Award, self.awards),
            (AwardPerson, self.covered),
            (BenefitMark, self.marks),
        ):
            model.objects.bulk_create(rows, batch_size=1000)  # type: ignore[attr-defined]
        make_findable(
            Findable(p.name, str(p.id_number.open()), str(p.phone.open() or ""))
            for p in self.persons
        )


def build(dice: Dice, scale: float, at: dt.datetime) -> int:
    """Makes the households in benefit; returns how many awards there are."""
    villages = {
        area: list(Region.objects.filter(level=Level.VILLAGE, area=area).order_by("code"))
        for area in (AreaClass.URBAN, AreaClass.RURAL)
    }
    batch = Batch()
    for area, programme, real in (
        (AreaClass.URBAN, "dibao", URBAN_DIBAO),
        (AreaClass.RURAL, "dibao", RURAL_DIBAO),
        (AreaClass.URBAN, "tekun", URBAN_TEKUN),
        (AreaClass.RURAL, "tekun", RURAL_TEKUN),
    ):
        for _ in range(round(real * scale)):
            _household(dice, batch, dice.random.choice(villages[area]), programme, at)
    batch.write()
    return len(batch.awards)


def _household(dice: Dice, batch: Batch, village: Region, programme: str, at: dt.datetime) -> None:
    home = Household(
        region=village, area=village.area, address=f"{village.name}演示住址", created_at=at
    )
    size = 1 if programme == "tekun" else dice.random.choices((1, 2, 3, 4), (45, 30, 17, 8))[0]
    people = [_person(dice, n, programme, village, at) for n in range(size)]
    batch.households.append(home)
    batch.persons += people
    batch.memberships += [
        Membership(
            household=home,
            person=person,
            relation="self" if n == 0 else "other",
            from_on=dt.date(2015, 1, 1),
        )
        for n, person in enumerate(people)
    ]
    _award(dice, batch, home, people, programme, at)


def _person(dice: Dice, place: int, programme: str, village: Region, at: dt.datetime) -> Person:
    sex = dice.random.choice(("male", "female"))
    youngest, oldest = (61, 90) if programme == "tekun" else ((25, 85) if place == 0 else (3, 80))
    born = dice.born(youngest, oldest, at.date())
    return Person(
        name=dice.name(sex),
        id_number=dice.id_number(born, sex),
        phone=dice.phone() if place == 0 else "",
        sex=sex,
        born_on=born,
        registered_region=village.code,
        created_at=at,
    )


def _amounts(dice: Dice, programme: str, area: str, size: int) -> tuple[int, int]:
    """Base and top-up in fen for the household and month."""
    if programme == "tekun":
        return (URBAN_BASIC if area == AreaClass.URBAN else RURAL_BASIC), 0
    if area == AreaClass.URBAN:
        base = size * URBAN_STANDARD - 100 * dice.random.randint(50, 400) * size
        return base, dice.random.choice((0, 0, 19_650, 32_750))
    return dice.random.choice(BANDS) * size, dice.random.choice((0, 0, 13_500, 22_500))


def _award(
    dice: Dice,
    batch: Batch,
    home: Household,
    people: list[Person],
    programme: str,
    at: dt.datetime,
) -> None:
    base, top_up = _amounts(dice, programme, home.area, len(people))
    village = home.region.code
    award = Award(
        number=f"D{programme[:2].upper()}{len(batch.awards) + 1:07d}",
        programme=programme,
        area=home.area,
        household_id=home.id,
        county=village[:6],
        town=village[:9],
        village=village,
        payee=people[0],
        payee_name=people[0].name,
        account=f"62109900{dice.random.randrange(10**11):011d}",
        bank="演示农商银行",
        monthly_fen=base + top_up,
        base_fen=base,
        top_up_fen=top_up,
        household_size=len(people),
        start_month=dice.random.choice(START_MONTHS),
        opened_at=at,
    )
    batch.awards.append(award)
    batch.covered += [AwardPerson(award=award, person=person) for person in people]
    batch.marks += [
        BenefitMark(
            person=person,
            programme=programme,
            county=award.county,
            award_ref=award.id,
            from_month=award.start_month,
        )
        for person in people
    ]
