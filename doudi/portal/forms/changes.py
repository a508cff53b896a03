"""变化报告: own words, a day, and the few typed values that belong to the kind."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from doudi.portal.forms.fields import DayField, PlainForm, YuanField, words

# Which typed values a kind asks for; the rest is words.
FIELDS = {
    "income": ("member", "yuan"),
    "members": ("member",),
    "address": ("address",),
    "account": ("account", "holder"),
    "illness": ("member",),
    "death": ("member",),
    "other": (),
}


class ChangeForm(PlainForm):
    """The form of one kind; prepare() leaves only what the kind asks."""

    member = forms.ChoiceField(label=_("家里哪一位"), required=False)
    yuan = YuanField(_("现在每月大约多少（可以不填）"))
    address = words(_("新的住址"), need=_("请填写新的住址"), most=120)
    account = words(_("新的银行账号"), need=_("请填写账号"), most=40, inputmode="numeric")
    holder = words(_("户名"), need=_("请填写户名"), most=60)
    happened_on = DayField(_("从哪天起（可以不填）"), required=False)
    text = forms.CharField(
        label=_("变了什么"),
        min_length=2,
        max_length=2000,
        error_messages={
            "required": _("请写明变了什么"),
            "min_length": _("请写得再具体一点"),
            "max_length": _("写得太长了，请缩短"),
        },
        widget=forms.Textarea(attrs={"rows": "4"}),
    )

    def prepare(self, kind: str, members: list[tuple[str, str]]) -> None:
        """Only the fields of the kind, and the family to choose from."""
        wanted = {*FIELDS[kind], "happened_on", "text"}
        for name in set(self.fields) - wanted:
            del self.fields[name]
        if "member" in self.fields:
            self.fields["member"].choices = [("", _("别的人")), *members]
        self.kind = kind

    def details(self) -> dict[str, Any]:
        """The typed values that were given."""
        return {name: self.cleaned_data[name] for name in FIELDS[self.kind] if self.values()[name]}
