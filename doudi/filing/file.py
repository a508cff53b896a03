"""一户一档: what lies in each of the thirteen parts of a case's file, and what is missing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from doudi.attachments.intake import attachments_of
from doudi.cases.file import CaseFile
from doudi.cases.flow import OPEN as UNDER_WAY
from doudi.cases.flow import Stage
from doudi.cases.letters.data import ready_forms
from doudi.filing.flow import SLOTS
from doudi.kernel.sentences import Sentence
from doudi.mandates.queries import mandates_of
from doudi.upkeep.queries import changes_of_case
from doudi.verification.queries import consents_of

Said = tuple[str, str]  # state, note
FORMS_OF: tuple[tuple[str, ...], ...] = (
    ("F01", "F04-1", "F04-2"),
    ("F03",),
    ("F02",),
    ("F09", "F10", "F11", "F13"),
    ("F15",),
    ("F07-1", "F07-2"),
    ("F06", "F05"),
    ("F08",),
    ("F12",),
    (),
    ("F04-3", "F13"),
    (),
    (),
)


@dataclass(frozen=True)
class Slot:
    """One part of the file: the forms the system holds, the papers filed, and what is missing."""

    order: int
    name: str
    state: str
    note: str
    forms: tuple[str, ...]
    papers: tuple[Any, ...]


@dataclass(frozen=True)
class Known:
    """What the checks look at; read once."""

    file: CaseFile
    forms: frozenset[str]
    signed: frozenset[str]
    mandates: int
    changes: tuple[str, ...]  # letters of change, a sheet each
    papers: dict[int, list[Any]]

    @property
    def is_open(self) -> bool:
        """Whether the case is still under way."""
        return Stage(self.file.case.stage) in UNDER_WAY


def kind_of(order: int) -> str:
    """The kind of a paper that was filed under a part of the file."""
    return f"slot-{order}"


def slots_of(file: CaseFile) -> list[Slot]:
    """All thirteen; three queries beside the case file, four once it is decided."""
    known = _known(file)
    return [_slot(known, place, name) for place, name in enumerate(SLOTS)]


def _known(file: CaseFile) -> Known:
    ref = file.case.application_id
    papers: dict[int, list[Any]] = {n: [] for n in range(1, len(SLOTS) + 1)}
    for paper in attachments_of(f"application:{ref}"):
        mine = paper.kind.removeprefix("slot-")
        order = int(mine) if mine.isdigit() and int(mine) in papers else 1
        papers[order].append(paper)
    living = [m for m in mandates_of(file.case.pk) if m.withdrawn_at is None]
    signed = frozenset(c.member_key for c in consents_of(ref) if c.withdrawn_at is None)
    forms = frozenset(ready_forms(file)) | ({"F03"} if living else set())
    decided = changes_of_case(file.case.pk) if file.decision else []
    changes = tuple(f"F14/{change.pk}" for change in decided)
    return Known(file, forms, signed, len(living), changes, papers)


def _slot(known: Known, place: int, name: str) -> Slot:
    order = place + 1
    state, note = CHECKS[place](known)
    forms = tuple(f for f in FORMS_OF[place] if f in known.forms and _belongs(known, order, f))
    forms += known.changes if order == len(SLOTS) else ()
    papers = tuple(known.papers[order])
    return Slot(order, name, state, note, forms, papers)


def _belongs(known: Known, order: int, form: str) -> bool:
    """The result of a refusal lies with the refusals, that of a grant with the decision."""
    refused = known.file.case.stage == Stage.REFUSED
    return form != "F13" or (order == 11) == refused


def _application(known: Known) -> Said:
    count = len(known.papers[1])
    if not count:
        return "full", "申请表；部门能查到的不用交"
    return "full", Sentence("申请表，证明材料{n}份", n=count)


def _mandate(known: Known) -> Said:
    if known.mandates:
        return "full", Sentence("委托{n}份", n=known.mandates)
    if known.papers[2]:
        return "full", Sentence("纸质委托书{n}份", n=len(known.papers[2]))
    if known.file.declaration.get("helper"):
        return "missing", "有代办人，缺委托书"
    return "needless", "本人申请，没有委托"


def _authorisation(known: Known) -> Said:
    members = known.file.declaration["members"]
    unsigned = [m for m in members if m["key"] not in known.signed]
    if unsigned:
        return "missing", Sentence("{all}人中{n}人没有有效授权", all=len(members), n=len(unsigned))
    return "full", Sentence("{n}人均已签署", n=len(members))


def _decision(known: Known) -> Said:
    sheets = known.forms & {"F09", "F10", "F11"}
    if known.file.decision:
        return ("full", "审核确认表和告知书") if sheets else ("missing", "缺审核确认表")
    if not known.is_open:
        return "needless", "没有进入确认"
    return "not_yet", "还没有作出决定"


def _relatives(known: Known) -> Said:
    if not known.file.case.near_relative:
        return "needless", "没有近亲属关系"
    if known.file.is_relative_checked or known.papers[5]:
        return "full", "已备案，县级已核查"
    return "missing", "缺县级核查结果"


def _verification(known: Known) -> Said:
    if "F07-2" in known.forms:
        return "full", "委托单和核对报告"
    if "F07-1" in known.forms:
        return ("not_yet" if known.is_open else "missing"), "核对报告还没有返回"
    return ("not_yet", "受理后发起核对") if known.is_open else ("needless", "没有受理")


def _visit(known: Known) -> Said:
    if not known.file.visits:
        return ("not_yet", "还没有入户") if known.is_open else ("needless", "没有入户")
    if not known.papers[7]:
        return "missing", "缺入户照片（门牌、外观、客厅、厨房、卧室、人）"
    return "full", Sentence("调查表，照片{n}份", n=len(known.papers[7]))


def _appraisal(known: Known) -> Said:
    if not known.file.appraisals:
        return "needless", "没有争议，没有评议"
    if not known.papers[8]:
        return "missing", "缺评议签名页或照片"
    return "full", Sentence("记录，照片{n}份", n=len(known.papers[8]))


def _notice(known: Known) -> Said:
    if known.file.is_without_notice:
        return "needless", "依规定不公示"
    if not known.file.notices:
        return ("not_yet", "还没有公示") if known.is_open else ("needless", "没有公示")
    if not known.papers[9]:
        return "missing", "缺公示张贴照片"
    return "full", Sentence("公示单，照片{n}份", n=len(known.papers[9]))


def _second_notice(known: Known) -> Said:
    if known.papers[10]:
        return "full", Sentence("已补入{n}份", n=len(known.papers[10]))
    return "needless", "与审核公示一并进行"


def _refusal(known: Known) -> Said:
    if known.file.case.stage in (Stage.REFUSED, Stage.NOT_ACCEPTED):
        return "full", "告知书"
    return ("not_yet", "还没有作出决定") if known.is_open else ("needless", "已确认或已撤回")


def _long_notice(known: Known) -> Said:
    if known.papers[12]:
        return "full", Sentence("已补入{n}份", n=len(known.papers[12]))
    if known.file.case.stage != Stage.CONFIRMED or known.file.is_without_notice:
        return ("not_yet", "确认后张贴") if known.is_open else ("needless", "不公示")
    return "missing", "缺长期公示表或照片"


def _change(known: Known) -> Said:
    if known.changes:
        return "full", Sentence("告知书{n}份", n=len(known.changes))
    if known.papers[13]:
        return "full", Sentence("已补入{n}份", n=len(known.papers[13]))
    return "not_yet" if known.is_open else "needless", "没有发生调整或停发"


CHECKS: tuple[Callable[[Known], Said], ...] = (
    _application,
    _mandate,
    _authorisation,
    _decision,
    _relatives,
    _verification,
    _visit,
    _appraisal,
    _notice,
    _second_notice,
    _refusal,
    _long_notice,
    _change,
)
