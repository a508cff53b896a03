"""Reading ledgers: whose rows they are, and what a row says; masked unless whole is asked for."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from doudi.accounts.models import Staff
from doudi.accounts.queries import rights_of
from doudi.benefits.figures import entitled
from doudi.benefits.queries import awards_in_sight, changes_by_award
from doudi.cases.flow import STAGE_NAMES, Stage
from doudi.cases.queries import visible
from doudi.clock.time import now, today
from doudi.discrepancies.catalog import results, words_of
from doudi.discrepancies.queries import ledger_rows
from doudi.exports import month
from doudi.exports.catalog import LEDGERS, LISTS, Ledger
from doudi.exports.flow import EXPIRED
from doudi.exports.lines import NOWHERE, Line, Row, Source, date, day, minute, places
from doudi.exports.models import Export
from doudi.exports.month import Asked
from doudi.kernel.errors import NotFound
from doudi.kernel.periods import Month
from doudi.people.queries import group_members, programmes_of
from doudi.policy.wording import PROGRAMMES
from doudi.redress.queries import appeals_for, complaints_for
from doudi.regions.queries import names_of
from doudi.supervision.worklist import rectifications
from doudi.support.queries import parts_for
from doudi.upkeep.flow import CAUSES
from doudi.upkeep.queries import Looked, looked_at
from doudi.urgent.queries import advances_of, calls
from doudi.vault.masking import mask_account, mask_id, mask_name, mask_phone

SEXES = {"male": "男", "female": "女"}
AREAS = {"urban": "城市", "rural": "农村"}
MASKS: Mapping[str, Callable[[str], str]] = {
    "name": mask_name,
    "id": mask_id,
    "phone": mask_phone,
    "account": mask_account,
}
FAMILIES = {
    "dibao": ("dibao", "single_person", "borderline", "expense_hardship"),
    "tekun": ("tekun",),
    "children": ("orphan", "unsupported_child"),
    "militia": ("railway_militia",),
    "temporary": ("temporary_aid",),
}
MARKS = {"death": "已故", "move": "迁出", "imprisoned": "服刑"}
PIECE = 500


def ledgers_for(staff: Staff) -> list[Ledger]:
    """The ledgers that the person may open."""
    rights = rights_of(staff)
    return [ledger for ledger in LEDGERS.values() if ledger.right in rights]


def ledger_for(key: str, staff: Staff, among: Mapping[str, Ledger] = LEDGERS) -> Ledger:
    """One of them; NotFound alike for an unknown one and for one that is not his."""
    found = among.get(key)
    if found is None or found.right not in rights_of(staff):
        raise NotFound("没有这本台账")
    return found


def source_of(ledger: Ledger, asked: Asked | None = None) -> Source:
    """Where its rows come from; a list behind a number has what was asked for beside it."""
    return month.source(asked or {}) if ledger.key in LISTS else SOURCES[ledger.key]


def count(ledger: Ledger, staff: Staff, asked: Asked | None = None) -> int:
    """How many rows the person sees; one query."""
    return source_of(ledger, asked).rows(staff).count()


def page(ledger: Ledger, staff: Staff, number: int, size: int) -> list[Row]:
    """One page of it, masked, numbered; a few queries."""
    source, first = SOURCES[ledger.key], (number - 1) * size
    found = list(source.rows(staff).order_by(*source.order)[first : first + size])
    lines = source.lines(found)
    return [masked(ledger, [first + n, *line.values]) for n, line in enumerate(lines, start=1)]


def pieces(ledger: Ledger, staff: Staff, asked: Asked | None = None) -> Iterator[list[Line]]:
    """Every row in order, by pieces; only the keys of the whole are in memory."""
    source = source_of(ledger, asked)
    rows = source.rows(staff)
    keys = list(rows.order_by(*source.order).values_list("pk", flat=True))
    for first in range(0, len(keys), PIECE):
        found = rows.in_bulk(keys[first : first + PIECE])
        yield source.lines([found[key] for key in keys[first : first + PIECE] if key in found])


def masked(ledger: Ledger, row: Row) -> Row:
    """The row as a page and an ordinary export show it."""
    columns = ledger.columns
    return [
        MASKS[c.kind](str(v)) if c.kind in MASKS and v else v
        for c, v in zip(columns, row, strict=True)
    ]


def _of_family(key: str) -> Callable[[Staff], QuerySet[Any]]:
    def rows(staff: Staff) -> QuerySet[Any]:
        return awards_in_sight(staff, str(Month.of(today())), FAMILIES[key])

    return rows


def _ended(staff: Staff) -> QuerySet[Any]:
    month = str(Month.of(today()))
    rows = awards_in_sight(staff, month).exclude(end_month="").exclude(monthly_fen=0)
    return rows.filter(end_month__lt=month)


def _awards(found: Sequence[Any]) -> list[Line]:
    where, keys = places(a.village for a in found), [a.pk for a in found]
    looked, changed = looked_at(keys), changes_by_award(found)
    return [
        Line(
            a.village,
            [
                *where.get(a.village, NOWHERE),
                a.number,
                a.payee_name,
                a.payee.id_number.open(),
                a.payee.phone.open() or "",
                a.household_size,
                a.covered,
                PROGRAMMES[a.programme][0] if a.programme in PROGRAMMES else a.programme,
                AREAS.get(a.area, ""),
                *_due(a),
                a.once_fen or None,
                a.bank,
                a.account.open() or "",
                a.start_month,
                a.end_month,
                *_looked(looked.get(a.pk)),
                "；".join(map(_changed, changed.get(a.pk, ()))),
                _mark(a, changed.get(a.pk, ())),
            ],
        )
        for a in found
    ]


def _due(award: Any) -> Row:
    """Base, top-ups and both as they are this month; of what is over or to come, its own last or
    first month's.
    """
    month = max(str(Month.of(today())), award.start_month)
    due = entitled(award, min(month, award.end_month or month))
    return [due.base, due.top_up, due.fen]


def _looked(found: Looked | None) -> Row:
    last, due = found or (None, None)
    return [day(last), date(due)]


def _changed(change: Any) -> str:
    said = f"{change.from_month} {change.get_what_display()}"
    return f"{said}（{CAUSES[change.reason].words}）" if change.reason in CAUSES else said


def _mark(award: Any, changed: Sequence[Any]) -> str:
    """死亡、迁出、服刑, as the offices mark a roster."""
    told = {word for change in changed for word in (change.what, change.reason)}
    told |= {"death"} if award.payee.died_on else set()
    return "、".join(words for key, words in MARKS.items() if key in told)


def _calls(found: Sequence[Any]) -> list[Line]:
    where = places(c.region[:12] for c in found)
    advances = advances_of(found)
    return [
        Line(c.region, [*where.get(c.region, NOWHERE), *_call(c, advances.get(c.pk))])
        for c in found
    ]


def _call(c: Any, paid: Any) -> Row:
    return [
        c.number,
        c.name.open() or "",
        c.phone.open() or "",
        c.kind_name,
        c.persons,
        c.get_channel_display(),
        minute(c.raised_at),
        minute(c.taken_at),
        c.taken_by,
        paid.amount_fen if paid and paid.signed_at else None,
        paid.signed_by if paid else "",
        date(paid.papers_due_on) if paid else "",
        day(paid.made_up_at) if paid else "",
        c.stage_name,
    ]


def _relatives(staff: Staff) -> QuerySet[Any]:
    return visible(staff).exclude(near_relative="")


def _cases(found: Sequence[Any]) -> list[Line]:
    where = places(c.village_id for c in found)
    return [
        Line(
            c.village_id,
            [
                *where.get(c.village_id, NOWHERE),
                c.number,
                c.applicant_name,
                c.near_relative,
                day(c.submitted_at),
                STAGE_NAMES[Stage(c.stage)],
                day(c.ended_at),
            ],
        )
        for c in found
    ]


def _parts(found: Sequence[Any]) -> list[Line]:
    where = places(p.village for p in found)
    return [
        Line(
            p.village,
            [
                *where.get(p.village, NOWHERE),
                p.file_number,
                p.whose,
                p.get_kind_display(),
                p.what,
                p.value_fen or None,
                p.supplier,
                date(p.promised_on),
                date(p.delivered_on),
                p.get_receipt_display(),
                p.get_state_display(),
            ],
        )
        for p in found
    ]


def _matters(kind: str) -> Callable[[Sequence[Any]], list[Line]]:
    def lines(found: Sequence[Any]) -> list[Line]:
        offices = names_of({m.office for m in found})
        return [
            Line(
                "",
                [
                    kind,
                    offices.get(m.office, ""),
                    m.get_kind_display() if kind == "投诉" else "不服处理决定",
                    day(m.filed_at),
                    date(m.due_on),
                    day(m.escalated_at),
                    day(m.answered_at),
                    m.answered_by,
                    m.get_state_display(),
                ],
            )
            for m in found
        ]

    return lines


def _rectified(found: Sequence[Any]) -> list[Line]:
    codes = [r.case.village_id if r.case else r.town for r in found]
    where = places(codes)
    return [
        Line(
            code,
            [
                *where.get(code, NOWHERE),
                r.number,
                r.case.number if r.case else "",
                r.get_ground_display(),
                r.text,
                r.demand,
                r.raised_by,
                day(r.raised_at),
                date(r.due_on),
                r.round,
                r.answer,
                r.answered_by,
                day(r.answered_at),
                r.word,
                r.closed_by,
                day(r.closed_at),
                r.get_state_display(),
            ],
        )
        for code, r in zip(codes, found, strict=True)
    ]


def _grouped(found: Sequence[Any]) -> list[Line]:
    """Who is listed, and what each receives: whoever receives nothing is to be looked for."""
    where, served = places(m.region_id for m in found), programmes_of(m.person_id for m in found)
    return [
        Line(
            m.region_id,
            [
                *where.get(m.region_id, NOWHERE),
                m.get_group_display(),
                m.person.name,
                m.person.id_number.open(),
                m.person.phone.open() or "",
                SEXES.get(m.person.sex, ""),
                date(m.person.born_on),
                m.basis.open() or "",
                date(m.from_on),
                date(m.until_on),
                "已故" if m.person.died_on else "",
                "、".join(PROGRAMMES[p][0] for p in served.get(m.person_id, ())) or "没有",
            ],
        )
        for m in found
    ]


def _inquiries(found: Sequence[Any]) -> list[Line]:
    where, about = places(i.village for i in found), results()
    return [
        Line(
            i.village,
            [
                *where.get(i.village, NOWHERE),
                i.number,
                i.award.payee_name if i.award else "",
                i.award.number if i.award else "",
                "；".join(f"{s} {words_of(s)}" for s in i.signals),
                day(i.opened_at),
                date(i.due_on),
                i.officer,
                day(i.asked_at),
                day(i.answered_at),
                "是" if i.objects_to_it else "",
                i.visited,
                i.get_state_display(),
                "；".join(f"{s} {about[c].zh}" for s, c in i.results.items() if c in about),
                day(i.closed_at),
                "是" if i.recheck_id else "",
            ],
        )
        for i in found
    ]


BY_VILLAGE = ("village", "number")
SOURCES: Mapping[str, Source] = {
    **{key: Source(_of_family(key), BY_VILLAGE, _awards) for key in FAMILIES},
    "ended": Source(_ended, ("village", "end_month", "number"), _awards),
    "urgent": Source(calls, ("region", "raised_at", "pk"), _calls),
    "relatives": Source(_relatives, ("village_id", "number"), _cases),
    "service": Source(
        lambda staff: parts_for(staff).select_related("case", "award"),
        ("village", "promised_on", "pk"),
        _parts,
    ),
    "rectify": Source(rectifications, ("town", "due_on", "pk"), _rectified),
    "warnings": Source(ledger_rows, ("village", "opened_at", "number"), _inquiries),
    "complaints": Source(complaints_for, ("filed_at", "pk"), _matters("投诉")),
    "appeals": Source(appeals_for, ("filed_at", "pk"), _matters("申诉")),
    "groups": Source(
        lambda staff: group_members(staff, "people.list"), ("region_id", "group", "pk"), _grouped
    ),
}


def exports_of(staff: Staff) -> list[Export]:
    """The person's own exports of late, newest first."""
    return list(Export.objects.filter(staff_id=staff.pk).exclude(state=EXPIRED)[:20])


def export_of(export_id: UUID, staff: Staff) -> Export:
    """One of the person's own; NotFound for another's."""
    found = Export.objects.filter(pk=export_id, staff_id=staff.pk).first()
    if found is None:
        raise NotFound("没有这份导出")
    return found


def is_over(export: Export) -> bool:
    """Whether the file's days have passed."""
    return bool(export.expires_at and export.expires_at < now())
