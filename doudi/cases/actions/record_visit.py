"""入户调查: what two people saw, with the values they adopt in place of the declared ones.

Clause: DB57 art 16
Move:   ACCEPTED, ASSESSED stay      Right: case.visit      Says: nothing
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import names_of
from doudi.cases.actions.move import locked, move
from doudi.cases.facts import adopt
from doudi.cases.models import Case, HomeVisit
from doudi.kernel.errors import Invalid
from doudi.kernel.sentences import Sentence
from doudi.policy.reader import FactError

CONCLUSIONS = ("true", "partly", "untrue")


@dataclass(frozen=True)
class Seen:
    """A visit: day, visitors (staff ids, two or more), who was there, what was found."""

    on: dt.date
    visitor_ids: tuple[str, ...]
    present: str
    conclusion: str
    findings: Mapping[str, Any] = field(default_factory=dict)
    adopted: Mapping[str, Any] = field(default_factory=dict)


def record_visit(
    case_id: UUID, seen: Seen, *, version: int | None, by: Staff, at: dt.datetime
) -> Case:
    """Invalid for fewer than two visitors, a day outside the case, or a value that cannot be."""
    names = names_of(seen.visitor_ids)
    with transaction.atomic():
        case = locked(case_id, version)
        _check(case, seen, names, at)
        facts, origins = _adopted(case, seen.adopted, "visited")
        move(
            case,
            "record_visit",
            by=by,
            at=at,
            version=version,
            note=Sentence("入户调查：{who}", who=list(names.values())),
            facts=facts,
            origins=origins,
        )
        HomeVisit.objects.create(
            case=case,
            at=case.last_event_at,
            by_id=str(by.pk),
            by_name=by.name,
            on=seen.on,
            visitors=[{"id": i, "name": n} for i, n in names.items()],
            present=seen.present,
            findings=dict(seen.findings),
            conclusion=seen.conclusion,
        )
    return case


def _check(case: Case, seen: Seen, names: Mapping[str, str], at: dt.datetime) -> None:
    wrong = {}
    if len(names) < 2:
        wrong["visitors"] = "入户调查要有两名以上调查人"
    if not (case.accepted_on and case.accepted_on <= seen.on <= at.date()):
        wrong["on"] = "入户日期应在受理之后、今天以前"
    if not seen.present.strip():
        wrong["present"] = "请填写在场的家庭成员"
    if seen.conclusion not in CONCLUSIONS:
        wrong["conclusion"] = "请选择调查结论"
    if wrong:
        raise Invalid(wrong)


def _adopted(
    case: Case, adopted: Mapping[str, Any], origin: str
) -> tuple[dict[str, Any], dict[str, str]]:
    facts, origins = case.facts.open(), dict(case.origins)
    for path, value in adopted.items():
        try:
            facts = adopt(facts, path, value)
        except FactError as error:
            raise Invalid({path: error.message}) from None
        except (KeyError, IndexError, TypeError):
            raise Invalid({path: "没有这一项"}) from None
        origins[path] = origin
    return facts, origins
