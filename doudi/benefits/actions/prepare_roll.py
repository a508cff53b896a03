"""编制发放名册: every award due in a county and month, once, and how it differs from last month.

What a line says (sums, account, persons covered) is kept with the roll, whatever becomes of the
award later. A roll that differs too much is held until a second person says why (P24).

Clause: SI649 art 12; DB57 art 25
Move:   -> DRAFT      Right: roll.prepare      Says: nothing
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.benefits.dues import DueLine, Waits, dues, why_nothing
from doudi.benefits.figures import Why, changed_share, differences, entitled, reference
from doudi.benefits.file import first_tries, last_month, lines_digest, standing
from doudi.benefits.flow import RollStage
from doudi.benefits.models import Attempt, Award, Payment, Roll, RollDifference, WaitingLine
from doudi.benefits.queries import covered_by_award, covered_count
from doudi.cases.queries import pack
from doudi.kernel.errors import Conflict, Invalid
from doudi.kernel.periods import Month
from doudi.kernel.sentences import Sentence
from doudi.vault.fields import new_id
from doudi.vault.rows import insert_many

UNLIFTED = {"lifted_by_id": "", "lifted_by": "", "lifted_at": None, "lifted_reason": ""}
SUMS = ["household_count", "person_count", "total_fen", "held", "changed_share", "lines_sha256"]


def prepare_roll(county: str, month: str, *, by: Staff | Actor, at: dt.datetime) -> Roll:
    """A draft roll; again while it is a draft gives it anew. Conflict once it was checked."""
    if isinstance(by, Staff):
        require(by, "roll.prepare", county)
    _check(county, month)
    actor = actor_of(by)
    with transaction.atomic():
        kept = Roll.objects.filter(county=county, month=month, kind="monthly")
        roll = kept.select_for_update().first()
        if roll and roll.stage != RollStage.DRAFT:
            raise Conflict("这个月的名册已经复核，不能重新编制")
        roll = roll or Roll(number=f"R{county}{month.replace('-', '')}", county=county, month=month)
        roll.prepared_by_id, roll.prepared_by, roll.prepared_at = actor.id, actor.name, at
        roll.version += 0 if roll._state.adding else 1
        for field, empty in UNLIFTED.items():
            setattr(roll, field, empty)
        _save(roll)
        _empty(roll)
        _compare(roll, _fill(roll), at)
        roll.lines_sha256 = lines_digest(roll)
        roll.save(update_fields=SUMS)
        write(
            "benefits.roll_prepared",
            actor=actor,
            subject=f"roll:{roll.pk}",
            chain=county,
            detail={"households": roll.household_count, "fen": roll.total_fen, "held": roll.held},
        )
    return roll


def _check(county: str, month: str) -> None:
    wrong = {} if len(county) == 6 else {"county": "请选择县区"}
    try:
        Month.parse(month)
    except ValueError:
        wrong["month"] = "月份要写成 2022-06 的样子"
    if wrong:
        raise Invalid(wrong)


def _save(roll: Roll) -> None:
    try:
        with transaction.atomic():
            roll.save()
    except IntegrityError:
        raise Conflict("别人刚刚编制了这个月的名册，请看过最新情况") from None


def _empty(roll: Roll) -> None:
    """Takes the former draft's lines away, in sets."""
    first_tries(roll).delete()
    roll.differences.all().delete()
    roll.waiting.all().delete()
    payments = roll.payments.all()
    payments._raw_delete(payments.db)


def _fill(roll: Roll) -> Why:
    """The payments and their first tries in sets; the database refuses anybody twice."""
    due = dues(roll.county, roll.month)
    lines = due.lines
    covered = covered_by_award(roll)
    keyed = [(new_id(), line) for line in lines]
    try:
        with transaction.atomic():
            rows = (_payment(key, roll, e, covered.get(e.award.pk, 0)) for key, e in keyed)
            insert_many(Payment, PAYMENT, rows)
    except IntegrityError:
        numbers = _doubled(lines, roll)
        raise Conflict(
            Sentence("同一人同月同类不能发两次，请先核对待遇：{numbers}", numbers=numbers)
        ) from None
    insert_many(Attempt, ATTEMPT, (_first_try(key, roll, line) for key, line in keyed))
    _hold_back(roll, due.waiting)
    roll.household_count = len({line.award.pk for line in lines})
    roll.person_count = covered_count(roll)
    roll.total_fen = sum(line.fen for line in lines)
    return {(line.award.pk, line.kind): line.why for line in lines}


def _hold_back(roll: Roll, waiting: Sequence[Waits]) -> None:
    """What waits for the next list is told with this one."""
    WaitingLine.objects.bulk_create(
        [
            WaitingLine(
                roll=roll,
                award=waits.line.award,
                first=waits.first,
                month=roll.month,
                kind=waits.line.kind,
                fen=waits.line.fen,
            )
            for waits in waiting
        ],
        batch_size=1_000,
    )


PAYMENT = (
    *("id", "end_to_end_id", "roll_id", "award_id", "person_id", "month", "kind"),
    *("amount_fen", "base_fen", "top_up_fen", "size", "covered"),
)
ATTEMPT = (
    *("id", "payment_id", "number", "end_to_end_id"),
    *("holder", "account", "account_index", "bank"),
)


def _payment(key: UUID, roll: Roll, line: DueLine, covered: int) -> tuple[Any, ...]:
    award, month = line.award, roll.month
    due = entitled(award, month)
    whole = line.kind == award.programme  # arrears and extras have no base of their own
    parts = (due.base, due.top_up) if whole else (0, 0)
    about = (roll.pk, award.pk, award.payee_id, month, line.kind)
    name = reference(award.number, line.since or month, line.kind)
    return (key, name, *about, line.fen, *parts, award.household_size, covered)


def _first_try(payment: UUID, roll: Roll, line: DueLine) -> tuple[Any, ...]:
    """To the account that stands today; a change from now on concerns the next try."""
    award = line.award
    name = reference(award.number, line.since or roll.month, line.kind)
    to = (award.payee_name, award.account.open() or "", award.account_index, award.bank)
    return (new_id(), payment, 1, name, *to)


def _compare(roll: Roll, why: Why, at: dt.datetime) -> None:
    """Every difference to last month is kept; too many of them hold the roll."""
    before = last_month(roll)
    if not before:
        roll.held, roll.changed_share = False, 0
        return
    lines = standing(first_tries(roll))
    ended = {award for award, aid in before if (award, aid) not in lines}
    gone = Award.objects.filter(pk__in=ended).defer("account")
    why |= {
        (a.pk, a.programme): why_nothing(a, roll.month)
        for a in gone
        if (a.pk, a.programme) not in lines  # where only arrears end, the award goes on
    }
    found = differences(before, lines, why, roll.month)
    RollDifference.objects.bulk_create(
        [
            RollDifference(
                roll=roll,
                award_id=d.award_id,
                aid=d.aid,
                kind=d.kind,
                reason=d.reason,
                before_fen=d.before_fen,
                now_fen=d.now_fen,
            )
            for d in found
        ],
        batch_size=1_000,
    )
    book, on = pack().book, at.date()
    households, share = changed_share(found, len({award for award, _aid in before}))
    limit = book.general("payments.brake_share", on)
    roll.changed_share = share
    roll.held = share > limit and households >= book.general("payments.brake_floor", on)


def _doubled(lines: list[DueLine], roll: Roll) -> list[str]:
    """The numbers of the awards that would pay somebody twice."""
    times = Counter((line.award.payee_id, line.kind) for line in lines)
    people = {line.award.payee_id for line in lines}
    paid = Payment.objects.filter(month=roll.month, person__in=people)
    elsewhere = set(paid.exclude(roll=roll).values_list("person_id", "kind"))
    named = [(line.award.number, (line.award.payee_id, line.kind)) for line in lines]
    return sorted({number for number, key in named if times[key] > 1 or key in elsewhere})
