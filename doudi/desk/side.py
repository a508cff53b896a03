"""The right column of a case: what was found, the clock, the gates, what comes next."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from doudi.accounts.queries import may
from doudi.cases.file import CaseFile
from doudi.cases.flow import MOVES, Stage
from doudi.cases.gates import Gate, confirmation_gates, is_over_year, review_gates
from doudi.cases.queries import Light, light, pack
from doudi.clock.time import CHINA, today
from doudi.desk.acts import ACTS, FIRST, WAITS_FOR
from doudi.kernel.errors import NotFound
from doudi.policy.rules.deadlines import national
from doudi.policy.wording import formula_lines, sentence
from doudi.referrals.flow import ASKABLE, REFERABLE
from doudi.vault.masking import mask_name


@dataclass(frozen=True)
class Link:
    """A move as a button: its word and where it leads."""

    verb: str
    words: str
    address: str
    grave: bool = False


@dataclass(frozen=True)
class Side:
    """Everything the right column shows."""

    finding: dict[str, Any] | None
    clock: dict[str, Any]
    gates: list[Gate]
    first: Link | None
    waits: str
    others: list[Link]

    @property
    def is_shut(self) -> bool:
        """Whether a gate still stands before the next signature."""
        return any(not gate.open for gate in self.gates)


def side(file: CaseFile, staff: Any, on: dt.date) -> Side:
    """For one officer on one day; reads the gates of the stage and nothing else."""
    links = links_of(file, staff)
    wanted = FIRST.get(file.case.stage, ())
    first = next((k for verb in wanted for k in links if k.verb == verb and _due(file, verb)), None)
    return Side(
        finding=finding_of(file),
        clock=clock_of(file, on),
        gates=gates_of(file, staff, on),
        first=first,
        waits="" if first else _waits(file),
        others=[k for k in links if k != first],
    )


def _waits(file: CaseFile) -> str:
    """Whom it waits for; where no notice may hang, the head comes next."""
    if file.case.stage == Stage.REVIEWED and file.is_without_notice:
        return _("等待负责人确认，这一类不公示")
    return str(WAITS_FOR.get(file.case.stage, ""))


def links_of(file: CaseFile, staff: Any) -> list[Link]:
    """The moves that are legal now and allowed to this officer here, in the order of the flow."""
    links = [
        _link(file, act.verb, str(act.words), act.grave)
        for act in ACTS.values()
        if is_open(file, act.verb) and may(staff, act.right, file.case.town)
    ]
    if "assess" in file.moves and may(staff, MOVES["assess"].right, file.case.town):
        address = reverse("desk:case_assess", args=[file.case.pk])
        links.insert(0, Link("assess", _("核算"), address))
    if file.case.stage in ASKABLE and may(staff, "place.ask", file.case.town):
        address = reverse("desk:case_place", args=[file.case.pk])
        links.append(Link("ask_place", _("户籍地协查"), address))
    if file.case.stage in REFERABLE and may(staff, "referral.make", file.case.town):
        address = reverse("desk:case_referrals", args=[file.case.pk])
        links.append(Link("refer", _("转介其他部门"), address))
    if file.case.accepted_on and may(staff, "support.arrange", file.case.town):
        address = reverse("desk:case_support", args=[file.case.pk])
        links.append(Link("support", _("社会帮扶"), address))
    return links


def _link(file: CaseFile, verb: str, words: str, grave: bool) -> Link:
    return Link(verb, words, reverse("desk:case_act", args=[file.case.pk, verb]), grave)


def is_open(file: CaseFile, verb: str) -> bool:
    """Whether the flow and the state of the file leave this verb open."""
    stopped = any(p.until_on is None for p in file.pauses)
    if verb == "resume":
        return "pause" in file.moves and stopped
    if verb == "pause":
        return "pause" in file.moves and not stopped
    return verb in file.moves and ASKED.get(verb, _always)(file)


def _always(file: CaseFile) -> bool:
    return True


def _has_conference_open(file: CaseFile) -> bool:
    return any(not c.outcome for c in file.conferences)


# What the state of the file adds to the flow, verb by verb.
ASKED: dict[str, Callable[[CaseFile], bool]] = {
    "mark_relative": lambda file: bool(file.case.near_relative),
    "call_appraisal": lambda file: file.called_appraisal is None,
    "allow_over_year": lambda file: is_over_year(file, today()),
    "call_conference": lambda file: not _has_conference_open(file),
    "record_conference": _has_conference_open,
    "answer_objection": lambda file: any(o.answered_at is None for o in file.objections),
}


def _due(file: CaseFile, verb: str) -> bool:
    """A visit comes first only until there is one."""
    return not (verb == "record_visit" and file.visits)


def finding_of(file: CaseFile) -> dict[str, Any] | None:
    """The newest assessment in three lines, or None before the first."""
    if not file.assessments:
        return None
    newest = file.assessments[0]
    found = newest.findings.open()["findings"]
    chosen = next((f for f in found if f["programme"] == newest.chosen), None)
    language = get_language() or "zh"
    shown = chosen or next(f for f in found if f["programme"] == "dibao")
    return {
        "assessment": newest,
        "lines": [masked(line, chosen) for line in formula_lines(chosen, language)]
        if chosen
        else [],
        "reasons": [reason_words(r) for r in shown["reasons"]],
        "flags": [sentence(flag, {}, language) for flag in shown["flags"]],
        "standard": standard_of(shown),
        "stale": newest.facts.open()["members"] != (file.facts or {}).get("members"),
    }


def masked(line: str, finding: dict[str, Any]) -> str:
    """A formula line with the names of the covered persons masked."""
    for name in finding["persons"]:
        line = line.replace(name, mask_name(name))
    return line


def reason_words(reason: dict[str, Any]) -> dict[str, str]:
    """A reason as a sentence with its clause."""
    language = get_language() or "zh"
    words = sentence(reason["code"], reason["values"], language)
    return {"words": words, "clause": clause_words(reason["document"], reason["article"])}


def standard_of(finding: dict[str, Any]) -> dict[str, Any] | None:
    """The standard in force that the finding used."""
    for step in finding.get("steps", ()):
        for parameter in step["parameters"]:
            if parameter["key"] == "dibao.standard":
                return dict(parameter)
    return None


def clause_words(document: str, article: str) -> str:
    """《最低生活保障审核确认办法》第13条; a document that the pack lacks by its key."""
    found = pack().documents.get(document)
    english = (get_language() or "").startswith("en")
    title = (found.title_en if english else found.title) if found else document
    number = (
        article if not article.isdigit() else f"art. {article}" if english else f"第{article}条"
    )
    return f"{title}, {number}" if english else f"《{title}》{number}"


def clock_of(file: CaseFile, on: dt.date) -> dict[str, Any]:
    """Last day, working days used and left, pauses with their working days."""
    case, calendar = file.case, pack().calendar
    stopped = next((pause.from_on for pause in file.pauses if pause.until_on is None), None)
    shown: dict[str, Any] = {"light": light(case, on, stopped), "pauses": [], "stopped": 0}
    shown |= {"used": None, "paused": stopped is not None}
    shown |= _national(file, on)
    start = case.clock_from
    for pause in (p for p in file.pauses if start is None or p.from_on >= start):
        days = calendar.workdays_between(pause.from_on, pause.until_on or on)
        shown["pauses"].append({"pause": pause, "days": days})
        shown["stopped"] += days
    if start:
        end = min(on, case.ended_at.astimezone(CHINA).date()) if case.ended_at else on
        used = calendar.workdays_between(start, end) - shown["stopped"]
        shown["used"] = max(used, 0)
        shown["whole"] = calendar.workdays_between(start, case.due_on) - shown["stopped"]
    return shown


def _national(file: CaseFile, on: dt.date) -> dict[str, Any]:
    """The nation's days beside the city's; what has begun is not asked for any more."""
    case = file.case
    if case.accepted_on is None:
        return {}
    law, ended = pack(), case.ended_at is not None
    days = national(law.book, law.calendar, case.accepted_on)
    return {
        "national": days,
        "beyond": not ended and on > days.decide_by,
        "to_visit": not file.visits and not ended,
        "to_verify": case.report_id is None and not ended,
    }


def gates_of(file: CaseFile, staff: Any, on: dt.date) -> list[Gate]:
    """What must be so before the next signature."""
    stage = Stage(file.case.stage)
    if stage == Stage.ACCEPTED:
        return [gate for gate in review_gates(file, staff) if gate.code != "assessor"]
    if stage == Stage.ASSESSED:
        return review_gates(file, staff)
    if stage == Stage.NOTICED or (stage == Stage.REVIEWED and file.is_without_notice):
        return confirmation_gates(file, staff, on)
    return []


def act_of(verb: str) -> Any:
    """The act of a verb; NotFound for anything else."""
    if verb not in ACTS:
        raise NotFound
    return ACTS[verb]


def days_left(shown: Light) -> int | None:
    """What the light tag wants: None where no clock runs."""
    return None if shown.kind == "none" else shown.days
