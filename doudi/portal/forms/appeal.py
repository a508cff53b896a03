"""申诉: what is not agreed with, in own words."""

from django import forms
from django.utils.translation import gettext_lazy as _

from doudi.portal.forms.fields import PlainForm


class AppealForm(PlainForm):
    """Nothing but words: the county has the case."""

    text = forms.CharField(
        label=_("您不同意什么，为什么"),
        min_length=5,
        max_length=2000,
        help_text=_("照实说就行，不用写法条。有新的材料，县（区）会联系您补。"),
        error_messages={
            "required": _("请写明您不同意什么"),
            "min_length": _("请写得再具体一点"),
            "max_length": _("写得太长了，请缩短"),
        },
        widget=forms.Textarea(attrs={"rows": "6"}),
    )


class ChangeAppealForm(AppealForm):
    """Against a change; whether to be paid as before until the answer."""

    asks_hold = forms.BooleanField(
        label=_("答复之前，请照原来的金额发给我"),
        required=False,
        help_text=_("由没有办过这件事的人决定同意不同意；申诉没有成立的，多发的以后再商量怎么退。"),
    )
