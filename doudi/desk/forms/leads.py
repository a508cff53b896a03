"""The forms of leads: few fields, quick on a cheap phone; and what became of one."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from doudi.mandates.flow import CONSENTS, NEEDS, OUTCOMES, WAYS


def _words(names: dict[str, str]) -> list[tuple[str, Any]]:
    return [(key, _(words)) for key, words in names.items()]


class LeadForm(forms.Form):
    """登记一户: the consent stands first, since the rest depends on it."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    consent = forms.ChoiceField(
        label=_("问过本人了吗"),
        help_text=_(
            "先说明：登记后镇（街道）会上门或打电话。本人不同意的，只记村和困难，不记是谁。"
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("请先问本人是否同意登记")},
    )
    village = forms.ChoiceField(
        label=_("村（社区）"), error_messages={"required": _("请选择现在住的村（社区）")}
    )
    need = forms.ChoiceField(
        label=_("有什么困难"),
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一下有什么困难")},
    )
    way = forms.ChoiceField(label=_("怎么发现的"))
    name = forms.CharField(label=_("姓名"), max_length=40, required=False)
    spot = forms.CharField(label=_("住在哪里"), max_length=100, required=False)
    phone = forms.CharField(
        label=_("联系电话"),
        max_length=20,
        required=False,
        help_text=_("没有电话的不填。"),
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )
    persons = forms.IntegerField(label=_("家里几口人"), min_value=1, max_value=30, initial=1)
    what = forms.CharField(
        label=_("看到的情况"), max_length=500, required=False, widget=forms.Textarea({"rows": 3})
    )
    urgent = forms.BooleanField(
        label=_("人有危险，等不得：马上呼叫镇（街道）值班人"), required=False
    )

    def __init__(self, *args: Any, villages: list[tuple[str, str]], **more: Any) -> None:
        more["initial"] = {"token": uuid4(), "persons": 1, "way": "met"}
        super().__init__(*args, **more)
        first = [] if len(villages) == 1 else [("", _("请选择"))]
        self.fields["village"].choices = [*first, *villages]
        self.fields["consent"].choices = _words(CONSENTS)
        self.fields["need"].choices = _words(NEEDS)
        self.fields["way"].choices = _words(WAYS)


class OutcomeForm(forms.Form):
    """线索结果."""

    kind = forms.ChoiceField(
        label=_("结果"), widget=forms.RadioSelect, error_messages={"required": _("请选一个结果")}
    )
    number = forms.CharField(
        label=_("办件编号"),
        max_length=30,
        required=False,
        help_text=_("已经申请的填，印在受理回执上。"),
    )
    reason = forms.CharField(
        label=_("结果说明"),
        max_length=300,
        required=False,
        help_text=_("不愿申请的写原因，转其他帮扶的写转到了哪里。"),
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["kind"].choices = _words(OUTCOMES)
