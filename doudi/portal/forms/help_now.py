"""急事求助: as few fields as will bring help; no ID number, no hukou."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from doudi.kernel.money import parse_yuan
from doudi.portal.forms.fields import PhoneField, PlainForm, YuanField, words
from doudi.urgent.actions.raise_help import Told

KINDS = [
    ("illness", _("得了急病、重病住院")),
    ("fire", _("失火")),
    ("traffic", _("出了车祸")),
    ("stranded", _("没地方住、没钱回家")),
    ("other", _("别的急事")),
]
CHANNELS = [
    ("self", _("我自己")),
    ("neighbour", _("我替亲友、邻居求助")),
    ("assistant", _("我是村（社区）协理员")),
]


class HelpForm(PlainForm):
    """What happened, where, and how to call back."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("出了什么事？"),
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一下发生了什么")},
    )
    region = forms.ChoiceField(
        label=_("在哪个镇（街道）？"),
        help_text=_("人在哪里就选哪里，不问户口。"),
        error_messages={"required": _("请选择出事的镇（街道）")},
    )
    spot = words(_("具体在哪儿（可不写）"), most=100, help=_("例如：县医院住院部3楼"))
    phone = PhoneField(label=_("打哪个电话找您？"), error_messages={"required": _("请填写手机号")})
    name = words(_("怎么称呼您（可不写）"), most=40, autocomplete="name")
    what = forms.CharField(
        label=_("说说情况（可不写）"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": "3"}),
    )
    needed = YuanField(_("眼下缺多少钱（不知道可不写）"))
    persons = forms.IntegerField(
        label=_("几个人要帮忙？"),
        min_value=1,
        max_value=999,
        initial=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
        error_messages={"invalid": _("请写数字，例如 3")},
    )
    channel = forms.ChoiceField(
        label=_("是谁在求助？"), choices=CHANNELS, initial="self", widget=forms.RadioSelect
    )
    helper = words(_("替别人求助的，写您的姓名"), most=40)

    def __init__(self, *args: Any, towns: list[Any], town: str = "", **more: Any) -> None:
        first = {"token": uuid4(), "region": town, "channel": "self", "persons": 1}
        more["initial"] = first | more.get("initial", {})
        super().__init__(*args, **more)
        self.fields["region"].choices = [("", _("请选择")), *towns]

    def told(self) -> Told:
        """As the action takes it."""
        data = self.cleaned_data
        fields = ("kind", "region", "phone", "name", "what", "spot", "persons", "channel", "helper")
        needed = parse_yuan(data["needed"]) if data["needed"] else None
        return Told(**{f: data[f] for f in fields}, needed_fen=needed)
