"""Forms of what the county settles: relatives, flags, tips, slips."""

from django import forms
from django.utils.translation import gettext_lazy as _

WORDS = {"required": _("请写2至300个字")}


class MatchForm(forms.Form):
    """Is it the relative?"""

    is_kin = forms.ChoiceField(
        label=_("是不是备案的近亲属"),
        choices=[("yes", _("是，作为近亲属办件备案")), ("no", _("不是，只是同名"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一项")},
    )
    why = forms.CharField(
        label=_("怎么核实的"),
        max_length=200,
        widget=forms.Textarea({"rows": 3}),
        error_messages=WORDS,
    )


class FlagForm(forms.Form):
    """The county's word."""

    word = forms.CharField(
        label=_("阅处意见"),
        max_length=200,
        widget=forms.Textarea({"rows": 3}),
        error_messages=WORDS,
    )
    check = forms.BooleanField(label=_("同时发起核查"), required=False)


class TipAnswerForm(forms.Form):
    """What was found."""

    answer = forms.CharField(
        label=_("核实情况和结果"),
        max_length=2000,
        help_text=_("会给举报人看，不要写别人的情况。"),
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": _("请写明核实情况和结果（10到2000个字）")},
    )


class SlipForm(forms.Form):
    """One's own error."""

    what = forms.CharField(
        label=_("出了什么差错"),
        max_length=1000,
        help_text=_("什么时候、哪一步、对申请人有没有影响。"),
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("请写10到1000个字")},
    )
    mended = forms.CharField(
        label=_("怎么纠正的"),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("请写10到1000个字")},
    )


class SlipDecisionForm(forms.Form):
    """Excused, or to be looked into."""

    excused = forms.ChoiceField(
        label=_("认定"),
        choices=[
            ("yes", _("善意差错，已纠正，不追究")),
            ("no", _("不属于善意差错，另行核查")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一项")},
    )
    why = forms.CharField(
        label=_("理由"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        error_messages=WORDS,
    )


class RectifyForm(forms.Form):
    """列入整改: what was found and what is demanded."""

    text = forms.CharField(
        label=_("发现的问题"),
        max_length=300,
        help_text=_("写事实，不写身份证号、手机号或账号。"),
        widget=forms.Textarea({"rows": 3}),
        error_messages=WORDS,
    )
    demand = forms.CharField(
        label=_("整改要求"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        error_messages=WORDS,
    )


class RectifyTownForm(RectifyForm):
    """The same of a town as a whole, which is chosen."""

    town = forms.ChoiceField(label=_("责任单位"), error_messages={"required": _("请选责任单位")})

    field_order = ("town", "text", "demand")


class RectifyAnswerForm(forms.Form):
    """整改情况."""

    words = forms.CharField(
        label=_("整改情况"),
        max_length=300,
        help_text=_("做了什么、哪一天做完、凭什么看得出（附件编号、办件编号）。"),
        widget=forms.Textarea({"rows": 3}),
        error_messages=WORDS,
    )


class RectifyWordForm(forms.Form):
    """销号, or back to the town."""

    verdict = forms.ChoiceField(
        label=_("意见"),
        choices=[("close", _("已整改到位，销号")), ("return", _("没有整改到位，退回"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一项")},
    )
    words = forms.CharField(
        label=_("怎么核实的"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        error_messages=WORDS,
    )
