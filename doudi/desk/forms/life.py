"""生存认证: how somebody was seen; why a stop is proposed; what the county says to it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from doudi.referrals.flow import LIFE_DECISIONS, LIFE_MANNERS

WHY = _("请写明理由：联系过几次、怎么联系的，5至300个字")


class SeenForm(forms.Form):
    """登记认证."""

    manner = forms.ChoiceField(
        label=_("怎么认证的"),
        widget=forms.RadioSelect,
        error_messages={"required": _("请选怎么认证的")},
    )
    seen_on = forms.DateField(
        label=_("哪天见到本人"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("请填见到本人的日期，不早于这次提醒，不晚于今天")},
    )
    note = forms.CharField(
        label=_("见到本人的情况"),
        max_length=300,
        help_text=_("视频的写谁打的、本人说了什么；不录像，不截图。"),
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("请写明见到本人的情况，2至300个字")},
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["manner"].choices = [(k, _(words)) for k, words in LIFE_MANNERS.items()]


class ProposeForm(forms.Form):
    """提请暂停."""

    why = forms.CharField(
        label=_("联系过几次、怎么联系的"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": WHY},
    )


class DecideForm(forms.Form):
    """县区决定."""

    decision = forms.ChoiceField(
        label=_("决定"), widget=forms.RadioSelect, error_messages={"required": _("请选一个结果")}
    )
    why = forms.CharField(
        label=_("决定的理由"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": WHY},
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["decision"].choices = [(k, _(words)) for k, words in LIFE_DECISIONS.items()]
