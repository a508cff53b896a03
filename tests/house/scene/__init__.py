"""One town with a family's case and an actor in every post: what the guards are tried on."""

import datetime as dt
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.test import Client

from doudi.accounts.actions.invite import invite
from doudi.accounts.models import Staff
from doudi.accounts.permissions import Role
from doudi.attachments.intake import take_in
from doudi.audit.actor import Actor
from doudi.benefits.actions.prepare_roll import prepare_roll
from doudi.benefits.models import Roll, RollNotice
from doudi.cases.letters.data import letter_data
from doudi.cases.letters.genuine import with_mark
from doudi.cases.models import Case
from doudi.clock.time import now
from doudi.demo.declare import Json
from doudi.verification.actions.send_family_link import send_family_link
from doudi.verification.actions.withdraw_consent import withdraw_consent
from doudi.verification.queries import consents_of
from tests.factories.cases import case_at, draft, staff
from tests.house.scene.checked import delivered, outside, verified
from tests.house.scene.helped import (
    appointed,
    lead,
    mandate,
    place_request,
    referral,
    support,
    urgent,
)
from tests.house.scene.paid import bank_file, life_proof, upkeep
from tests.house.scene.tables import office_of, printed, sent_in, taken_out
from tests.house.scene.watched import oversight, redress, supervision
from tests.house.scene.who import (
    ILLNESS,
    PLACES,
    STRANGER,
    SYSTEM,
    a_photo,
    actors,
    browser_of,
    browser_of_phone,
    declared,
    level_of,
    names_of,
    numbers_of,
    relative_of,
)

__all__ = [
    "ILLNESS",
    "PLACES",
    "STRANGER",
    "SYSTEM",
    "Scene",
    "a_photo",
    "actors",
    "around",
    "browser_of",
    "browser_of_phone",
    "build",
    "declared",
    "level_of",
    "names_of",
    "numbers_of",
]


@dataclass
class Scene:
    """The case, what belongs to it, and a browser for each actor ("town_clerk home", …)."""

    case: Case
    declaration: Json
    known: dict[str, str]
    at: dt.datetime
    browsers: dict[str, Client] = field(default_factory=dict)


def build(clock: object, goal: str = "noticed", declaration: Json | None = None) -> Scene:
    """The Ren family's case at `goal`, its papers, links and roll, and everybody who may ask."""
    declaration = declaration or declared()
    return around(case_at(goal, clock, declaration), declaration)


def around(case: Case, declaration: Json) -> Scene:
    """What belongs to a case, and a browser for everybody."""
    people = actors()
    scene = Scene(case, declaration, _known(case, declaration, people), now())
    scene.browsers = {name: browser_of(person) for name, person in people.items()}
    scene.browsers["anonymous"] = Client(raise_request_exception=False)
    scene.browsers["owner"] = browser_of_phone(declaration["applicant"]["phone"])
    scene.browsers["stranger"] = browser_of_phone(STRANGER)
    return scene


def _known(case: Case, declaration: Json, people: dict[str, Staff]) -> dict[str, str]:
    """What fills the placeholders of the addresses."""
    owner = Actor("citizen", case.application.phone_index, "")
    ref = f"application:{case.application_id}"
    paper = take_in(a_photo(), subject=ref, kind="other", actor=owner)
    _link, token = send_family_link(
        case.application_id, declaration["members"][1], "任", by=owner, at=now()
    )
    own = next(c for c in consents_of(case.application_id) if c.member_key == "m1")
    other = staff("second.officer", Role.COUNTY_OFFICER, case.county[:6])
    invited = staff("newcomer", Role.TOWN_CLERK, case.town)
    notice = case.publicnotices.first()
    _open_draft(declaration)
    wife = next(c for c in consents_of(case.application_id) if c.member_key == "m2")
    withdraw_consent(wife.pk, by=owner, at=now())
    roll = prepare_roll(case.county[:6], "2022-05", by=other, at=now())
    return {
        "case_id": str(case.pk),
        "file_id": str(bank_file(case).pk),
        "paper_id": str(paper.pk),
        "roll_id": str(roll.pk),
        "list_id": str(_hangs(roll)),
        "staff_id": str(invited.pk),
        "consent_id": str(own.pk),
        "relative_id": relative_of(people["town_clerk home"]),
        "notice_id": str(notice.pk if notice else uuid4()),
        "mark": with_mark(letter_data(case.pk, "F02"), case.pk, "F02")["qr_text"].split("/")[-2],
        **redress(case, notice, owner),
        **urgent(case.town, other, people["town_clerk home"]),
        **supervision(case),
        **oversight(case, people["town_clerk home"]),
        **office_of(case, people["town_head home"]),
        **support(case),
        **delivered(people["data_clerk home"]),
        "post_id": str(appointed(case).pk),
        "window draft_id": str(case.application_id),
        "batch_id": printed(case, people["town_clerk home"]),
        "export_id": taken_out(people["town_clerk home"]),
        "import_id": sent_in(people["town_clerk home"]),
        "lead_id": lead(people["town_clerk home"]),
        "mandate_id": mandate(case, owner),
        "proof_id": life_proof(case),
        **upkeep(case),
        **verified(case),
        "outside_id": outside(case, people["town_clerk home"]),
        "request_id": place_request(case, people["town_clerk home"]),
        "referral_id": referral(case, people["town_clerk home"]),
        "secret": case.application.tracking.open(),
        "draft": str(case.application_id),
        "family token": token,
        "invitation token": invite(invited, by=SYSTEM, at=now()),
        "code": "610702",
        "number": "2",
        "key": "m2",
        "which": "live",
    }


def _hangs(roll: Roll) -> UUID:
    """The roll's lines hang before they are paid."""
    day = now().date()
    made = RollNotice.objects.create(
        roll=roll,
        lines_sha256=roll.lines_sha256,
        from_on=day,
        until_on=day,
        by_id="1",
        by_name="演示",
        at=now(),
    )
    return made.pk


def _open_draft(declaration: Json) -> UUID:
    """The family begins again: the seven steps have something to show."""
    return draft(declaration, sign=False)
