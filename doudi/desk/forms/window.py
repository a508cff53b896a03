"""窗口代填: the applicant's phone if there is one, proved by its code; no more is asked here."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class WindowStartForm(forms.Form):
    """Both left blank for somebody without a phone."""

    use_required_attribute = False
    phone = forms.CharField(
        label=_("申请人的手机"),
        max_length=20,
        required=False,
        help_text=_("没有手机的空着。有手机的先发验证码，请申请人把短信里的数字念给您。"),
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )
    code = forms.CharField(
        label=_("短信里的6位数字"),
        max_length=12,
        required=False,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        """Blanks and full-width digits are the typist's, not errors."""
        data = super().clean() or {}
        return {key: "".join(str(value).split()) for key, value in data.items()}
