"""立卷: the sheets of one case with cover, contents, filed papers and a list of hashes, as one ZIP.

Clause: —
Move:   none      Right: nobody's, print_on calls it      Says: nothing
"""

import datetime as dt
import hashlib
import io
import zipfile
from typing import Any
from uuid import UUID

from django.conf import settings
from pypdf import PdfReader, PdfWriter

from doudi.accounts.queries import staff_by_id
from doudi.attachments.intake import read
from doudi.cases.file import CaseFile
from doudi.cases.letters.common import office
from doudi.cases.queries import case_by_id
from doudi.clock.time import CHINA
from doudi.filing.file import Slot, slots_of
from doudi.filing.letters.sheets import code_of, cover
from doudi.filing.models import Batch
from doudi.paper.forms import find_form
from doudi.paper.typst import render

HASHES = "校验值.txt"
ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}
Data = dict[str, Any]


def bind(batch: Batch, whole: bytes, *, at: dt.datetime) -> bytes:
    """档案.pdf (cover, contents, sheets), each sheet by itself, the papers in full, the hashes.

    Photographs show numbers that nobody can mask: they lie in the package only when it was asked
    for in full; otherwise the contents name them.
    """
    file = CaseFile(case_by_id(UUID(batch.sheets[0][0])))
    slots = slots_of(file)
    sheets = _sheets(batch, file, slots)
    papers = _papers(slots)
    front = _front(batch, file, slots, [*sheets, *papers], at)
    files = {"档案.pdf": _joined(front, whole)}
    reader, start = PdfReader(io.BytesIO(whole)), 0
    for sheet in sheets:
        files[f"文书/{sheet['file']}"] = _cut(reader, start, start + sheet["pages"])
        start += sheet["pages"]
    if batch.whole:
        files |= {f"材料/{paper['file']}": read(paper["id"])[0] for paper in papers}
    return _package(files, at)


def _sheets(batch: Batch, file: CaseFile, slots: list[Slot]) -> list[Data]:
    """The sheets with their part of the file and the page on which each begins."""
    place = {form: slot.order for slot in slots for form in slot.forms}
    rows, page = [], 1
    for n, (_case, sheet, pages, on) in enumerate(batch.made, 1):
        code = code_of(sheet)
        title = find_form(code).title + (f"（{n}）" if sheet != code else "")
        own = file.case.applicant_name if code == "F01" else office(file.case)
        rows.append(
            {
                "slot": place.get(sheet, 4),
                "name": title,
                "pages": pages,
                "page": page,
                "by": own,
                "on": on,
                "file": f"{place.get(sheet, 4):02d}-{code}-{title}.pdf",
            }
        )
        page += pages
    return rows


def _papers(slots: list[Slot]) -> list[Data]:
    """What was filed as a photograph or scan, part by part."""
    return [
        {
            "id": paper.pk,
            "slot": slot.order,
            "name": f"{slot.name}（材料{n}）",
            "pages": 0,
            "page": 0,
            "by": "",
            "on": paper.at.astimezone(CHINA).date().isoformat(),
            "file": f"{slot.order:02d}-{n:02d}.{ENDINGS.get(paper.mime, 'bin')}",
        }
        for slot in slots
        for n, paper in enumerate(slot.papers, 1)
    ]


def _front(
    batch: Batch, file: CaseFile, slots: list[Slot], papers: list[Data], at: dt.datetime
) -> bytes:
    data = cover(file, slots, papers, staff_by_id(batch.staff_id), at)
    return render("F24", data, pack=settings.DOUDI_PACK_DIR)


def _joined(*parts: bytes) -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    for part in parts:
        writer.append(io.BytesIO(part))
    writer.write(out)
    return out.getvalue()


def _cut(reader: PdfReader, start: int, end: int) -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    writer.append(reader, pages=(start, end))
    writer.write(out)
    return out.getvalue()


def _package(files: dict[str, bytes], at: dt.datetime) -> bytes:
    there = at.astimezone(CHINA)
    stamp = (there.year, there.month, there.day, there.hour, there.minute, there.second)
    lines = [f"{hashlib.sha256(content).hexdigest()}  {name}" for name, content in files.items()]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in (*files.items(), (HASHES, "\n".join([*lines, ""]).encode())):
            package.writestr(zipfile.ZipInfo(name, stamp), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
