"""What a data clerk declares beside a file."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from doudi.kernel.periods import Month


class FileForm(forms.Form):
    """The file, the month it tells of, and how many rows were exported."""

    period = forms.CharField(
        label=_("所属月份"),
        widget=forms.TextInput({"type": "month"}),
        error_messages={"required": _("请选所属月份")},
    )
    rows = forms.IntegerField(
        label=_("数据行数"),
        min_value=1,
        max_value=100_000_000,
        help_text=_("导出时系统显示的行数，不算标题行。与文件不一致就退回，防止文件被截断。"),
        error_messages={
            "required": _("请填数据行数"),
            "invalid": _("请填数据行数"),
            "min_value": _("最少1行"),
            "max_value": _("行数太多"),
        },
    )
    file = forms.FileField(
        label=_("数据文件"),
        help_text=_("CSV（UTF-8 或 GB18030）、XLSX 或 Parquet，不超过2GB"),
        widget=forms.FileInput({"accept": ".csv,.txt,.xlsx,.parquet"}),
        error_messages={
            "required": _("请选数据文件"),
            "empty": _("文件是空的，请重新导出"),
            "invalid": _("请选数据文件"),
        },
    )

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    def clean_period(self) -> str:
        """A month that has begun."""
        try:
            month = Month.parse(self.cleaned_data["period"])
        except ValueError:
            raise forms.ValidationError(_("请选所属月份")) from None
        if month > Month.of(self.on):
            raise forms.ValidationError(_("所属期还没有到"))
        return str(month)
