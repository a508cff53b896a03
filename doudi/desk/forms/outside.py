"""对外核对: whom to ask what; what each line was answered; the same from a table."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from doudi.kernel.money import MoneyError, parse_yuan
from doudi.verification.catalog.outside import items_of, kinds

STATES = [("record", _("有记录")), ("no_record", _("无记录")), ("not_returned", _("未返回"))]


def _language() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh"


class OutsideForm(forms.Form):
    """One kind of body, its name, and what it is asked for."""

    body = forms.CharField(
        label=_("发给哪个机构"),
        max_length=120,
        help_text=_("写全名，例如：某某银行汉台支行；外省的写到县民政局。"),
        error_messages={"required": _("请写全机构名称，4至120个字")},
    )
    items = forms.MultipleChoiceField(
        label=_("请查什么"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请选要查的事项")},
    )

    def __init__(self, *args: Any, kind: str, **more: Any) -> None:
        super().__init__(*args, **more)
        found = items_of(kind)
        self.fields["items"].choices = [(c, about[_language()]) for c, about in found.items()]
        self.fields["kind"] = forms.CharField(initial=kind, widget=forms.HiddenInput)
        self.title = kinds()[kind][_language()]


class LinesForm(forms.Form):
    """The answer as it stands on the reply: four fields a line, and who signed."""

    def __init__(self, *args: Any, lines: Sequence[Any], **more: Any) -> None:
        super().__init__(*args, **more)
        for line in lines:
            n = line.place
            self.fields[f"state_{n}"] = forms.ChoiceField(
                label=_("结果"), choices=[("", "—"), *STATES], required=False
            )
            self.fields[f"as_of_{n}"] = forms.DateField(
                label=_("数据截至日"),
                required=False,
                widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
                error_messages={"invalid": _("请填日期")},
            )
            self.fields[f"words_{n}"] = forms.CharField(
                label=_("内容"), required=False, max_length=300
            )
            self.fields[f"yuan_{n}"] = forms.CharField(
                label=_("金额（元）"),
                required=False,
                widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
            )
        self.fields["who"] = forms.CharField(
            label=_("答复的单位和签字人"),
            max_length=80,
            error_messages={"required": _("请写明答复的单位和签字人")},
        )

    def clean(self) -> dict[str, Any]:
        """Amounts as whole fen."""
        data = super().clean() or {}
        for name in [n for n in data if n.startswith("yuan_") and data[n]]:
            try:
                data[name] = parse_yuan(data[name])
            except MoneyError:
                self.add_error(name, _("要写成元，最多两位小数，例如 1670.00"))
        return data


class TableForm(forms.Form):
    """The same as a table."""

    file = forms.FileField(
        label=_("答复表"),
        help_text=_("用本页下载的表填写，Excel、WPS或CSV都可以。"),
        error_messages={"required": _("请选一个文件")},
    )
    who = forms.CharField(
        label=_("答复的单位和签字人"),
        max_length=80,
        error_messages={"required": _("请写明答复的单位和签字人")},
    )
