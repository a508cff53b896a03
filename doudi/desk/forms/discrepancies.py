"""核查: what the household is asked and says, who went there, and how each signal ends."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from doudi.discrepancies.catalog import results_for, words_of


class QuestionForm(forms.Form):
    """请本人说明."""

    question = forms.CharField(
        label=_("请本人说明什么"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("用大白话写，本人在手机上看得到。不写身份证号、手机号、账号，不写结论。"),
        error_messages={"required": _("请写明要本人说明什么，5至500个字")},
    )


class SaidForm(forms.Form):
    """代记本人的说明."""

    text = forms.CharField(
        label=_("本人怎么说"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("请写明情况，2至1000个字")},
    )
    objects = forms.BooleanField(
        label=_("本人有异议：数据不对，或者不是本人的"),
        required=False,
        help_text=_("有异议的，两人入户以后才能认定属实。"),
    )


class VisitForm(forms.Form):
    """登记入户, by two."""

    on = forms.DateField(
        label=_("入户日期"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("请填日期"), "invalid": _("请填日期")},
    )
    second = forms.ChoiceField(
        label=_("同去的人"), error_messages={"required": _("入户要两个人，请选同去的人")}
    )
    met = forms.ChoiceField(
        label=_("见到本人或家人没有"),
        choices=[("yes", _("见到了")), ("no", _("没有见到"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一项")},
    )
    words = forms.CharField(
        label=_("看到的情况"),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("请写明看到的情况，5至1000个字")},
    )

    def __init__(self, *args: Any, people: Sequence[Any], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["second"].choices = [("", "—"), *((str(p.pk), p.name) for p in people)]


class CloseForm(forms.Form):
    """A result for every signal, and what it rests on."""

    def __init__(self, *args: Any, signals: Sequence[str], **more: Any) -> None:
        super().__init__(*args, **more)
        language = "en" if (get_language() or "").startswith("en") else "zh"
        for signal in signals:
            self.fields[signal] = forms.ChoiceField(
                label=words_of(signal, language),
                choices=[(c, getattr(r, language)) for c, r in results_for(signal).items()],
                widget=forms.RadioSelect,
                error_messages={"required": _("请选一个结果")},
            )
        self.fields["why"] = forms.CharField(
            label=_("核查情况和依据"),
            max_length=1000,
            widget=forms.Textarea({"rows": 4}),
            help_text=_("怎么核的、看了什么；数据有误的写明哪个部门哪一项。"),
            error_messages={"required": _("请写明核查情况和依据，5至1000个字")},
        )
        self.fields["to_department"] = forms.CharField(
            label=_("给数据部门的话（选填）"),
            max_length=200,
            required=False,
            widget=forms.Textarea({"rows": 2}),
            help_text=_(
                "结论是数据有误或不是本人的，那一行会退给送来的部门更正；"
                "这里写明哪里不对，不写姓名和家里的情况。"
            ),
        )


class DeliveryForm(forms.Form):
    """让存疑的交付生效，或作废."""

    use = forms.ChoiceField(
        label=_("怎么处理"),
        choices=[
            ("yes", _("问过部门，数据是对的：开始使用")),
            ("no", _("数据有误：作废，请部门重送")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一项")},
    )
    reason = forms.CharField(
        label=_("理由"),
        max_length=200,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("部门在回执上看得到。不写姓名和号码。"),
        error_messages={"required": _("请写明理由")},
    )


class ReleaseForm(forms.Form):
    """放行或作废 a town's held findings."""

    use = forms.ChoiceField(
        label=_("怎么处理"),
        choices=[
            ("yes", _("看过，是真的：放行，交镇（街道）核查")),
            ("no", _("是数据出错：作废，不下发")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一项")},
    )
    reason = forms.CharField(
        label=_("理由"),
        max_length=200,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": _("请写明理由")},
    )
