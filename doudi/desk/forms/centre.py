"""核对中心: a rule put to rest and taken up again; whose row it is."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class RestForm(forms.Form):
    """停用一条规则."""

    region = forms.ChoiceField(label=_("在哪里停用"))
    reason = forms.CharField(
        label=_("停用的理由"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("例如：一个月核了20户都不属实，数据是去年的。"),
        error_messages={"required": _("请写明停用的理由，5至300个字，不写号码")},
    )

    def __init__(self, *args: Any, regions: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["region"].choices = regions


class RestoreForm(forms.Form):
    """恢复."""

    reason = forms.CharField(label=_("恢复的理由"), max_length=300)


class WhoseForm(forms.Form):
    """是不是这个人."""

    belongs = forms.ChoiceField(
        label=_("这一行是不是这个人的"),
        choices=[("yes", _("是，以后按这个人算")), ("no", _("不是这个人"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一项")},
    )
    reason = forms.CharField(
        label=_("怎么认定的"),
        max_length=200,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("例如：打电话问过部门，号码少录一位。不写号码本身。"),
        error_messages={"required": _("请写明理由")},
    )


class DisputeForm(forms.Form):
    """认定部门的异议."""

    row = forms.ChoiceField(
        label=_("部门的数据到底对不对"),
        choices=[
            ("right", _("部门的数据是对的：下次比对重新问这一户")),
            ("wrong", _("数据确实有误：维持原来的核查结论")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一项")},
    )
    why = forms.CharField(
        label=_("怎么认定的"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("例如：两家一起看了原始凭证。不写身份证号、手机号、账号。"),
        error_messages={"required": _("请写明依据，5至300个字")},
    )
