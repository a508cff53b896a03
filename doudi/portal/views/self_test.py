"""自测: eight questions, the same rules, an answer with its uncertainty; nothing is kept here.

The phone itself may keep the pages for five minutes, so that the way back finds the answers.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from doudi.clock.time import today
from doudi.policy.pack import load_pack
from doudi.portal.forms.fields import posted
from doudi.portal.forms.self_test import SelfTestForm
from doudi.portal.self_test import answer, figures
from doudi.portal.views.know import kept, language_here, office_of
from doudi.ui.access import public

LEVELS = ("likely", "possible", "unlikely")
# The questions in their order, each with the names of its fields.
QUESTIONS = (
    ("area",),
    ("persons", "minors", "elders"),
    ("income", "income_exact"),
    ("illness", "seriously_ill"),
    ("disability",),
    ("study",),
    ("things",),
    ("events",),
)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def self_test(request: HttpRequest) -> HttpResponse:
    """The questions; a POST gives the answer, or with `again` the questions as they were filled."""
    pack, on = load_pack(settings.DOUDI_PACK_DIR), today()
    form = SelfTestForm(posted(request), figures=dict(figures(pack, on)))
    if request.method != "POST":
        return kept(_questions(request, form, 200))
    if not form.is_valid() or "again" in request.POST:
        return kept(_questions(request, form, 422 if form.errors else 200))
    answers = answer(form.answers(), pack, on, language_here())
    page = {
        "answers": answers,
        "level": min((a.level for a in answers), key=LEVELS.index),
        "given": _given(form),
        "open": [f.label for f in form if not form.cleaned_data[f.name] and _is_open(f)],
        **office_of(request),
    }
    return kept(render(request, "portal/self_test_result.html", page))


def _questions(request: HttpRequest, form: SelfTestForm, status: int) -> HttpResponse:
    asked = [[form[name] for name in names] for names in QUESTIONS]
    page = {"form": form, "asked": asked, "wrong": _wrong(form)}
    return render(request, "portal/self_test.html", page, status=status)


def _wrong(form: SelfTestForm) -> list[tuple[int, str]]:
    """Number of the question and what to mend, in their order."""
    return [
        (number, str(error))
        for number, names in enumerate(QUESTIONS, 1)
        for name in names
        for error in form.errors.get(name, [])
    ]


def _given(form: SelfTestForm) -> list[tuple[str, Any]]:
    """What was answered, to be carried along in the page and nowhere else."""
    return [(name, value) for name in form.fields for value in form.data.getlist(name) if value]


def _is_open(field: Any) -> bool:
    """A question whose missing answer widens the range."""
    return field.name in ("area", "income", "illness", "disability", "study") and not (
        field.name == "income" and field.form.cleaned_data["income_exact"]
    )
