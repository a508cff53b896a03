"""The forms of help besides money: pairs and records, needs and offers, goods and services."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from doudi.kernel.money import MoneyError, parse_yuan
from doudi.support.flow import CONSENTS, HELPS, NEEDS, PARTS

DATE = {"type": "date"}


def _words(names: dict[str, str]) -> list[tuple[str, Any]]:
    return [(key, _(words)) for key, words in names.items()]


class PairForm(forms.Form):
    """结对."""

    name = forms.CharField(label=_("帮扶人姓名"), max_length=60)
    office = forms.CharField(label=_("单位或组织"), max_length=80)
    phone = forms.CharField(
        label=_("帮扶人电话"),
        max_length=20,
        help_text=_("这一家看得到，好随时联系。"),
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )
    from_on = forms.DateField(label=_("从哪天起"), widget=forms.DateInput(DATE, format="%Y-%m-%d"))


class HelpForm(forms.Form):
    """帮扶记录."""

    kind = forms.ChoiceField(label=_("做了什么"), widget=forms.RadioSelect)
    on = forms.DateField(label=_("哪天"), widget=forms.DateInput(DATE, format="%Y-%m-%d"))
    minutes = forms.IntegerField(label=_("用了多少分钟"), min_value=1, max_value=1440)
    what = forms.CharField(
        label=_("具体做了什么"),
        max_length=500,
        help_text=_("这一家看得到，也可以说“没见到”。"),
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["kind"].choices = _words(HELPS)


class NeedForm(forms.Form):
    """需求, written down for somebody who agreed."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    consent = forms.ChoiceField(
        label=_("问过本人了吗"),
        help_text=_("先说明：登记过的社会组织看得到村名和需要什么，看不到姓名；随时可以收回。"),
        widget=forms.RadioSelect,
        error_messages={"required": _("请先问本人是否同意让别人看到这个需求")},
    )
    kind = forms.ChoiceField(label=_("需要什么"))
    what = forms.CharField(
        label=_("具体需要"),
        max_length=300,
        help_text=_("不写姓名、证件号和病情。"),
        widget=forms.Textarea({"rows": 3}),
    )
    with_name = forms.BooleanField(
        label=_("约好以后，可以把姓名和电话告诉来帮的组织"), required=False
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        more["initial"] = {"token": uuid4()} | more.get("initial", {})
        super().__init__(*args, **more)
        own = {k: w for k, w in CONSENTS.items() if k != "own"}
        self.fields["consent"].choices = _words(own)
        self.fields["kind"].choices = _words(NEEDS)


class PartForm(forms.Form):
    """物资、服务 beside the cash."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("物资还是服务"), widget=forms.RadioSelect)
    what = forms.CharField(label=_("给什么、多少"), max_length=200)
    supplier = forms.CharField(label=_("由谁送来"), max_length=80)
    promised_on = forms.DateField(
        label=_("哪天以前"), widget=forms.DateInput(DATE, format="%Y-%m-%d")
    )
    value = forms.CharField(
        label=_("折合多少元"),
        max_length=12,
        required=False,
        help_text=_("只记账，不发钱；不清楚的空着。"),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        more["initial"] = {"token": uuid4(), "kind": "goods"} | more.get("initial", {})
        super().__init__(*args, **more)
        self.fields["kind"].choices = _words(PARTS)

    def clean_value(self) -> int:
        """Fen."""
        text = str(self.cleaned_data["value"]).strip()
        try:
            return parse_yuan(text) if text else 0
        except MoneyError:
            raise forms.ValidationError(_("请写金额，例如 1200 或 1200.50")) from None


class OfferForm(forms.Form):
    """愿意帮."""

    what = forms.CharField(
        label=_("怎么帮、给多少"), max_length=300, widget=forms.Textarea({"rows": 3})
    )
    by_on = forms.DateField(
        label=_("哪天以前能办到"), widget=forms.DateInput(DATE, format="%Y-%m-%d")
    )


class GroupForm(forms.Form):
    """登记社会力量."""

    county = forms.ChoiceField(label=_("县区"))
    name = forms.CharField(label=_("组织名称"), max_length=80)
    number = forms.CharField(label=_("统一社会信用代码或备案号"), max_length=30)
    account = forms.CharField(
        label=_("登录账号"),
        max_length=40,
        help_text=_("先由安全管理员给他们开一个“社会组织”岗位的账号。"),
        widget=forms.TextInput({"autocapitalize": "none", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, counties: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["county"].choices = counties


class WitnessForm(forms.Form):
    """收到了, said by somebody who stood by."""

    witness = forms.CharField(
        label=_("见证人姓名"),
        max_length=60,
        help_text=_("本人不方便确认时写。不能是经办人，也不能是送来的人。"),
    )
