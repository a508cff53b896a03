"""Reading exchanges with the province."""

from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from doudi.accounts.models import Staff
from doudi.accounts.queries import CITY, may
from doudi.benefits.queries import told_to_province
from doudi.kernel.errors import Missing, NotFound
from doudi.kernel.sentences import Sentence
from doudi.province.catalog import template
from doudi.province.figures import Row, to_theirs
from doudi.province.flow import LINES
from doudi.province.models import Difference, Exchange
from doudi.vault.masking import mask_id, mask_name

MASKS = {"id_number": mask_id, "name": mask_name}


def exchanges(staff: Staff) -> QuerySet[Exchange]:
    """All of them, newest first; nothing for whoever may not exchange."""
    rows = Exchange.objects.select_related("staff", "of")
    return rows if may(staff, "province.exchange", CITY) else rows.none()


def exchange(exchange_id: UUID, staff: Staff) -> Exchange:
    """One of them; NotFound otherwise."""
    found = exchanges(staff).filter(pk=exchange_id).first()
    if found is None:
        raise NotFound("没有这次交换")
    return found


def line_counts(of: Exchange) -> dict[str, int]:
    """How many lines of an export stand in which state."""
    rows = of.lines.values_list("state").annotate(Count("pk")).order_by("state")
    told: dict[str, Any] = dict.fromkeys(LINES, 0)
    return told | dict(rows)


def our_rows(county: str, month: str) -> list[Row]:
    """What we hold, in the province's words; Missing where the template lacks a code."""
    try:
        return [to_theirs(template(), told) for told in told_to_province(county, month)]
    except KeyError as lacking:
        raise Missing([Sentence("上报模板缺少代码：{code}", code=str(lacking.args[0]))]) from None


def shown(difference: Difference) -> Difference:
    """With both values as a page may show them: ID numbers and names masked."""
    sources = {column.heading: column.ours for column in template().columns}
    hide = MASKS.get(sources.get(difference.heading, ""), str)
    difference.shown_ours = hide(difference.ours.open() or "")  # type: ignore[attr-defined]
    difference.shown_theirs = hide(difference.theirs.open() or "")  # type: ignore[attr-defined]
    return difference


def kept_names() -> set[str]:
    """Names of the sealed files that rows point to."""
    return set(Exchange.objects.exclude(stored_name="").values_list("stored_name", flat=True))
