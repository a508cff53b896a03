"""Step 6: papers by phone camera; none of them is needed to submit."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from doudi.attachments.checks import UploadRefused
from doudi.attachments.intake import attachments_of, take_in
from doudi.portal import choices
from doudi.portal import declaration as shape
from doudi.portal.drafts import keep, mine
from doudi.ui.access import applying
from doudi.ui.words import said

MOST_FILES = 40


def photos(request: Any) -> HttpResponse:
    """The list of papers with what is there already; POST goes on."""
    draft, declaration = mine(request)
    if request.method == "POST":
        keep(draft, declaration, 6)
        return redirect("portal:apply_step", 7)
    page = {
        "slots": slots(f"application:{draft.pk}", shape.photo_kinds(declaration)),
        "target": "portal:apply_photo",
        "refused": request.session.pop("refused", ""),
        "here": 6,
        "steps": range(7),
    }
    return render(request, "portal/apply_photos.html", page)


def slots(subject: str, kinds: list[str]) -> list[dict[str, Any]]:
    """Each kind of paper with the number of files taken in; one query."""
    there = [a.kind for a in attachments_of(subject)]
    every = [*kinds, *(k for k in dict.fromkeys(there) if k not in kinds and k in choices.PHOTOS)]
    return [
        {"kind": kind, "words": choices.PHOTOS[kind], "count": there.count(kind)} for kind in every
    ]


@applying
@require_POST
def upload(request: Any) -> HttpResponse:
    """Takes in the files of one kind; a refused one says why."""
    draft, _declaration = mine(request)
    refused = take(request, f"application:{draft.pk}")
    return answer(request, refused, "portal:apply_step", 6)


def take(request: Any, subject: str) -> str:
    """Keeps every good file for `subject`; the sentence of the first refused one, or ""."""
    kind = request.POST.get("kind", "other")
    kind = kind if kind in choices.PHOTOS else "other"
    files = request.FILES.getlist("files")
    if not files:
        return _("没有选到文件，请先拍照或选择照片。")
    if len(attachments_of(subject)) + len(files) > MOST_FILES:
        return _("材料已经很多了，其余的请带到窗口。")
    refused = ""
    for file in files:
        try:
            take_in(file, subject=subject, kind=kind, actor=request.resident.actor())
        except UploadRefused as error:
            refused = refused or said(error.sentence)
    return refused


def answer(request: Any, refused: str, *target: Any) -> HttpResponse:
    """JSON to our script, a page to everybody else."""
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"refused": refused}, status=422 if refused else 200)
    if refused:
        request.session["refused"] = refused
    return redirect(*target)
