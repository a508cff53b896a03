"""实名举报: who tells, how he is reached, and what he knows."""

from django import forms
from django.utils.translation import gettext_lazy as _

from doudi.portal.forms.fields import PhoneField, PlainForm, words


class TipForm(PlainForm):
    """Name and phone are needed: each tip under a name is looked into and answered."""

    county = forms.ChoiceField(
        label=_("哪个县（区）"), error_messages={"required": _("请选县（区）")}
    )
    about = words(
        _("举报谁、哪一户（可以不填）"), most=60, help=_("姓名或职务。被举报的人看不到。")
    )
    number = words(_("办件编号（知道才填）"), most=30)
    text = forms.CharField(
        label=_("怎么回事"),
        min_length=10,
        max_length=2000,
        help_text=_("什么时候、在哪里、谁、做了什么，您是怎么知道的。"),
        error_messages={
            "required": _("请写明情况"),
            "min_length": _("请写得再具体一点"),
            "max_length": _("写得太长了，请缩短"),
        },
        widget=forms.Textarea(attrs={"rows": "6"}),
    )
    name = forms.CharField(
        label=_("您的姓名"),
        min_length=2,
        max_length=60,
        error_messages={
            "required": _("实名举报请写姓名"),
            "min_length": _("实名举报请写姓名"),
        },
    )
    phone = PhoneField(label=_("您的手机"))

    def prepare(self, counties: list[tuple[str, str]]) -> None:
        """The counties to choose from."""
        self.fields["county"].choices = [("", "—"), *counties]
