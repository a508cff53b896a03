"""The legal states of a case and the moves between them: whatever is not here cannot happen.

The pack's processes map these states to stages, days and forms with dates.
"""

from dataclasses import dataclass
from enum import StrEnum

from doudi.kernel.errors import WrongStage


class Stage(StrEnum):
    """Where a case stands."""

    SUBMITTED = "submitted"
    AWAITING_PAPERS = "awaiting_papers"
    ACCEPTED = "accepted"
    ASSESSED = "assessed"
    REVIEWED = "reviewed"
    NOTICED = "noticed"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    NOT_ACCEPTED = "not_accepted"
    WITHDRAWN = "withdrawn"


STAGE_NAMES = {
    Stage.SUBMITTED: "待受理",
    Stage.AWAITING_PAPERS: "待补正",
    Stage.ACCEPTED: "调查核实",
    Stage.ASSESSED: "待审核",
    Stage.REVIEWED: "待公示",
    Stage.NOTICED: "公示中",
    Stage.CONFIRMED: "已确认",
    Stage.REFUSED: "不予确认",
    Stage.NOT_ACCEPTED: "不予受理",
    Stage.WITHDRAWN: "已撤回",
}

TO_CONFIRM = "待确认"  # reviewed, where no notice may hang

# What an appraisal meeting found; it binds nobody, the officer weighs it (DB57 art 19).
APPRAISAL_NAMES = {
    "passed": "评议通过",
    "not_passed": "评议未通过",
    "no_quorum": "未达到法定人数，评议不作数",
}
CONFERENCE_NAMES = {
    "": "已召集，还没有开会",
    "passed": "会议意见通过",
    "not_passed": "会议意见未通过",
    "no_quorum": "未达到法定人数，会议不作数",
    "noted": "已记录",  # from before the call and the votes were kept
}
ADVICE_NAMES = {
    "grant": "建议给予救助",
    "refuse": "建议不予救助",
    "more": "建议补充调查",
    "county": "建议报县级研究",
}
ENDED = frozenset({Stage.CONFIRMED, Stage.REFUSED, Stage.NOT_ACCEPTED, Stage.WITHDRAWN})
OPEN = frozenset(Stage) - ENDED
CLOSED = [s.value for s in Stage if s in ENDED]
BEFORE_ACCEPTANCE = frozenset({Stage.SUBMITTED, Stage.AWAITING_PAPERS})
UNDER_INVESTIGATION = frozenset({Stage.ACCEPTED, Stage.ASSESSED})


@dataclass(frozen=True)
class Move:
    """One verb: from which stages, to which (None: it stays), under which right."""

    from_: frozenset[Stage]
    to: Stage | None
    right: str


MOVES: dict[str, Move] = {
    "accept": Move(BEFORE_ACCEPTANCE, Stage.ACCEPTED, "case.accept"),
    "ask_for_more": Move(frozenset({Stage.SUBMITTED}), Stage.AWAITING_PAPERS, "case.ask_for_more"),
    "supplement": Move(frozenset({Stage.AWAITING_PAPERS}), Stage.SUBMITTED, ""),
    "transfer": Move(BEFORE_ACCEPTANCE, None, "case.transfer"),
    "take_over": Move(BEFORE_ACCEPTANCE, None, "case.transfer"),
    "send_back": Move(BEFORE_ACCEPTANCE, None, "case.transfer"),
    "decline": Move(BEFORE_ACCEPTANCE, Stage.NOT_ACCEPTED, "case.decline"),
    "pause": Move(UNDER_INVESTIGATION | {Stage.NOTICED}, None, "case.pause"),
    "record_visit": Move(UNDER_INVESTIGATION, None, "case.visit"),
    "adopt_fact": Move(UNDER_INVESTIGATION, None, "case.visit"),
    "mark_relative": Move(OPEN - BEFORE_ACCEPTANCE, None, "case.check_relative"),
    "call_appraisal": Move(UNDER_INVESTIGATION | {Stage.NOTICED}, None, "case.appraise"),
    "allow_over_year": Move(OPEN - BEFORE_ACCEPTANCE, None, "case.allow_over_year"),
    "record_appraisal": Move(UNDER_INVESTIGATION | {Stage.NOTICED}, None, "case.appraise"),
    "assess": Move(UNDER_INVESTIGATION, Stage.ASSESSED, "case.assess"),
    "record_panel": Move(frozenset({Stage.ASSESSED}), None, "case.panel"),
    "call_conference": Move(OPEN - BEFORE_ACCEPTANCE, None, "case.conference"),
    "record_conference": Move(OPEN - BEFORE_ACCEPTANCE, None, "case.conference"),
    "review": Move(frozenset({Stage.ASSESSED}), Stage.REVIEWED, "case.review"),
    "publish_notice": Move(frozenset({Stage.REVIEWED}), Stage.NOTICED, "case.publish_notice"),
    "object": Move(frozenset({Stage.NOTICED}), None, ""),
    "answer_objection": Move(frozenset({Stage.NOTICED}), None, "case.answer_objection"),
    # From REVIEWED only where the law forbids a notice (CH62); the gate `notice` sees to it.
    "confirm": Move(frozenset({Stage.REVIEWED, Stage.NOTICED}), Stage.CONFIRMED, "case.confirm"),
    "refuse": Move(
        frozenset({Stage.ASSESSED, Stage.REVIEWED, Stage.NOTICED}), Stage.REFUSED, "case.refuse"
    ),
    "return_case": Move(
        frozenset({Stage.ASSESSED, Stage.REVIEWED, Stage.NOTICED}), Stage.ACCEPTED, "case.return"
    ),
    "reopen": Move(frozenset({Stage.REFUSED}), Stage.ACCEPTED, "case.reopen"),
    "readmit": Move(frozenset({Stage.NOT_ACCEPTED}), Stage.SUBMITTED, "case.reopen"),
    "change_clerk": Move(OPEN - BEFORE_ACCEPTANCE, None, "work.assign"),
    "withdraw": Move(OPEN, Stage.WITHDRAWN, ""),
}


def moved(move: str, stage: str) -> Stage:
    """The stage after `move` from `stage`; raises WrongStage where the move is not legal."""
    rule = MOVES[move]
    here = Stage(stage)
    if here not in rule.from_:
        raise WrongStage(move, stage)
    return rule.to or here


def moves_from(stage: str) -> list[str]:
    """The verbs that are legal from `stage`, in the order of the table."""
    return [name for name, rule in MOVES.items() if Stage(stage) in rule.from_]


# What comes from another town is taken over or sent back before anything else is done with it;
# the applicant acts as ever, and the county may always say whose it is.
ARRIVING = ("transfer", "take_over", "send_back")
ON_ARRIVAL = frozenset({"take_over", "send_back"})
MEANWHILE = ON_ARRIVAL | {"transfer", "supplement", "withdraw"}


def fits_arrival(move: str, *, waits: bool) -> bool:
    """Whether a move is legal while a case `waits` to be taken over, or when it does not."""
    return move in MEANWHILE if waits else move not in ON_ARRIVAL
