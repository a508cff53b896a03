"""The forms of the rolls."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class PrepareForm(forms.Form):
    """编制: a county and a month."""

    county = forms.ChoiceField(label=_("县区"))
    month = forms.RegexField(
        r"20[0-9]{2}-(0[1-9]|1[0-2])",
        label=_("月份"),
        widget=forms.TextInput({"placeholder": "2022-06", "inputmode": "numeric"}),
        error_messages={"invalid": _("请写成 2022-06 的样子")},
    )

    def prepare(self, **known: Any) -> None:
        """The counties in which the officer may prepare."""
        self.fields["county"].choices = known["counties"]


class WithdrawForm(forms.Form):
    """撤回放行: the version that was shown, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("撤回的原因"),
        max_length=100,
        help_text=_("例如：有一户换了银行卡。不要写姓名、身份证号和账号。"),
        widget=forms.Textarea({"rows": 2}),
    )


class SignForm(forms.Form):
    """复核 and 放行 carry the version that was shown."""

    version = forms.IntegerField()


class ReleaseForm(SignForm):
    """放行: with the finance bureau's number, or the next of the register."""

    document = forms.CharField(label=_("发文文号"), max_length=40, required=False)


class LiftForm(SignForm):
    """说明差异: why so much differs from last month."""

    reason = forms.CharField(label=_("差异原因"), max_length=100)


class ReturnForm(SignForm):
    """退回重编: what is wrong in the list."""

    reason = forms.CharField(
        label=_("退回的原因"),
        max_length=100,
        help_text=_("不要写姓名、身份证号和账号。"),
    )
