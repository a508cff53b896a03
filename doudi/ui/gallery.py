"""/ui/: every component on one page, on a demonstration or while debugging."""

import datetime as dt

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from doudi.clock.demo_mark import is_demo
from doudi.clock.time import now, today
from doudi.ui.access import public


class Sample(forms.Form):
    """A form with something to mend."""

    name = forms.CharField(
        label="姓名",
        help_text="与身份证一致",
        error_messages={"required": "请填写姓名"},
    )
    area = forms.ChoiceField(
        label="住在",
        choices=[("urban", "城市"), ("rural", "农村")],
        widget=forms.RadioSelect,
        required=False,
    )


@public
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """The components with made-up values; 404 on a real installation."""
    if not (settings.DEBUG or is_demo()):
        raise Http404
    page = {
        "days": [9, 2, 0, -1, None],
        "timeline": _timeline(),
        "person": {"name": "任建明", "phone": "12900000001", "id_number": "610799197402110019"},
        "steps": ["阅读", "本人", "家人", "收支", "财产", "照片", "签字"],
        "form": Sample({"name": ""}),
        "due": today() + dt.timedelta(days=9),
    }
    return render(request, "ui/gallery.html", page)


def _timeline() -> dict[str, object]:
    at = now()
    return {
        "done": [{"at": at, "what": "已提交", "unit": "七里街道"}],
        "now": {"what": "受理审查", "unit": "七里街道", "who": "陈", "phone": "0916-2530000"},
        "next": {"what": "入户调查", "until": today() + dt.timedelta(days=5)},
    }
