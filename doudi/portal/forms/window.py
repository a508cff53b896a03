"""Signing at a window: on the printed sheet, by hand or thumb, with a witness where one is due."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from doudi.portal.forms.fields import PhoneField, PlainForm, words

SIGNED, THUMB, LATER = "witness", "thumbprint", "later"
MANNERS = [
    (SIGNED, _("本人签了字")),
    (THUMB, _("不会写字，本人按了手印")),
    (LATER, _("今天没来")),
]


class WindowForm(PlainForm):
    """Everybody who is there signs one sheet; whoever is not gets a link or signs at the visit."""

    sheet = forms.FileField(
        label=_("签好的申请书照片"),
        help_text=_("JPG、PNG或PDF，看得清签名或手印"),
        error_messages={"required": _("请拍下签好的申请书")},
    )
    read_out = forms.BooleanField(
        label=_("我已把上面的内容、承诺和授权逐条读给申请人听，并核对了身份证"),
        error_messages={"required": _("读给申请人听、核对身份证以后才能提交")},
    )

    def __init__(
        self,
        *args: Any,
        applicant: str,
        adults: dict[str, str],
        children: dict[str, str],
        family: set[str],
        **more: Any,
    ) -> None:
        """`adults` key → phone without the applicant, `children` key → name, `family` all names."""
        super().__init__(*args, **more)
        self.adults, self.children, self.family = adults, children, family
        self.fields["manner_m1"] = _manner(MANNERS[:2])
        for key, phone in adults.items():
            self.fields[f"manner_{key}"] = _manner(MANNERS)
            self.fields[f"phone_{key}"] = PhoneField(
                label=_("手机号"), required=False, initial=phone
            )
        for key, name in children.items():
            label = _now("申请人是%(name)s的监护人，代为签字") % {"name": name}
            self.fields[f"guardian_{key}"] = forms.BooleanField(label=label, required=False)
        self.fields["witness"] = words(
            _("见证人姓名"), most=40, help=_("有人按手印时要写。不能是家里人，也不能是工作人员。")
        )
        self.order_fields(["manner_m1", "witness", "sheet", "read_out"])

    def clean(self) -> dict[str, Any]:
        """A thumbprint has a witness from outside the family."""
        data = super().clean() or {}
        witness = "".join((data.get("witness") or "").split())
        by_thumb = any(v == THUMB for k, v in data.items() if k.startswith("manner_"))
        if by_thumb and (not witness or witness in self.family):
            self.add_error("witness", _now("按手印要有见证人，写姓名，不能是家里人"))
        return data | {"witness": witness}

    def guardians(self) -> list[Any]:
        """The boxes for children."""
        return [self[f"guardian_{key}"] for key in self.children]

    def others(self) -> list[tuple[str, Any, Any]]:
        """Member key, how he signs, and his phone, for each other adult."""
        return [(key, self[f"manner_{key}"], self[f"phone_{key}"]) for key in self.adults]


def _manner(choices: list[Any]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("怎样签的"),
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选怎样签的")},
    )
