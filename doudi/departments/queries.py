"""Reading data clerks and what came; a clerk sees his own department's alone."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from doudi.accounts.models import Staff
from doudi.accounts.queries import rights_of
from doudi.clock.time import CHINA
from doudi.departments.catalog import cycle
from doudi.departments.figures import Due, due
from doudi.departments.flow import CAME, OPEN
from doudi.departments.models import Clerk, Upload
from doudi.kernel.errors import NotFound
from doudi.verification.catalog.items import Item, items
from doudi.verification.dues import newest_of, open_asks

NONE = "没有这项数据"
HEAVY = ("faults", "reasons")


def agency_of(staff: Staff) -> str:
    """The department a clerk speaks for; "" for whoever is seated nowhere."""
    if "delivery.view" not in rights_of(staff):
        return ""
    return Clerk.objects.filter(staff=staff).values_list("agency", flat=True).first() or ""


def clerks() -> list[Clerk]:
    """Every data clerk, by department and account."""
    rows = Clerk.objects.select_related("staff").order_by("agency", "staff__account")
    return list(rows)


def items_of(agency: str) -> list[Item]:
    """A department's items in the order of the catalogue."""
    return [item for item in items() if item.agency == agency]


def catalogue_for(staff: Staff) -> list[Item]:
    """A clerk's own items; everything for the offices of civil affairs."""
    rights = rights_of(staff)
    if "delivery.view" in rights:
        return items_of(agency_of(staff))
    return list(items()) if "catalogue.view" in rights else []


def own_item(agency: str, code: str) -> Item:
    """One of a department's items; NotFound for another's and for none alike."""
    for item in items_of(agency):
        if item.code == code:
            return item
    raise NotFound(NONE)


def uploads_of(agency: str, code: str = "") -> QuerySet[Upload]:
    """What came from a department, newest first, without the lists of faults."""
    rows = Upload.objects.filter(agency=agency).select_related("staff").defer(*HEAVY)
    return rows.filter(item=code) if code else rows


def upload_of(agency: str, upload_id: UUID) -> Upload:
    """One file of the department; NotFound for another's and for none alike."""
    rows = Upload.objects.filter(pk=upload_id, agency=agency).select_related("staff", "delivery")
    found = rows.first() if agency else None
    if found is None:
        raise NotFound("没有这份回执")
    return found


def receipt(upload_id: UUID) -> Upload:
    """By its unguessable id alone: for the machine that sent it."""
    found = Upload.objects.filter(pk=upload_id).select_related("delivery").first()
    if found is None:
        raise NotFound("没有这份回执")
    return found


def sent_already(code: str, sha256: str) -> Upload | None:
    """The receipt of these very bytes, if they are being checked or were taken in."""
    return Upload.objects.filter(item=code, sha256=sha256, state__in=CAME).first()


def signed_already(signature: str) -> Upload | None:
    """The receipt of the manifest that bears this signature, whatever came of it."""
    return Upload.objects.filter(signature=signature).exclude(signature="").first()


def waiting_numbers(code: str) -> list[int]:
    """Numbers of signed deliveries of an item that wait for their check."""
    rows = Upload.objects.filter(item=code, state__in=OPEN, sequence__isnull=False)
    return [n for n in rows.values_list("sequence", flat=True) if n is not None]


def standing(agency: str, on: dt.date) -> list[dict[str, Any]]:
    """Item by item: when it is due, what came last, and what is being checked; two queries."""
    mine = items_of(agency)
    return _standing(mine, on, _checked([item.code for item in mine]))


def standing_everywhere(on: dt.date) -> list[dict[str, Any]]:
    """The same for every item of every department, without what is being checked; one query."""
    return _standing(list(items()), on, {})


def _standing(mine: list[Item], on: dt.date, checked: Mapping[str, Upload]) -> list[dict[str, Any]]:
    newest = newest_of([item.code for item in mine])
    return [
        {
            "item": item,
            "due": _due(item, on, newest.get(item.code)),
            "last": newest.get(item.code),
            "upload": checked.get(item.code),
        }
        for item in mine
    ]


def standing_of_all(on: dt.date) -> dict[str, list[tuple[str, str, str]]]:
    """Department -> code, state and due day of each item; one query."""
    newest = newest_of(item.code for item in items())
    told: dict[str, list[tuple[str, str, str]]] = {}
    for item in items():
        found = _due(item, on, newest.get(item.code))
        line = (item.code, found.state, f"{item.zh} {found.due_on.isoformat()}")
        told.setdefault(item.agency, []).append(line)
    return told


def _due(item: Item, on: dt.date, last: Any) -> Due:
    when = cycle(item.cycle)
    if last is None:
        return due(when, on, "", None)
    return due(when, on, last.period, last.received_at.astimezone(CHINA).date())


def _checked(codes: Iterable[str]) -> dict[str, Upload]:
    """The newest file of each item."""
    rows = Upload.objects.filter(item__in=list(codes)).defer(*HEAVY).order_by("received_at")
    return {row.item: row for row in rows.filter(_still_told())}


def _still_told() -> Q:
    """Files under check, and those that were sent back: what the clerk must see."""
    return Q(state__in=[*OPEN, "refused"])


def kept_names() -> set[str]:
    """Names of the sealed files that rows point to."""
    pairs = Upload.objects.values_list("stored_name", "errors_name")
    return {name for pair in pairs for name in pair if name}


def asks_for(staff: Staff, on: dt.date) -> list[Any]:
    """What the clerk's department owes about single persons."""
    return list(open_asks([item.code for item in items_of(agency_of(staff))], on))


def batches_for(staff: Staff, on: dt.date) -> list[dict[str, Any]]:
    """The same by request: how many persons, which items."""
    found: dict[UUID, dict[str, Any]] = {}
    for ask in asks_for(staff, on):
        batch = found.setdefault(
            ask.asked.request_id, {"request": ask.asked.request, "persons": set(), "items": set()}
        )
        batch["persons"].add(ask.asked_id)
        batch["items"].add(ask.item)
    return [
        batch | {"persons": len(batch["persons"]), "items": sorted(batch["items"])}
        for batch in found.values()
    ]


def asks_of_batch(staff: Staff, request_id: UUID, on: dt.date) -> list[Any]:
    """One request's; NotFound where nothing is owed, and for another department's."""
    found = [ask for ask in asks_for(staff, on) if ask.asked.request_id == request_id]
    if not found:
        raise NotFound("没有待答复的核对请求")
    return found


def ask_for(staff: Staff, answer_id: UUID, on: dt.date) -> Any:
    """One of them; NotFound alike."""
    for ask in asks_for(staff, on):
        if ask.pk == answer_id:
            return ask
    raise NotFound("没有待答复的核对请求")
