"""Calls for help, leads, mandates, helpers, other departments and other places."""

import datetime as dt
from uuid import uuid4

from doudi.accounts.models import Post, Staff
from doudi.accounts.permissions import Role
from doudi.audit.actor import Actor
from doudi.cases.models import Case
from doudi.clock.time import now
from doudi.mandates.actions.file_lead import Seen, file_lead
from doudi.mandates.actions.give_mandate import Given, give_mandate
from doudi.referrals.models import PlaceRequest, Referral
from doudi.support.models import Group, Need, Pairing, Part
from doudi.urgent.actions.gather import gather
from doudi.urgent.actions.raise_help import Told, raise_help
from doudi.urgent.actions.set_roster import Shift, add_shift
from tests.factories.cases import VILLAGE, staff
from tests.house.scene.who import STRANGER, SYSTEM


def lead(clerk: Staff) -> str:
    """A household found in the village of the case, by the clerk; nobody followed it up yet."""
    seen = Seen(VILLAGE, "met", "alone", "agreed", name="演示老人", phone=STRANGER, what="独居")
    return str(file_lead(uuid4(), seen, by=clerk, at=now()).pk)


def mandate(case: Case, owner: Actor) -> str:
    """The stranger may see the way of the case and hand in papers, nothing of the family."""
    until = now().date() + dt.timedelta(days=90)
    given = Given("演示受托人", STRANGER, "neighbour", ["follow", "papers"], until)
    return str(give_mandate(case.pk, given, by=owner, at=now()).pk)


def place_request(case: Case, clerk: Staff) -> str:
    """The hukou town, which is another county's, was asked; no answer yet."""
    made = PlaceRequest.objects.create(
        number=f"XC{case.number[2:]}-1",
        case=case,
        from_town=case.town,
        county=case.county,
        to_town="610727105",
        to_name="略阳县徐家坪镇",
        questions=["home"],
        asked_by_id=str(clerk.pk),
        asked_by=clerk.name,
        asked_at=now(),
        due_on=now().date(),
    )
    return str(made.pk)


def referral(case: Case, clerk: Staff) -> str:
    """The family was handed on to the medical insurance; no answer yet."""
    made = Referral.objects.create(
        case=case,
        town=case.town,
        county=case.county,
        department="medical",
        consent="present",
        what="演示需要医疗救助",
        made_by_id=str(clerk.pk),
        made_by=clerk.name,
        made_at=now(),
        due_on=now().date(),
    )
    return str(made.pk)


def appointed(case: Case) -> Post:
    """A village assistant who was appointed for the village of the case."""
    region = f"{case.village_id}"
    return staff("assistant.appointed", Role.VILLAGE_ASSISTANT, region).posts.get()


def support(case: Case) -> dict[str, str]:
    """A helper, a need, a promise of coal, and a registered group; all in the case's county."""
    place = {"village": case.village_id, "town": case.town, "county": case.county}
    by = {"case": case, **place}
    told = {"stated_by_id": "1", "stated_by": "演示", "stated_at": now()}
    pair = Pairing.objects.create(
        **by, helper="演示帮扶人", office="演示单位", phone=STRANGER, from_on=now().date()
    )
    need = Need.objects.create(**by, kind="heating", what="一冬的煤", consent="present", **told)
    part = Part.objects.create(
        **by, kind="goods", what="煤半吨", supplier="演示爱心社", promised_on=now().date()
    )
    group = Group.objects.create(
        county=case.county, name="演示爱心社", number="1", account_id="1", registered_at=now()
    )
    return {
        "pairing_id": str(pair.pk),
        "need_id": str(need.pk),
        "part_id": str(part.pk),
        "group_id": str(group.pk),
    }


def urgent(town: str, officer: Staff, clerk: Staff) -> dict[str, str]:
    """A call for help that nobody answered yet, a list of stranded people, a line of the roster."""
    told = Told("illness", town, STRANGER, name="演示求助人", what="住院押金不够")
    call = raise_help(uuid4(), told, by=SYSTEM, at=now())
    people = gather(town, "火车站", "大雪停运", now().date(), by=officer, at=now())
    shift = add_shift(town, Shift(clerk.pk, 8, 18, 0), by=officer, at=now())
    return {
        "call_id": str(call.pk),
        "gathering_id": str(people.pk),
        "shift_id": str(shift.pk),
        "receipt": str(call.ticket.open()),
    }
