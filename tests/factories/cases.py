"""A town with three officers, the Ren family, and cases taken to any stage by the real actions."""

import datetime as dt
from json import dumps
from uuid import UUID

from doudi.accounts.models import Post, Staff
from doudi.accounts.permissions import Role
from doudi.cases.actions.save_draft import save_draft
from doudi.cases.actions.start_draft import start_draft
from doudi.cases.models import Case
from doudi.clock.demo_mark import is_demo, mark_demo
from doudi.clock.time import now
from doudi.demo import records
from doudi.demo.declare import Json
from doudi.demo.play import ACTS, STEPS, Office, _sign, apply
from doudi.demo.stories import ren
from doudi.kernel.resident_id import check_digit
from doudi.outbox.deliver import deliver_all
from tests.factories.kept import kept

VILLAGE = "610702008001"
HUKOU = "610727105201"
TOWN = "610702008"
SINCE = dt.date(2021, 7, 1)


def id_number(born: str, order: int) -> str:
    """A valid demo number; an odd order is a man."""
    body = f"610799{born.replace('-', '')}{order:03d}"
    return body + check_digit(body)


NUMBERS = {
    "m1": id_number("1974-02-11", 1),
    "m2": id_number("1977-06-18", 2),
    "m3": id_number("2005-03-10", 2),
}


def ren_declaration(**more: object) -> Json:
    """The Ren family as it applies on 2022-05-09."""
    return ren.declare(VILLAGE, HUKOU, NUMBERS) | more


def staff(account: str, role: Role, region: str, name: str = "") -> Staff:
    """One officer with one post since 2021."""
    person = Staff.objects.create(account=account, name=name or account, created_at=now())
    Post.objects.create(
        staff=person, role=role.value, region_id=region.ljust(12, "0"), from_on=SINCE
    )
    return person


def office(town: str = TOWN) -> Office:
    """The three people of a town; made once."""
    seats = (("clerk", Role.TOWN_CLERK), ("review", Role.TOWN_REVIEWER), ("head", Role.TOWN_HEAD))
    found = {s.account: s for s in Staff.objects.filter(account__startswith=town)}
    return Office(
        *(found.get(f"{town}.{w}") or staff(f"{town}.{w}", role, town) for w, role in seats)
    )


def demo_database() -> None:
    """Marks the test database as a demonstration, so that demo numbers count."""
    if not is_demo():
        mark_demo(7, "0", now())


def draft(declaration: Json | None = None, *, sign: bool = True) -> UUID:
    """A filled-in draft; signed by everybody unless told otherwise."""
    demo_database()
    declaration = declaration or ren_declaration()
    made = start_draft(declaration["applicant"]["phone"], at=now())
    save_draft(made, declaration, 7, at=now())
    if sign:
        _sign(made.pk, declaration)
    return made.pk


def submitted(declaration: Json | None = None, *, sign: bool = True) -> Case:
    """A submitted case of the Ren family."""
    declaration = declaration or ren_declaration()

    def build() -> UUID:
        demo_database()
        return apply(declaration, sign=sign)

    return Case.objects.get(pk=kept(("submitted", sign, dumps(declaration)), None, build))


def case_at(goal: str, clock, declaration: Json | None = None) -> Case:  # type: ignore[no-untyped-def]
    """A case taken to `goal` (see doudi.demo.play.STEPS); the notice's days pass before confirm."""
    declaration = declaration or ren_declaration()

    def build() -> UUID:
        return _taken(goal, clock, declaration)

    return Case.objects.get(pk=kept((goal, dumps(declaration)), clock, build))


def _taken(goal: str, clock, declaration: Json) -> UUID:  # type: ignore[no-untyped-def]
    records.write(declaration)
    case = submitted(declaration)
    desk = office(case.town)
    for step in STEPS[goal]:
        if step == "confirm":
            clock.shift(dt.timedelta(days=8))
        ACTS[step](case.pk, desk)
        deliver_all()
    return case.pk
