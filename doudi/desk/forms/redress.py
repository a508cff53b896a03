"""Answers to appeals, complaints and reports of changes; the purpose of showing a contact."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class AnswerForm(forms.Form):
    """What was looked into, and why the answer is so."""

    answer = forms.CharField(
        label=_("核实情况和理由"),
        min_length=10,
        max_length=2000,
        help_text=_("申请人能看到。写清楚查了什么、依据哪一条。"),
        error_messages={"required": _("请写明核实情况和理由"), "min_length": _("请写得再具体一点")},
        widget=forms.Textarea({"rows": 6}),
    )


class AppealAnswerForm(AnswerForm):
    """维持, or 重新核定."""

    upheld = forms.ChoiceField(
        label=_("结论"),
        choices=[("no", _("维持原决定")), ("yes", _("申诉成立，退回重新核定"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一个结论")},
    )
    field_order = ["upheld", "answer"]


class ChangeAppealAnswerForm(AnswerForm):
    """维持, or the household was right."""

    upheld = forms.ChoiceField(
        label=_("结论"),
        choices=[("no", _("维持原决定")), ("yes", _("申诉成立，恢复原待遇"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一个结论")},
    )
    field_order = ["upheld", "answer"]


class WindowAppealForm(forms.Form):
    """申诉, as it was said at the window."""

    text = forms.CharField(
        label=_("本人不同意什么，为什么"),
        min_length=5,
        max_length=2000,
        help_text=_("照本人的原话写，念给本人听过再提交。"),
        error_messages={"required": _("请写明本人不同意什么"), "min_length": _("请写得再具体一点")},
        widget=forms.Textarea({"rows": 5}),
    )
    asks_hold = forms.BooleanField(label=_("本人请求：答复之前照原来的金额发放"), required=False)


class ChangeAnswerForm(AnswerForm):
    """已记录, 建议复核, or what the call back about an account gave."""

    outcome = forms.ChoiceField(
        label=_("处理结果"),
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一项处理结果")},
    )
    field_order = ["outcome", "answer"]

    def prepare(self, outcomes: dict[str, str]) -> None:
        """What the kind of change allows."""
        self.fields["outcome"].choices = [(key, _(words)) for key, words in outcomes.items()]


class ContactForm(forms.Form):
    """Why a contact or an account is looked at: one of few reasons, no free text."""

    purpose = forms.ChoiceField(choices=[("contact", _("联系答复")), ("account", _("核对账户"))])

    def chosen(self) -> Any:
        """The code of the purpose."""
        return self.cleaned_data["purpose"]
