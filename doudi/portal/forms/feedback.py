"""好差评 and 投诉: five levels, and what went wrong."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from doudi.portal.forms.fields import PlainForm, words
from doudi.redress.flow import COMPLAINTS, LEVELS, RATED


class RatingForm(PlainForm):
    """One part, one level, and words if wanted."""

    part = forms.ChoiceField(
        choices=[(part, _(name)) for part, (name, _verbs) in RATED.items()],
        widget=forms.HiddenInput,
    )
    level = forms.TypedChoiceField(
        label=_("您满意吗"),
        choices=[(level, _(name)) for level, name in LEVELS.items()],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一项")},
    )
    text = words(_("想说的话（可以不填）"), most=500)


class ComplaintForm(PlainForm):
    """What went wrong; a name and a way to answer only if wanted."""

    kind = forms.ChoiceField(
        label=_("投诉什么"),
        choices=[
            (key, _(name)) for key, name in COMPLAINTS.items() if key not in ("rating", "list")
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一个原因")},
    )
    text = forms.CharField(
        label=_("怎么回事"),
        min_length=5,
        max_length=2000,
        help_text=_("什么时候、在哪里、谁、做了什么。"),
        error_messages={
            "required": _("请写明情况"),
            "min_length": _("请写得再具体一点"),
            "max_length": _("写得太长了，请缩短"),
        },
        widget=forms.Textarea(attrs={"rows": "6"}),
    )
    contact = words(_("怎么联系您（可以不填）"), most=100)


class PublicComplaintForm(ComplaintForm):
    """Without a case: which county, and about whom."""

    county = forms.ChoiceField(
        label=_("哪个县（区）"), error_messages={"required": _("请选县（区）")}
    )
    about = words(
        _("投诉谁（可以不填）"), most=60, help=_("姓名或职务。被投诉的人看不到，也不能答复。")
    )
    field_order = ["county", "kind", "text", "about", "contact"]

    def prepare(self, counties: list[tuple[str, str]]) -> None:
        """The counties to choose from."""
        self.fields["county"].choices = [("", "—"), *counties]


class CaseComplaintForm(ComplaintForm):
    """About an own case: under the name, or without it."""

    about_id = forms.ChoiceField(
        label=_("投诉谁（可以不选）"),
        required=False,
        help_text=_("被投诉的人看不到，也不能答复。"),
    )
    named = forms.ChoiceField(
        label=_("用不用名字"),
        choices=[
            ("yes", _("实名：答复会发短信告诉我")),
            ("no", _("匿名：不记我的手机和办件，我自己用查询码看答复")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一项")},
    )
    field_order = ["kind", "text", "about_id", "named", "contact"]

    def prepare(self, officers: dict[str, str]) -> None:
        """The officers who worked on the case."""
        self.fields["about_id"].choices = [("", _("不指明")), *officers.items()]

    def said(self) -> dict[str, Any]:
        """The words of the complaint."""
        data = self.cleaned_data
        return {key: data[key] for key in ("kind", "text", "about_id", "contact")}
