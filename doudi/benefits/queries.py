"""Reading awards, rolls and payments."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value

from doudi.accounts.models import Staff
from doudi.accounts.queries import in_scope, inside, may, scope
from doudi.benefits.figures import entitled
from doudi.benefits.flow import PaymentStage, RollStage
from doudi.benefits.models import (
    Attempt,
    Award,
    AwardChange,
    AwardPerson,
    Payment,
    Roll,
    WaitingLine,
)
from doudi.cases.parts import account_declared
from doudi.kernel.errors import NotFound
from doudi.vault.masking import mask_account, mask_name


def awards_due(county: str, month: str) -> QuerySet[Award]:
    """Awards of a county that have begun and not ended in a month."""
    begun = Award.objects.filter(county=county, start_month__lte=month)
    paid = Q(monthly_fen__gt=0) | Q(once_fen__gt=0, start_month=month)
    return begun.filter(paid).filter(Q(end_month="") | Q(end_month__gte=month))


def awards_of_programmes(programmes: Sequence[str], month: str) -> list[Award]:
    """Awards of these programmes, in every county, that have begun and not ended in a month."""
    begun = Award.objects.filter(programme__in=programmes, start_month__lte=month)
    living = begun.filter(Q(end_month="") | Q(end_month__gte=month))
    return list(living.prefetch_related("persons__person").order_by("county", "number"))


def covered_count(roll: Roll) -> int:
    """How many persons a roll's awards cover then: in single-person cover fewer than live there."""
    lines = Payment.objects.filter(roll=roll).values("award")
    covered = AwardPerson.objects.filter(award__in=lines, from_month__lte=roll.month)
    return covered.filter(Q(until_month="") | Q(until_month__gte=roll.month)).count()


def award_of_case(case_id: UUID) -> Award | None:
    """The award a case led to; after a move the one that runs now."""
    return Award.objects.filter(case_id=case_id).order_by("-start_month").first()


def named_in_journal(case_id: UUID) -> QuerySet[Any, tuple[str, UUID]]:
    """What the journal calls the awards of a case, after a move too; nothing is read yet."""
    rows = Award.objects.filter(case_id=case_id).order_by()
    return rows.annotate(kind=Value("award")).values_list("kind", "pk")


def award(award_id: UUID) -> Award:
    """One award; NotFound when there is none."""
    found = Award.objects.filter(pk=award_id).select_related("payee").first()
    if found is None:
        raise NotFound("没有这笔待遇")
    return found


def change(change_id: UUID) -> AwardChange:
    """One change of an award, with the award; NotFound when there is none."""
    found = AwardChange.objects.filter(pk=change_id).select_related("award").first()
    if found is None:
        raise NotFound("没有这次变动")
    return found


def changes_of(award: Award) -> list[AwardChange]:
    """An award's changes in order."""
    return list(award.changes.all())


def changes_by_award(awards: Sequence[Award]) -> dict[UUID, list[AwardChange]]:
    """The changes of some awards in order; one query."""
    found: dict[UUID, list[AwardChange]] = {}
    for made in AwardChange.objects.filter(award__in=awards).order_by("order"):
        found.setdefault(made.award_id, []).append(made)
    return found


def rolls(staff: Staff) -> QuerySet[Roll]:
    """The rolls of the counties where `staff` may look, and those with a line of the own town."""
    whole = in_scope(Roll.objects.all(), staff, "roll.view", "county")
    if not _towns(staff):
        return whole
    own = in_scope(Payment.objects.all(), staff, "roll.view", "award__town")
    return Roll.objects.filter(
        Q(pk__in=whole.values("pk")) | Exists(own.filter(roll=OuterRef("pk")))
    )


def roll(roll_id: UUID, staff: Staff) -> Roll:
    """One roll; NotFound outside the scope. What of it may be read, payments_seen() says."""
    found = rolls(staff).filter(pk=roll_id).first()
    if found is None:
        raise NotFound("没有这份名册")
    return found


def _towns(staff: Staff) -> list[str]:
    return [stem for stem in scope(staff, "roll.view") if len(stem) > 6]


def towns_of(roll: Roll, staff: Staff) -> list[str]:
    """The towns whose lines `staff` may read of this roll; none: the whole roll is open."""
    if may(staff, "roll.view", roll.county):
        return []
    return [stem for stem in _towns(staff) if stem.startswith(roll.county)]


def payments_seen(roll: Roll, staff: Staff) -> QuerySet[Payment]:
    """The lines that `staff` may read: all of the county's, or those of the own town."""
    if may(staff, "roll.view", roll.county):
        return roll.payments.all()
    return in_scope(roll.payments.all(), staff, "roll.view", "award__town")


def waiting_seen(roll: Roll, staff: Staff) -> list[WaitingLine]:
    """What waits for the next list, of the towns that `staff` may read; one query."""
    rows = roll.waiting.select_related("award", "first").order_by("award__number", "kind")
    whole = may(staff, "roll.view", roll.county)
    return list(rows if whole else in_scope(rows, staff, "roll.view", "award__town"))


def waiting_of(awards: Sequence[Award]) -> dict[UUID, WaitingLine]:
    """What of these awards waits for the next list still, on none since it was told; one query."""
    later = Payment.objects.filter(award=OuterRef("award"), month__gt=OuterRef("month"))
    rows = WaitingLine.objects.filter(~Exists(later), award__in=awards).order_by("month")
    return {line.award_id: line for line in rows}


def towns_with_lines(roll: Roll, staff: Staff) -> list[str]:
    """The towns of the lines that `staff` may read, by code; one query."""
    seen = payments_seen(roll, staff)
    return sorted(set(seen.order_by().values_list("award__town", flat=True).distinct()))


def lines_of_town(roll: Roll, staff: Staff, town: str) -> list[Payment]:
    """A town's lines that `staff` may read, household by household; two queries."""
    mine = payments_seen(roll, staff).filter(award__town=town).select_related("award__payee")
    ordered = mine.order_by("award__village", "award__number", "kind")
    return list(ordered.prefetch_related("award__persons"))


@dataclass(frozen=True)
class Part:
    """Households (or lines, where it says so) and fen of some part of a roll."""

    households: int = 0
    fen: int = 0


def town_parts(rolls: Sequence[Roll], staff: Staff) -> dict[UUID, Part]:
    """What the own town's lines come to, of each roll that is not open as a whole; one query."""
    rolls = [roll for roll in rolls if towns_of(roll, staff)]
    if not rolls:
        return {}
    seen = in_scope(Payment.objects.filter(roll__in=rolls), staff, "roll.view", "award__town")
    rows = seen.values("roll").annotate(n=Count("award", distinct=True), fen=Sum("amount_fen"))
    return {row["roll"]: Part(row["n"], row["fen"]) for row in rows}


@dataclass(frozen=True)
class Line:
    """One line of a roll as it is shown: masked."""

    payment: Payment
    name: str
    account: str


def lines(payments: QuerySet[Payment], page: int = 1, size: int = 50) -> list[Line]:
    """One page of a roll's lines, by village and number, to the account it was made for; one query.

    An account that was changed since concerns the next try, never what stands here.
    """
    start = (max(page, 1) - 1) * size
    tries = Attempt.objects.filter(payment__in=payments, number=1).select_related("payment__award")
    rows = tries.order_by("payment__award__village", "payment__award__number", "payment__kind")
    return [
        Line(t.payment, mask_name(t.holder), mask_account(t.account.open() or ""))
        for t in rows[start : start + size]
    ]


def covered_by_award(roll: Roll) -> dict[UUID, int]:
    """How many persons each award of a roll's county covers in its month; one query."""
    covered = AwardPerson.objects.filter(award__county=roll.county, from_month__lte=roll.month)
    living = covered.filter(Q(until_month="") | Q(until_month__gte=roll.month)).order_by()
    rows = living.values("award_id").annotate(n=Count("pk"))
    return {row["award_id"]: row["n"] for row in rows}


def cases_with_a_living_award(county: str, month: str) -> dict[str, UUID]:
    """The cases of a county whose award runs in a month, by number; one query.

    An award that was taken over from another system has no case here and is not among them.
    """
    living = Award.objects.filter(county=county, start_month__lte=month, case_id__isnull=False)
    rows = living.filter(Q(end_month="") | Q(end_month__gte=month)).values_list("number", "case_id")
    return {number.removeprefix("A"): pk for number, pk in rows if pk}


@dataclass(frozen=True)
class Living:
    """An award that runs, with the keys by which others like it are found."""

    award: UUID
    household: UUID
    county: str
    case: UUID | None
    account: str
    phone: str
    is_dead: bool
    declared: str | None  # the account's key in the application; None where it was not kept


def awards_to_ask_about(month: str) -> list[Living]:
    """The awards of a month about which a rule of doubt may ask, and no others: account or phone
    shared with another household, somebody on file as dead, another account than was declared.
    """
    begun = Award.objects.filter(start_month__lte=month, monthly_fen__gt=0)
    rows = begun.filter(Q(end_month="") | Q(end_month__gte=month))
    gone = AwardPerson.objects.filter(award=OuterRef("pk"), person__died_on__isnull=False)
    told = rows.annotate(gone=Exists(gone), declared=Subquery(account_declared("case_id")))
    other = Q(account_index=None) | ~Q(account_index=F("declared"))
    asked = (
        Q(account_index__in=_shared(rows, "account_index"))
        | Q(payee__phone_index__in=_shared(rows, "payee__phone_index"))
        | Q(gone=True)
        | Q(declared=None, case_id__isnull=False)
        | other & ~Q(declared="") & Q(declared__isnull=False)
    )
    columns = ("pk", "household_id", "county", "case_id", "account_index", "payee__phone_index")
    found = told.filter(asked).order_by("number").values_list(*columns, "gone", "declared")
    return [
        Living(pk, home, county, case, account or "", phone or "", dead, declared)
        for pk, home, county, case, account, phone, dead, declared in found
    ]


def _shared(rows: QuerySet[Award], key: str) -> QuerySet[Award, Any]:
    """The keys that awards of several households have, as a subquery."""
    homes = rows.exclude(**{key: None}).order_by().values(key)
    return homes.annotate(n=Count("household_id", distinct=True)).filter(n__gt=1).values(key)


def persons_of(award: Award) -> list[UUID]:
    """The persons an award covers."""
    return list(award.persons.values_list("person_id", flat=True))


def was_taken_back(roll_id: UUID) -> bool:
    """Whether a roll that was once released waits for its release again."""
    waits = (RollStage.DRAFT, RollStage.CHECKED)
    return Roll.objects.filter(pk=roll_id, stage__in=waits, withdrawn_at__isnull=False).exists()


def payments_to_tell(roll_id: UUID) -> list[Payment]:
    """Those of a month's roll that are told: of who applied here, and whatever came back.

    Of awards that were taken over only what came back: nobody there asked for a message a month.
    """
    told = Q(award__case_id__isnull=False) | Q(stage=PaymentStage.RETURNED)
    rows = Payment.objects.filter(told, roll_id=roll_id, roll__kind="monthly")
    return list(rows.select_related("award"))


def payment(payment_id: UUID) -> Payment:
    """One payment with its award; NotFound when there is none."""
    found = Payment.objects.filter(pk=payment_id).select_related("award").first()
    if found is None:
        raise NotFound("没有这笔发放")
    return found


def payments_of_file(file_id: UUID) -> list[Payment]:
    """The payments that a file tries again."""
    tried = Payment.objects.filter(attempts__file=file_id)
    return list(tried.select_related("award").distinct())


def paid_at_once(roll_id: UUID) -> Payment | None:
    """The one line of a roll that was released by itself; None for a month's roll."""
    lines = Payment.objects.filter(roll_id=roll_id, roll__kind="once")
    return lines.select_related("award").first()


def payment_of_decision(decision_id: UUID) -> Payment | None:
    """What was paid at once on a decision, such as an advance."""
    return Payment.objects.filter(award__decision_id=decision_id, roll__kind="once").first()


def payments_of(award: Award) -> list[Payment]:
    """What was paid under an award, newest month first."""
    return list(award.payments.order_by("-month"))


def recorded(award: Award) -> list[QuerySet[Any]]:
    """The changes of an award, what was paid under it, what waited; nothing is read yet."""
    return [award.changes.all(), award.payments.all(), award.waits.all()]


def held_rows(cases: Iterable[UUID]) -> list[QuerySet[Any]]:
    """Awards and payments of some cases, for the household's own file; nothing is read yet."""
    mine = list(cases)
    awards = Award.objects.filter(case_id__in=mine)
    return [awards, Payment.objects.filter(award__case_id__in=mine)]


def awards_in_sight(staff: Staff, month: str, programmes: Sequence[str] = ()) -> QuerySet[Award]:
    """The awards where `staff` may see rolls, of these programmes (none named: of all), with how
    many each covers who has not left it before a month.
    """
    rows = in_scope(Award.objects.all(), staff, "roll.view", "village")
    rows = rows.filter(programme__in=programmes) if programmes else rows
    staying = Q(persons__until_month="") | Q(persons__until_month__gte=month)
    return rows.select_related("payee").annotate(covered=Count("persons", filter=staying))


# --- the month in numbers ------------------------------------------------------------------

AT_THE_BANK = (RollStage.SENT.value, RollStage.SETTLED.value)


def sent_rolls(stem: str, first: str, last: str) -> QuerySet[Roll]:
    """The rolls of a city's or county's months that have gone to the bank."""
    rows = Roll.objects.filter(inside(stem, "county"), stage__in=AT_THE_BANK)
    return rows.filter(month__gte=first, month__lte=last)


def sent_lines(stem: str, first: str, last: str) -> QuerySet[Payment]:
    """A town's or village's lines of these rolls, without what the bank returned."""
    place = {"award__town": stem[:9]} | ({"award__village": stem} if len(stem) > 9 else {})
    # By the town's awards and their months: a county's roll holds twenty towns.
    rows = Payment.objects.filter(**place, month__gte=first, month__lte=last)
    rows = rows.filter(roll__in=sent_rolls(stem[:6], first, last))
    return rows.exclude(stage=PaymentStage.RETURNED.value)


def told_to_province(county: str, month: str) -> Iterator[dict[str, Any]]:
    """Running awards of a county in a month as another system is told of them; two queries."""
    covered = {
        row["award"]: row["n"]
        for row in AwardPerson.objects.filter(award__county=county, from_month__lte=month)
        .filter(Q(until_month="") | Q(until_month__gte=month))
        .values("award")
        .annotate(n=Count("pk"))
    }
    rows = awards_due(county, month).select_related("payee").order_by("number")
    for award in rows:
        due = entitled(award, month)
        yield {
            "number": award.number,
            "name": award.payee_name,
            "id_number": str(award.payee.id_number.open()),
            "programme": award.programme,
            "area": award.area,
            "village": award.village,
            "persons": covered.get(award.pk, award.household_size),
            "monthly_fen": due.fen,
            "start_month": award.start_month,
        }
