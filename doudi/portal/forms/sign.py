"""The forms of signing: the applicant for the whole application, a family member alone."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from doudi.portal.forms.entry import DIGITS
from doudi.portal.forms.fields import PhoneField, PlainForm, words

MOST_STROKE = 60_000


class SignForm(PlainForm):
    """A typed name, the digits of a message, and the stroke where JavaScript runs."""

    agreed = forms.BooleanField(
        label=_("我已看过（听过）上面的承诺和授权，都同意"),
        error_messages={"required": _("同意以后才能签字")},
    )
    name = words(_("签名：写下您的姓名"), need=_("请写下姓名作为签名"))
    code = words(_("短信验证码"), need=_("请填写验证码"), most=12, **DIGITS)
    stroke = forms.CharField(required=False, max_length=MOST_STROKE, widget=forms.HiddenInput)

    def __init__(self, *args: Any, signer: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.signer = signer

    def clean_name(self) -> str:
        """The signature is one's own name."""
        name = "".join(str(self.cleaned_data["name"]).split())
        if name != "".join(self.signer.split()):
            raise forms.ValidationError(_now("签名要与申报的姓名一致"))
        return self.signer

    def clean_stroke(self) -> list[Any]:
        """Lines of points; anything else counts as not drawn, for the typed name is enough."""
        try:
            lines = json.loads(self.cleaned_data["stroke"] or "[]")
            return [[[int(x), int(y)] for x, y in line] for line in lines]
        except (ValueError, TypeError):
            return []


class SubmitForm(SignForm):
    """The applicant's signature, with what he signs for children and whom to send links."""

    def __init__(
        self, *args: Any, children: dict[str, str], adults: dict[str, str], **more: Any
    ) -> None:
        """`children` key → name; `adults` key → phone, without the applicant."""
        super().__init__(*args, **more)
        self.children, self.adults = children, adults
        for key, name in children.items():
            self.fields[f"guardian_{key}"] = forms.BooleanField(
                label=_now("我是%(name)s的监护人，代为签字") % {"name": name},
                required=False,
            )
        for key, phone in adults.items():
            self.fields[f"phone_{key}"] = PhoneField(
                label=_now("手机号"), required=False, initial=phone
            )

    def guardians(self) -> list[Any]:
        """The boxes for children."""
        return [self[f"guardian_{key}"] for key in self.children]

    def links(self) -> list[tuple[str, Any]]:
        """Member key and phone field of each other adult."""
        return [(key, self[f"phone_{key}"]) for key in self.adults]
