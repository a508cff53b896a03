"""集中救助: many stranded people at once, one entry each; no hukou, no ID number needed.

Clause: LS23 二(一); OP18 四 (where it happened counts)
Move:   none      Right: urgent.gather      Says: nothing
"""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.kernel.errors import Invalid, NotFound
from doudi.kernel.sentences import Sentence
from doudi.regions import queries as regions
from doudi.urgent.actions.raise_help import new_number
from doudi.urgent.figures import MOST_PEOPLE, Entry, doubled
from doudi.urgent.models import GatheredPerson, Gathering


def gather(
    town: str, place: str, cause: str, on: dt.date, *, by: Staff, at: dt.datetime
) -> Gathering:
    """Opens a list for a town; Invalid without place and cause."""
    require(by, "urgent.gather", town)
    wrong = {} if place.strip() else {"place": "请填写地点"}
    wrong |= {} if cause.strip() else {"cause": "请填写原因"}
    wrong |= {} if len(town) == 9 and regions.exists(town) else {"town": "请选择镇（街道）"}
    if wrong:
        raise Invalid(wrong)
    with transaction.atomic():
        made = Gathering.objects.create(
            number=new_number("JZ", town, on),
            town=town,
            county=town[:6],
            place=place.strip(),
            cause=cause.strip(),
            on=on,
            at=at,
            by_id=str(by.pk),
            by_name=by.name,
        )
        _note(made, "urgent.gathered", by, {})
    return made


def add_people(
    gathering_id: UUID, entries: Sequence[Entry], *, by: Staff, at: dt.datetime
) -> tuple[int, int]:
    """Writes the entries at the end of the list; returns how many, and how many stood there.

    Who stands on the list already is kept and marked: a person looks at it. Marked lines do not
    count in any sum.
    """
    with transaction.atomic():
        found = Gathering.objects.select_for_update().filter(pk=gathering_id).first()
        if found is None:
            raise NotFound("没有这次集中救助")
        require(by, "urgent.gather", found.town)
        kept = list(found.people.all())
        if not entries or len(entries) > MOST_PEOPLE:
            raise Invalid({"people": Sentence("请填写名单，一次最多{most}人", most=MOST_PEOPLE)})
        numbers = {p.id_number.open() for p in kept if p.id_number}
        marks = doubled(entries, {p.name.open() for p in kept}, numbers)
        GatheredPerson.objects.bulk_create(
            _person(found, len(kept) + n, entry, twice, by, at)
            for n, (entry, twice) in enumerate(zip(entries, marks, strict=True), 1)
        )
        detail = {"people": len(entries), "twice": sum(marks)}
        _note(found, "urgent.people_added", by, detail)
    return len(entries), sum(marks)


def _person(
    found: Gathering, order: int, entry: Entry, twice: bool, by: Staff, at: dt.datetime
) -> GatheredPerson:
    return GatheredPerson(
        gathering=found,
        order=order,
        name=entry.name,
        id_number=entry.id_number,
        origin=entry.origin,
        given=list(entry.given),
        fen=entry.fen,
        twice=twice,
        at=at,
        by_name=by.name,
    )


def _note(found: Gathering, deed: str, by: Staff, detail: dict[str, int]) -> None:
    subject = f"gathering:{found.pk}"
    write(deed, actor=actor_of(by), subject=subject, chain=found.county, detail=detail)
