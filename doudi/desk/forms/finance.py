"""The forms of the finance bureau's desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from doudi.desk.forms.urgent import FenField

DOCUMENT = {"required": _("请填写文号")}
LARGEST = 64_000_000


class AnswerForm(forms.Form):
    """导入回执: the file as the bank gave it."""

    file = forms.FileField(
        label=_("银行回执文件"),
        help_text=_("一卡通回执、pain.002 或 camt.054。同一份文件导入两次不会重复入账。"),
        error_messages={"required": _("请选择文件"), "empty": _("文件是空的")},
    )

    def clean_file(self) -> bytes:
        """Its content; too large a file is refused unread."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("文件太大，请分次提供"))
        return bytes(file.read())


class AllotForm(forms.Form):
    """登记拨款: into which county's fund, from which treasury, how much, under which number."""

    region = forms.ChoiceField(label=_("拨入"))
    origin = forms.ChoiceField(label=_("资金来源"))
    amount = FenField(label=_("金额（元）"))
    document = forms.CharField(label=_("拨款文号"), max_length=40, error_messages=DOCUMENT)

    def prepare(self, **known: Any) -> None:
        """The officer's counties, and where money comes from."""
        self.fields["region"].choices = known["counties"]
        self.fields["origin"].choices = known["origins"]


class TopUpForm(forms.Form):
    """补充备用金: to which town, how much, under which number."""

    town = forms.ChoiceField(label=_("镇（街道）"))
    amount = FenField(label=_("金额（元）"))
    document = forms.CharField(label=_("支出凭证号"), max_length=40, error_messages=DOCUMENT)

    def prepare(self, **known: Any) -> None:
        """The towns of the officer's counties."""
        self.fields["town"].choices = known["towns"]


class MonthForm(forms.Form):
    """对账: a county and a month."""

    county = forms.ChoiceField(label=_("县区"))
    month = forms.RegexField(
        r"20[0-9]{2}-(0[1-9]|1[0-2])",
        label=_("月份"),
        widget=forms.TextInput({"type": "month", "placeholder": "2022-06"}),
        error_messages={"invalid": _("请写成 2022-06 的样子")},
    )

    def prepare(self, **known: Any) -> None:
        """The officer's counties."""
        self.fields["county"].choices = known["counties"]


class WholeForm(forms.Form):
    """取出文件: for what; no free text may carry a number."""

    purpose = forms.ChoiceField(
        label=_("用途"),
        choices=[("hand_over", _("送交银行")), ("check", _("与银行核对")), ("archive", _("存档"))],
    )


class RosterForm(forms.Form):
    """完整花名册: for what."""

    purpose = forms.ChoiceField(
        label=_("用途"),
        choices=[("sign", _("签字盖章")), ("publish", _("核对公示")), ("archive", _("存档"))],
    )
