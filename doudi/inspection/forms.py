"""What an auditor may ask for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from doudi.supervision.flow import POPULATIONS

MOST = 500
LOCAL = "%Y-%m-%dT%H:%M"  # what a browser takes for a value of its own field


class FindForm(forms.Form):
    """A case by its number."""

    number = forms.CharField(
        label=_("办件编号"), max_length=40, error_messages={"required": _("请填办件编号")}
    )


class PackForm(forms.Form):
    """Why an evidence pack leaves the house."""

    purpose = forms.CharField(
        label=_("导出事由和批准文号"),
        max_length=100,
        min_length=4,
        help_text=_("例如：某审计项目第3号取证单。不要写姓名和号码。"),
        error_messages={
            "required": _("请写明导出事由"),
            "min_length": _("请写明导出事由，至少4个字"),
        },
    )


class AccessForm(forms.Form):
    """Whose looks, in which hours."""

    account = forms.CharField(
        label=_("账号"), max_length=40, error_messages={"required": _("请填工作人员账号")}
    )
    since = forms.DateTimeField(
        label=_("从"),
        widget=forms.DateTimeInput({"type": "datetime-local"}, format=LOCAL),
        error_messages={"required": _("请填开始时间"), "invalid": _("请填开始时间")},
    )
    until = forms.DateTimeField(
        label=_("到"),
        widget=forms.DateTimeInput({"type": "datetime-local"}, format=LOCAL),
        error_messages={"required": _("请填结束时间"), "invalid": _("请填结束时间")},
    )

    def clean(self) -> dict[str, Any]:
        """The end lies after the beginning."""
        data = super().clean() or {}
        if data.get("since") and data.get("until") and data["since"] >= data["until"]:
            self.add_error("until", _("结束时间要晚于开始时间"))
        return data


class SampleForm(forms.Form):
    """Which cases, which seed, how many."""

    county = forms.ChoiceField(label=_("县区"))
    month = forms.CharField(
        label=_("月份"),
        widget=forms.TextInput({"type": "month"}),
        error_messages={"required": _("请选月份")},
    )
    population = forms.ChoiceField(label=_("抽查范围"))
    seed = forms.RegexField(
        r"^[0-9A-Za-z-]{4,64}$",
        label=_("随机数"),
        help_text=_("4到64位字母或数字，写进工作底稿，别人就能重抽出同一批。"),
        error_messages={
            "required": _("请填随机数"),
            "invalid": _("随机数只能用4到64位字母、数字和短横"),
        },
    )
    size = forms.IntegerField(
        label=_("抽多少件"),
        min_value=1,
        max_value=MOST,
        initial=20,
        error_messages={
            "required": _("请填抽多少件"),
            "invalid": _("请填抽多少件"),
            "min_value": _("最少抽1件"),
            "max_value": _("最多抽500件"),
        },
    )

    def prepare(self, **known: Any) -> None:
        """The auditor's counties, by code and name."""
        self.fields["county"].choices = known["counties"]
        self.fields["population"].choices = [(k, _(v)) for k, v in POPULATIONS.items()]
