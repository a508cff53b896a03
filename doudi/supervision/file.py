"""A case as the auditor replays it: every look, deed, rule version and figure, in its order."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from doudi.accounts.models import Staff
from doudi.accounts.queries import require
from doudi.attachments.intake import attachments_of
from doudi.audit.anchors import anchored
from doudi.audit.journal import as_values
from doudi.audit.queries import story_of, stretch
from doudi.benefits import queries as benefits
from doudi.cases.file import CaseFile
from doudi.cases.queries import case_by_id
from doudi.kernel.errors import NotAllowed, NotFound
from doudi.policy.assess import recompute, rules_version
from doudi.verification import queries as verification

# Which table holds what a deed brought with it; the n-th deed of a kind brought the n-th row.
BROUGHT = {
    "case.record_visit": "HomeVisit",
    "case.call_appraisal": "AppraisalCall",
    "case.record_appraisal": "Appraisal",
    "case.record_panel": "Panel",
    "case.record_conference": "Conference",
    "case.assess": "Assessment",
    "case.review": "Opinion",
    "case.publish_notice": "PublicNotice",
    "case.mark_relative": "RelativeMark",
    "case.allow_over_year": "YearWord",
    "case.confirm": "Decision",
    "case.refuse": "Decision",
    "case.ask_for_more": "Supplement",
}


@dataclass(frozen=True)
class Again:
    """An assessment computed once more from what was stored with it."""

    assessment: Any
    holds: bool  # the same findings and the same amount
    same_rules: bool  # the formulas of today are those of then
    fen: int


@dataclass(frozen=True)
class Moment:
    """One line of the replay: the journal's entry, what it brought into the case, its words."""

    entry: Any
    part: Any
    step: Any
    again: Again | None


@dataclass(frozen=True)
class Replay:
    """A case with its moments, from the first signature to the last look."""

    file: CaseFile
    moments: Sequence[Moment]


def replay(case_id: UUID, staff: Staff) -> Replay:
    """NotFound alike for an unknown case and for one outside the auditor's counties."""
    case = case_by_id(case_id)
    try:
        require(staff, "audit.view", case.county)
    except NotAllowed:
        raise NotFound("没有这个办件") from None
    file = CaseFile(case)
    return Replay(file, _moments(file, story_of(subjects_of(file))))


def subjects_of(file: CaseFile) -> list[str]:
    """What the journal calls the case and everything that belongs to it; one query."""
    case = file.case
    mine = benefits.named_in_journal(case.pk)
    belonging = mine.union(*verification.named_in_journal(case.application_id), all=True)
    return [
        f"case:{case.pk}",
        f"application:{case.application_id}",
        *(f"{kind}:{key}" for kind, key in belonging),
        *([f"household:{case.household_id}"] if case.household_id else []),
    ]


def _moments(file: CaseFile, entries: Iterable[Any]) -> list[Moment]:
    waiting = {
        kind: iter(sorted(file.parts[kind], key=lambda row: row.at)) for kind in BROUGHT.values()
    }
    steps: dict[str, Any] = {}
    for step in file.steps:
        steps.setdefault(f"case.{step.move}", []).append(step)
    words = {action: iter(told) for action, told in steps.items()}
    found = []
    for entry in entries:
        kind = BROUGHT.get(entry.action, "")
        part = next(waiting[kind], None) if kind else None
        again = computed_again(part) if kind == "Assessment" else None
        found.append(Moment(entry, part, next(words.get(entry.action, iter(())), None), again))
    return found


def computed_again(assessment: Any) -> Again | None:
    """With the book and the facts that were kept, by the formulas of today."""
    if assessment is None:
        return None
    stored = {"book": assessment.book, "facts": assessment.facts.open()}
    found = recompute(stored)
    chosen = found.finding(assessment.chosen) if assessment.chosen else None
    fen = ((chosen.monthly or 0) + (chosen.one_off or 0)) if chosen else 0
    kept = assessment.monthly_fen + assessment.once_fen
    same_rules = assessment.rules_version == rules_version()
    same = not same_rules or found.to_json(explain=True) == assessment.findings.open()
    holds = same and fen == kept and found.book_hash == assessment.book_hash
    return Again(assessment, holds, same_rules, fen)


def papers_of(file: CaseFile) -> list[dict[str, Any]]:
    """The papers that were handed in: kind, day and hash, never their content."""
    return [
        {"id": str(p.pk), "kind": p.kind, "at": p.at.isoformat(), "sha256": p.sha256}
        for p in attachments_of(f"application:{file.case.application_id}")
    ]


def pieces_of(entries: Iterable[Any]) -> list[dict[str, Any]]:
    """The stretches of the chains that bind these entries to signed heads outside.

    From each entry to the next head; what no head covers yet runs to the newest of the entries.
    """
    wanted: dict[str, list[int]] = {}
    for entry in entries:
        wanted.setdefault(entry.chain, []).append(entry.seq)
    return [
        {"chain": chain, "entries": [_whole(e) for e in stretch(chain, first, last)]}
        for chain, numbers in sorted(wanted.items())
        for first, last in stretches(sorted(set(numbers)), anchored(chain))
    ]


def stretches(numbers: Sequence[int], heads: Sequence[int]) -> list[tuple[int, int]]:
    """Each number with the next head from it on; stretches that meet become one."""
    found: list[tuple[int, int]] = []
    marks = sorted(set(heads))
    for number in numbers:
        if found and number <= found[-1][1]:
            continue
        passed = bisect_left(marks, number)
        found.append((number, marks[passed] if passed < len(marks) else numbers[-1]))
    return found


def _whole(entry: Any) -> dict[str, Any]:
    return as_values(entry) | {"prev_hash": entry.prev_hash, "hash": entry.hash}
