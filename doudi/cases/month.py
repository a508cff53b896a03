"""A month's cases as rows to be counted or listed: whoever counts and whoever lists asks here."""

import datetime as dt

from django.db.models import Case as Choice
from django.db.models import CharField, F, Q, QuerySet, Value, When

from doudi.cases.flow import Stage
from doudi.cases.models import Case, Decision, Spell
from doudi.regions.queries import beside

DECIDED = (Stage.CONFIRMED.value, Stage.REFUSED.value)
LATE, IN_TIME = "1", "0"


def at_place(stem: str, path: str = "") -> Q:
    """Of a city, county or town by the town, of a village by the village."""
    return beside(stem, f"{path}village_id" if len(stem) > 9 else f"{path}town")


def received(stem: str, since: dt.datetime, until: dt.datetime) -> QuerySet[Case]:
    """Submitted between two instants, whatever became of it."""
    return Case.objects.filter(at_place(stem), submitted_at__gte=since, submitted_at__lt=until)


def accepted(stem: str, first: dt.date, after: dt.date) -> QuerySet[Case]:
    """Accepted from a day on until before another."""
    return Case.objects.filter(at_place(stem), accepted_on__gte=first, accepted_on__lt=after)


def ended(stem: str, first: dt.date, after: dt.date) -> QuerySet[Case]:
    """Ended in these days; `late` tells those decided after their last day."""
    late = When(stage__in=DECIDED, ended_on__gt=F("due_on"), then=Value(LATE))
    rows = Case.objects.filter(at_place(stem), ended_on__gte=first, ended_on__lt=after)
    return rows.annotate(late=Choice(late, default=Value(IN_TIME), output_field=CharField()))


def standing(stem: str, first: dt.datetime, last: dt.datetime) -> QuerySet[Spell]:
    """The stages in which open cases stood at the one instant, or at the later one, or at both."""
    still, over = _stood(first, last)
    return Spell.objects.filter(at_place(stem), still | over)


def standing_parts(stem: str, first: dt.datetime, last: dt.datetime) -> list[QuerySet[Spell]]:
    """The same rows in two parts, each one stretch of an index: an OR over both could be none."""
    return [Spell.objects.filter(at_place(stem), part) for part in _stood(first, last)]


def _stood(first: dt.datetime, last: dt.datetime) -> tuple[Q, Q]:
    """Spells not over yet, and spells over since; begun before the later instant."""
    still = Q(until_at__isnull=True, since_at__lt=last)
    over = Q(until_at__gte=first, since_at__lt=last)
    return still, over & (Q(since_at__lt=first) | Q(until_at__gte=last))


def stood_at(instant: dt.datetime) -> Q:
    """Spells that had begun before an instant and were not over at it."""
    return Q(since_at__lt=instant) & (Q(until_at__isnull=True) | Q(until_at__gte=instant))


def passed(stem: str, since: dt.datetime, until: dt.datetime) -> QuerySet[Spell]:
    """Stages that cases left between two instants, with their working days."""
    return Spell.objects.filter(at_place(stem), until_at__gte=since, until_at__lt=until)


def granted(stem: str, first: dt.date, after: dt.date) -> QuerySet[Decision]:
    """The standing decisions that grant something, of cases ended in these days."""
    days = {"case__ended_on__gte": first, "case__ended_on__lt": after}
    rows = Decision.objects.filter(at_place(stem, "case__"), granted=True, set_aside_at=None)
    return rows.filter(**days)
