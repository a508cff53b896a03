"""The forms of the way in: phone, code, tracking secret, objection."""

from django import forms
from django.utils.translation import gettext_lazy as _

from doudi.portal.forms.fields import PhoneField, PlainForm, words

DIGITS = {"autocomplete": "one-time-code", "inputmode": "numeric", "class": "short digits"}


class PhoneForm(PlainForm):
    """Whose phone."""

    phone = PhoneField(
        label=_("手机号"),
        help_text=_("会发一条短信验证码，不收费。"),
        error_messages={"required": _("请填写手机号")},
    )


class CodeForm(PlainForm):
    """The digits of the message."""

    code = words(_("短信里的6位数字"), need=_("请填写验证码"), most=12, **DIGITS)


class TrackForm(PlainForm):
    """The secret on the receipt."""

    secret = words(
        _("回执上的查询码"),
        need=_("请填写查询码"),
        most=40,
        help=_("在申请回执或求助回执的二维码下面。"),
        autocapitalize="none",
        spellcheck="false",
    )


class ObjectionForm(PlainForm):
    """异议: what is wrong, and if wanted a way to answer."""

    text = forms.CharField(
        label=_("您了解的情况"),
        min_length=5,
        max_length=2000,
        help_text=_("写清楚什么情况与公示不一致，不要写别人的证件号、病情。"),
        error_messages={"required": _("请写明情况"), "min_length": _("请写得再具体一点")},
        widget=forms.Textarea(attrs={"rows": "6"}),
    )
    contact = words(
        _("怎么联系您（可以不填）"),
        most=100,
        help=_("留了联系方式才能告诉您结果。不留也一样会核实，没有人知道是谁提的。"),
    )


class WithdrawForm(PlainForm):
    """Why an application is taken back."""

    reason = forms.ChoiceField(
        label=_("为什么撤回"),
        choices=[
            ("不再需要", _("家里情况好转，不再需要")),
            ("填错了想重新申请", _("填错了，想重新申请")),
            ("改用其他救助", _("改申请别的救助")),
            ("其他", _("其他")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一个原因")},
    )


class SupplementForm(PlainForm):
    """A word with the papers that were asked for."""

    note = words(_("要说明的（可以不填）"), most=200)
