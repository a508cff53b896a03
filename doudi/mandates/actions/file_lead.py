"""主动发现: registers a household met in the village; one in danger is called for at once.

Clause: ux.md F18; SI649 art 17
Move:   -> OPEN, or at once to its end      Right: lead.file      Says: nothing
"""

import datetime as dt
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import IntegrityError, transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.clock.time import CHINA
from doudi.kernel.errors import Invalid
from doudi.mandates.actions.call_help import call_help
from doudi.mandates.flow import CONSENTS, DECLINED, NEEDS, NOT_WANTED, URGENT, WAYS
from doudi.mandates.models import Lead
from doudi.mandates.queries import due_after, lead_by_id
from doudi.notices.phone_codes import clean_phone
from doudi.regions import queries as regions

LONGEST = 500
MOST_PERSONS = 30


@dataclass(frozen=True)
class Seen:
    """What was seen: where, how, what lacks, whether the person agrees; the rest may stay empty."""

    village: str
    way: str
    need: str
    consent: str
    name: str = ""
    phone: str = ""
    spot: str = ""
    what: str = ""
    persons: int = 1
    urgent: bool = False


def file_lead(form_id: UUID, seen: Seen, *, by: Staff, at: dt.datetime) -> Lead:
    """The lead of the form; the same form again gives the same lead.

    Who does not agree is kept without name, phone, place and words, and counts as not wanted.
    Danger goes first: `urgent` rings the town's officer on duty whatever the consent.
    """
    require(by, "lead.file", seen.village)
    seen = _checked(seen)
    try:
        with transaction.atomic():
            return lead_by_id(form_id) or _file(form_id, seen, by, at)
    except IntegrityError:
        kept = lead_by_id(form_id)  # pressed twice at the same moment
        if kept is None:
            raise
        return kept


def _file(form_id: UUID, seen: Seen, by: Staff, at: dt.datetime) -> Lead:
    kept = _nameless(seen) if seen.consent == DECLINED else seen
    lead = Lead(
        id=form_id,
        village=regions.get(seen.village),
        town=seen.village[:9],
        county=seen.village[:6],
        way=kept.way,
        need=kept.need,
        persons=kept.persons,
        consent=kept.consent,
        name=kept.name,
        phone=kept.phone,
        spot=kept.spot,
        what=kept.what,
        found_by_id=str(by.pk),
        found_by=by.name,
        found_at=at,
        due_on=due_after(at.astimezone(CHINA).date()),
    )
    if seen.urgent:
        lead.call = call_help(lead, seen.spot, seen.what, by=by, at=at)
        _end(lead, URGENT, by, at)
    elif seen.consent == DECLINED:
        _end(lead, NOT_WANTED, by, at)
    lead.save(force_insert=True)
    write(
        "lead.filed",
        actor=actor_of(by),
        subject=f"lead:{lead.pk}",
        chain=lead.county,
        detail={"state": lead.state, "consent": lead.consent},
    )
    return lead


def _end(lead: Lead, outcome: str, by: Staff, at: dt.datetime) -> None:
    lead.state, lead.closed_at = outcome, at
    lead.closed_by_id, lead.closed_by = str(by.pk), by.name


def _nameless(seen: Seen) -> Seen:
    return replace(seen, name="", phone="", spot="", what="")


def _checked(seen: Seen) -> Seen:
    """The same with trimmed words and a phone of eleven digits; Invalid names all that is wrong."""
    seen = replace(seen, name=seen.name.strip(), spot=seen.spot.strip(), what=seen.what.strip())
    wrong = {field: sentence for field, bad, sentence in _complaints(seen) if bad}
    phone = seen.phone.strip()
    try:
        phone = clean_phone(phone) if phone else ""
    except Invalid as error:
        wrong |= error.fields
    if wrong:
        raise Invalid(wrong)
    return replace(seen, phone=phone)


def _complaints(seen: Seen) -> list[tuple[str, bool, str]]:
    """Field, whether it is wrong, and the sentence for it."""
    unfindable = not (seen.name or seen.spot) and (seen.consent != DECLINED or seen.urgent)
    long = max(len(seen.what), len(seen.spot)) > LONGEST
    return [
        ("village", not _is_a_village(seen.village), "请选择现在住的村（社区）"),
        ("way", seen.way not in WAYS, "请选一下怎么发现的"),
        ("need", seen.need not in NEEDS, "请选一下有什么困难"),
        ("consent", seen.consent not in CONSENTS, "请先问本人是否同意登记"),
        ("persons", not 1 <= seen.persons <= MOST_PERSONS, "人数请写1到30"),
        ("spot", unfindable, "姓名和住处至少写一样，不然找不到人"),
        ("what", long, "写得太长了，请缩短到500字以内"),
    ]


def _is_a_village(code: str) -> bool:
    return len(code) == 12 and regions.exists(code) and regions.get(code).level == "village"
