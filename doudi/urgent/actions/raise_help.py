"""求助: takes in a call at any hour; the same form always gives the same receipt.

Clause: OP18 四; LS23 二(一) (where it happened, not where one is registered)
Move:   -> RAISED      Right: anybody      Says: HelpRaised
"""

import datetime as dt
import secrets
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import require
from doudi.clock.time import CHINA
from doudi.kernel.errors import Invalid, NotFound
from doudi.notices.phone_codes import clean_phone
from doudi.outbox.announce import announce
from doudi.regions import queries as regions
from doudi.urgent.actions.move import By, record
from doudi.urgent.actions.ring import ring
from doudi.urgent.events import HelpRaised
from doudi.urgent.flow import CHANNELS, KINDS, Stage
from doudi.urgent.models import HelpCall, Series
from doudi.urgent.queries import workdays_after

LONGEST = 500
MOST_PERSONS = 999


@dataclass(frozen=True)
class Told:
    """What somebody in need, or a helper, tells: little, and no ID number."""

    kind: str
    region: str  # of the place of the emergency: town or village
    phone: str
    name: str = ""
    what: str = ""
    spot: str = ""
    persons: int = 1
    needed_fen: int | None = None
    channel: str = "self"
    helper: str = ""


def raise_help(form_id: UUID, told: Told, *, by: By, at: dt.datetime) -> HelpCall:
    """Acknowledges after commit and rings the first officer; Invalid names all that is missing."""
    if isinstance(by, Staff):
        require(by, "urgent.take", told.region[:9])
    try:
        with transaction.atomic():
            return _raise(form_id, told, by, at)
    except IntegrityError:
        kept = HelpCall.objects.filter(pk=form_id).first()  # pressed twice at the same moment
        if kept is None:
            raise
        return kept


def _raise(form_id: UUID, told: Told, by: By, at: dt.datetime) -> HelpCall:
    kept = HelpCall.objects.filter(pk=form_id).first()
    if kept:
        return kept
    phone = _checked(told)
    town, on = told.region[:9], at.astimezone(CHINA).date()
    call = HelpCall.objects.create(
        id=form_id,
        number=new_number("JN", town, on),
        ticket=secrets.token_urlsafe(12),
        name=told.name.strip(),
        phone=phone,
        what=told.what.strip(),
        spot=told.spot.strip(),
        kind=told.kind,
        region=told.region,
        town=town,
        county=town[:6],
        persons=told.persons,
        needed_fen=told.needed_fen,
        channel=told.channel,
        helper=told.helper.strip(),
        stage=Stage.RAISED.value,
        raised_at=at,
        visit_due_on=workdays_after("urgent.visit_days", on),
    )
    record(call, "raise", by=by, at=at)
    ring(call, at=at)
    announce(HelpRaised(call.pk))
    return call


def _checked(told: Told) -> str:
    """The phone as eleven digits; Invalid with every field that cannot be taken."""
    wrong = {field: sentence for field, bad, sentence in _complaints(told) if bad}
    phone = ""
    try:
        phone = clean_phone(told.phone)
    except Invalid as error:
        wrong |= error.fields
    if wrong:
        raise Invalid(wrong)
    return phone


def _complaints(told: Told) -> list[tuple[str, bool, str]]:
    """Field, whether it is wrong, and the sentence for it."""
    long = max(len(told.what), len(told.spot)) > LONGEST
    nameless = told.channel != "self" and not told.helper.strip()
    return [
        ("kind", told.kind not in KINDS, "请选一下发生了什么"),
        ("channel", told.channel not in CHANNELS, "请选一下谁在求助"),
        ("region", not _is_a_place(told.region), "请选择出事的镇（街道）"),
        ("persons", not 1 <= told.persons <= MOST_PERSONS, "人数请写1到999"),
        ("what", long, "写得太长了，请缩短到500字以内"),
        ("helper", nameless, "请写上代为求助的人的姓名"),
    ]


def _is_a_place(code: str) -> bool:
    try:
        return len(code) in (9, 12) and regions.get(code).level in ("town", "village")
    except NotFound:
        return False


def new_number(letters: str, town: str, on: dt.date) -> str:
    """Letters + town 9 + yymmdd + sequence 3 + check digit."""
    series = f"{letters}{town}{on:%y%m%d}"
    row, _ = Series.objects.select_for_update().get_or_create(series=series)
    row.last += 1
    row.save(update_fields=["last"])
    body = f"{series}{row.last:03d}"
    return body + str(sum(int(c) * (n % 9 + 1) for n, c in enumerate(body[2:])) % 10)
