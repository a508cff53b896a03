"""协查函: what is asked of the hukou place; what it found, at its desk or by letter."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from doudi.referrals.flow import FINDINGS, QUESTIONS


class PlaceForm(forms.Form):
    """What is asked; the office is typed only where the city has no such place."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    place = forms.CharField(
        label=_("寄给哪里"),
        max_length=120,
        help_text=_("户籍地的镇（街道）或民政局，写全省、市、县。"),
        error_messages={"required": _("户籍地不在本市，请写明寄给哪里的镇（街道）或民政局")},
    )
    questions = forms.MultipleChoiceField(
        label=_("请户籍地查什么"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请选要查的事项")},
    )
    text = forms.CharField(
        label=_("另外请查"),
        max_length=500,
        required=False,
        help_text=_("不写身份证号、手机号和账号，系统会带上要查的人。"),
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, is_outside: bool, **more: Any) -> None:
        more["initial"] = {"token": uuid4()} | more.get("initial", {})
        super().__init__(*args, **more)
        self.fields["questions"].choices = [(k, _(words)) for k, words in QUESTIONS.items()]
        if not is_outside:
            del self.fields["place"]


class FoundForm(forms.Form):
    """One line a question; where the answer came by letter, who signed it and its photograph."""

    def __init__(self, *args: Any, questions: Sequence[str], is_letter: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        for question in questions:
            self.fields[question] = forms.ChoiceField(
                label=_(QUESTIONS[question]),
                choices=[(k, _(words)) for k, words in FINDINGS.items()],
                widget=forms.RadioSelect,
                error_messages={"required": _("请选一个结果")},
            )
        self.fields["text"] = forms.CharField(
            label=_("说明"),
            max_length=500,
            required=False,
            help_text=_("查到“有”的，请写明是什么。"),
            widget=forms.Textarea({"rows": 3}),
        )
        if is_letter:
            self.fields["who"] = forms.CharField(
                label=_("复函的单位和签字人"),
                max_length=60,
                error_messages={"required": _("请写明复函的单位和签字人")},
            )
            self.fields["sheet"] = forms.FileField(
                label=_("复函的照片"),
                help_text=_("JPG、PNG或PDF，看得清公章。"),
                error_messages={"required": _("请拍下盖章的复函")},
            )
