"""办理经过: who knew what and when, computed once more; and the same as an evidence pack."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from doudi.audit.evidence import JOURNAL, journal_bytes, packed
from doudi.clock.time import now
from doudi.inspection.forms import PackForm
from doudi.inspection.hash_list import NAME, hash_list, minute
from doudi.inspection.looked import looked
from doudi.inspection.then import facts_then
from doudi.inspection.told import told
from doudi.inspection.words import FIELDS, KINDS, TABS, is_look, purpose
from doudi.kernel.errors import Invalid
from doudi.supervision.file import Moment, Replay, papers_of, pieces_of
from doudi.supervision.file import replay as replayed
from doudi.ui.access import officer
from doudi.ui.deeds import deed
from doudi.ui.words import said
from doudi.vault.masking import mask_name
from doudi.vault.scrub import PERSONAL


@officer("audit.view")
@require_safe
def replay(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Every entry in its order; `?only=deeds` leaves the looks out."""
    found = replayed(case_id, request.staff)
    case = found.file.case
    looked("audit.replayed", request.staff, f"case:{case.pk}", chain=case.county)
    lines = [_shown(moment, found) for moment in found.moments]
    deeds = [line for line in lines if not line["look"]]
    page = {
        "case": case,
        "lines": deeds if request.GET.get("only") == "deeds" else lines,
        "only": request.GET.get("only", ""),
        "counts": {"all": len(lines), "deeds": len(deeds)},
        "again": [line["again"] for line in lines if line["again"]],
        "form": PackForm(),
    }
    return render(request, "inspection/replay.html", page)


def _shown(moment: Moment, found: Replay) -> dict[str, Any]:
    """A line of the page: with the facts that an assessment read, names masked."""
    again, file = moment.again, found.file
    facts = facts_then(again.assessment.facts.open(), file.declaration) if again else None
    return _line(moment, found) | {"facts": facts}


def _line(moment: Moment, found: Replay) -> dict[str, Any]:
    entry, detail = moment.entry, moment.entry.detail
    return {
        "at": entry.at,
        "seq": f"{entry.chain}-{entry.seq}",
        "who": said(entry.actor_name) or KINDS.get(entry.actor_kind, ""),
        "deed": deed(entry.action),
        "more": _more(detail, found),
        "purpose": purpose(entry.purpose),
        "told": told(moment.part, moment.step),
        "again": moment.again,
        "look": is_look(entry.action),
    }


def _more(detail: dict[str, Any], found: Replay) -> str:
    """Which value, of whom, on which tab or form."""
    members = {m["key"]: mask_name(m["name"]) for m in found.file.declaration["members"]}
    parts = (
        members.get(detail.get("member", ""), ""),
        FIELDS.get(detail.get("field", ""), ""),
        TABS.get(detail.get("tab", ""), ""),
        detail.get("form", ""),
    )
    return " · ".join(str(part) for part in parts if part)


@officer("audit.view")
@require_POST
def pack(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A zip with a hash list that anybody can check; why it was made stands in the journal."""
    found = replayed(case_id, request.staff)
    form = PackForm(request.POST)
    if not form.is_valid():
        raise Invalid({"purpose": str(form.errors["purpose"][0])})
    why, case = form.cleaned_data["purpose"], found.file.case
    if PERSONAL.search(why):
        raise Invalid({"purpose": _("不要写身份证号、手机号或账号")})
    content = packed(_files(found, why, request.staff))
    looked("audit.packed", request.staff, f"case:{case.pk}", chain=case.county, purpose=why)
    answer = HttpResponse(content, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{case.number}-evidence.zip"'
    return answer


README = """证据包 / Evidence pack

SHA256SUMS   每个文件的校验值 / hash of every file (sha256sum -c SHA256SUMS)
replay.json  办理经过，按先后 / every look and deed in its order
assess-N.json 第N次核算：依据、政策参数、结果、重算 / facts, book, findings, computed again
papers.json  材料的种类、时间和校验值，不含内容 / papers: kind, time, hash, no content
hashlist.pdf 校验清单，可打印、签字移交 / the hash list to print, with the signed heads
journal.json 审计链的原文，到下一个外存链头为止 / the chain, up to the next head kept outside

核验 / check: python -m doudi.audit.evidence 本文件.zip 外存链头的文件夹
"""


def _files(found: Replay, why: str, staff: Any) -> dict[str, bytes]:
    """What goes into the pack; the page with the hashes lists everything but itself."""
    case, pieces = found.file.case, pieces_of([moment.entry for moment in found.moments])
    files = _contents(found, why) | {JOURNAL: journal_bytes(pieces)}
    told = {"case_number": case.number, "made_at": minute(now()), "made_by": staff.name}
    told |= {"why": why, "language": (get_language() or "zh")[:2]}
    return files | {NAME: hash_list(files, pieces, told)}


def _contents(found: Replay, why: str) -> dict[str, bytes]:
    case = found.file.case
    about = {
        "number": case.number,
        "applicant": mask_name(case.applicant_name),
        "stage": case.stage,
        "town": case.town,
        "near_relative": bool(case.near_relative),
        "purpose": why,
    }
    lines = [_plain(moment, found) for moment in found.moments]
    sums = [moment.again for moment in found.moments if moment.again]
    return {
        "README.txt": README.encode(),
        "case.json": _json(about),
        "replay.json": _json(lines),
        "papers.json": _json(papers_of(found.file)),
        **{f"assess-{n}.json": _json(_sum(again)) for n, again in enumerate(sums, 1)},
    }


def _plain(moment: Moment, found: Replay) -> dict[str, Any]:
    line = _line(moment, found)
    again = line.pop("again")
    told_ = [[str(label), str(value)] for label, value in line.pop("told")]
    plain = {key: str(value) for key, value in line.items()} | {"told": told_}
    return plain | ({"computed_again": {"fen": again.fen, "holds": again.holds}} if again else {})


def _sum(again: Any) -> dict[str, Any]:
    made = again.assessment
    return {
        "at": made.at.isoformat(),
        "by": made.by_name,
        "facts": made.facts.open(),
        "book": made.book,
        "book_hash": made.book_hash,
        "rules": made.rules_version,
        "findings": made.findings.open(),
        "kept_fen": made.monthly_fen + made.once_fen,
        "computed_again": {"fen": again.fen, "holds": again.holds, "same_rules": again.same_rules},
    }


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode()
