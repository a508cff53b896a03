"""见证授权: who signs at the counter, how, and the sheet he signed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

MANNERS = [
    ("witness", _("本人签字，由我见证")),
    ("thumbprint", _("本人按手印，由我见证")),
    ("guardian", _("监护人代签（未成年人、无民事行为能力人）")),
]


class WitnessForm(forms.Form):
    """One member; the signed sheet as a photograph is the evidence."""

    member = forms.ChoiceField(label=_("哪位家庭成员"), widget=forms.RadioSelect)
    manner = forms.ChoiceField(label=_("怎样签的"), choices=MANNERS, widget=forms.RadioSelect)
    guardian = forms.CharField(
        label=_("监护人姓名"), help_text=_("监护人代签时填写"), max_length=60, required=False
    )
    sheet = forms.FileField(
        label=_("签好的授权书照片"), help_text=_("JPG、PNG或PDF，看得清签名或手印")
    )
    read_out = forms.BooleanField(
        label=_("我已把授权书逐条读给签字的人听，并核对了身份证"),
        error_messages={"required": _("读给签字的人听、核对身份证以后才能见证")},
    )

    def __init__(self, *args: Any, members: dict[str, str], **more: Any) -> None:
        """`members`: key → masked name of those whose authorisation is missing."""
        super().__init__(*args, **more)
        self.fields["member"].choices = list(members.items())

    def clean(self) -> dict[str, Any]:
        """A guardian signs with his own name."""
        data = super().clean() or {}
        if data.get("manner") == "guardian" and not data.get("guardian", "").strip():
            self.add_error("guardian", _("请写监护人的姓名"))
        return data
