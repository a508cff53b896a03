"""Forms of the county's checks and sheets."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from doudi.supervision.flow import POPULATIONS, RESULTS


class DrawForm(forms.Form):
    """抽查哪个月、从哪些办件里抽."""

    county = forms.ChoiceField(label=_("县区"))
    month = forms.CharField(
        label=_("月份"),
        widget=forms.TextInput({"type": "month"}),
        error_messages={"required": _("请选月份")},
    )
    population = forms.ChoiceField(label=_("抽查范围"))

    def prepare(self, **known: Any) -> None:
        """The officer's counties, by code and name."""
        self.fields["county"].choices = known["counties"]
        self.fields["population"].choices = [(k, _(v)) for k, v in POPULATIONS.items()]


class ChooseForm(forms.Form):
    """指定核查 of one case by its number."""

    number = forms.CharField(
        label=_("办件编号"), max_length=30, error_messages={"required": _("请填办件编号")}
    )
    why = forms.CharField(
        label=_("为什么核查"),
        max_length=100,
        help_text=_("例如：群众实名反映、数据比对疑点。不要写姓名和号码。"),
        error_messages={"required": _("请写明为什么核查")},
    )


class CheckForm(forms.Form):
    """What the county saw."""

    result = forms.ChoiceField(
        label=_("核查结果"),
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一个核查结果")},
    )
    visited_on = forms.DateField(
        label=_("入户日期"),
        required=False,
        help_text=_("没有入户的不填；认定不符的必须入户。"),
        widget=forms.DateInput({"type": "date"}),
    )
    finding = forms.CharField(
        label=_("核查情况"),
        max_length=1000,
        help_text=_("看了什么、问了谁、怎么认定。无意的小差错选“善意差错”，提醒即可，不追究。"),
        error_messages={"required": _("请写明看了什么、怎么认定（10到1000个字）")},
        widget=forms.Textarea({"rows": 5}),
    )

    def prepare(self) -> None:
        """The three results in the page's language."""
        self.fields["result"].choices = [(k, _(v)) for k, v in RESULTS.items()]


class SecondForm(forms.Form):
    """The second hand under a decision that does not stand."""

    agreed = forms.ChoiceField(
        label=_("复核意见"),
        choices=[
            ("yes", _("同意，交镇（街道）重新核定，核定之前照发")),
            ("no", _("不同意，退回重新核查")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选复核意见")},
    )

    def prepare(self) -> None:
        """Nothing to prepare."""


class SheetForm(forms.Form):
    """督办 a late case."""

    text = forms.CharField(
        label=_("督办内容"),
        max_length=300,
        initial=_("这件已超过承诺期限，请说明原因，写明哪天办结。"),
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("请写2至300个字")},
    )


class SheetAnswerForm(forms.Form):
    """The town's answer."""

    answer = forms.CharField(
        label=_("超期原因和办结日期"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("请写2至300个字")},
    )
