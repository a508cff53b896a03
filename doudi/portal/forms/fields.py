"""Fields that take what people really type: full-width digits, commas, dots in dates."""

import datetime as dt
import unicodedata
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from doudi.clock.demo_mark import is_demo
from doudi.clock.time import today
from doudi.kernel.errors import Invalid
from doudi.kernel.money import MoneyError, parse_yuan, plain_yuan
from doudi.kernel.resident_id import ResidentIdError, parse
from doudi.notices.phone_codes import clean_phone
from doudi.ui.words import sentences_of

DAYS = ["%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日"]
MOST_METRES = 10_000


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, even when it is nothing; None for a page that is only opened."""
    return request.POST if request.method == "POST" else None


def plain(text: str) -> str:
    """Full-width to ordinary, no blanks, no thousands commas, no 元."""
    thin = "".join(unicodedata.normalize("NFKC", text).split())
    return thin.replace(",", "").removesuffix("元")


class PlainForm(forms.Form):
    """A form whose browser shows no bubbles of its own: errors stand beside the field."""

    use_required_attribute = False

    def values(self) -> dict[str, Any]:
        """What was right so far, even when something else was wrong."""
        return dict(getattr(self, "cleaned_data", {}))


def words(label: Any, *, need: Any = "", most: int = 60, **attrs: str) -> forms.CharField:
    """One line of text; `need` is the sentence when it is missing ("" for optional)."""
    help_text = attrs.pop("help", "")
    return forms.CharField(
        label=label,
        max_length=most,
        required=bool(need),
        help_text=help_text,
        error_messages={"required": need, "max_length": gettext_lazy("写得太长了，请缩短")},
        widget=forms.TextInput(attrs={"autocomplete": "off", **attrs}),
    )


class IdField(forms.CharField):
    """An 18-digit citizen number; left blank it keeps the one already given."""

    widget = forms.TextInput(
        attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
    )

    def clean(self, value: Any) -> str:
        """The normalised number, or "" when blank and not required."""
        text = super().clean(value)
        if not text:
            return ""
        try:
            return parse(text, on=today(), demo=is_demo())
        except ResidentIdError as error:
            raise forms.ValidationError(_(str(error))) from None


class PhoneField(forms.CharField):
    """A mobile phone."""

    widget = forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"})

    def clean(self, value: Any) -> str:
        """Eleven digits, or "" when blank and not required."""
        text = super().clean(value)
        if not text:
            return ""
        try:
            return clean_phone(text)
        except Invalid as error:
            raise forms.ValidationError(sentences_of(error)) from None


class YuanField(forms.CharField):
    """An amount in yuan; gives the text of interfaces.md ("1670.00") or "" when blank."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(label=label, required=False, **more)

    def clean(self, value: Any) -> str:
        """Decimal text with two places."""
        text = plain(super().clean(value) or "")
        if not text:
            return ""
        try:
            return plain_yuan(parse_yuan(text))
        except MoneyError:
            raise forms.ValidationError(_("请写数字，例如 1200 或 1200.50")) from None


class MetresField(YuanField):
    """Square metres; they have the shape of yuan."""

    def clean(self, value: Any) -> str:
        """Decimal text with two places."""
        text = super().clean(value)
        if text and float(text) > MOST_METRES:
            raise forms.ValidationError(_("面积写得太大了，请核对"))
        return text


class DayField(forms.DateField):
    """A day not in the future."""

    def __init__(self, label: Any, **more: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(label=label, input_formats=DAYS, widget=widget, **more)
        self.error_messages["invalid"] = gettext_lazy("请写日期，例如 2022-05-09")

    def clean(self, value: Any) -> dt.date | None:
        """The day."""
        day: dt.date | None = super().clean(value)
        if day and day > today():
            raise forms.ValidationError(_("日期不能晚于今天"))
        return day
