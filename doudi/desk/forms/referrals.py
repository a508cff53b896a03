"""转介: where to, whether the person agrees, what is asked for; what the department answered."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from doudi.referrals.flow import CONSENTS, OUTCOMES


class ReferralForm(forms.Form):
    """The consent stands first: without it nothing leaves the town."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    consent = forms.ChoiceField(
        label=_("问过本人了吗"),
        help_text=_("先说明：转给哪个部门、转哪些内容、随时可以不转。本人不同意的不转。"),
        widget=forms.RadioSelect,
        error_messages={"required": _("请先问本人是否同意转介")},
    )
    department = forms.ChoiceField(
        label=_("转到哪个部门"),
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一个部门")},
    )
    what = forms.CharField(
        label=_("需要什么帮扶"),
        max_length=500,
        help_text=_("只写这件事要用到的情况，不写身份证号和账号。"),
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("请写明需要什么帮扶，2至500个字")},
    )

    def __init__(self, *args: Any, departments: list[tuple[str, str]], **more: Any) -> None:
        more["initial"] = {"token": uuid4()} | more.get("initial", {})
        super().__init__(*args, **more)
        self.fields["department"].choices = departments
        self.fields["consent"].choices = [(k, _(words)) for k, words in CONSENTS.items()]


class AnswerForm(forms.Form):
    """转介答复."""

    outcome = forms.ChoiceField(
        label=_("结果"), widget=forms.RadioSelect, error_messages={"required": _("请选一个结果")}
    )
    text = forms.CharField(
        label=_("部门怎么答复的"),
        max_length=500,
        help_text=_("本人在查询页看得到这段话。"),
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("请写下部门怎么答复的，2至500个字")},
    )
    who = forms.CharField(
        label=_("部门里谁答复的"),
        max_length=60,
        error_messages={"required": _("请写明部门里谁答复的")},
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["outcome"].choices = [(k, _(words)) for k, words in OUTCOMES.items()]
