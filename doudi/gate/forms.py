"""The forms of the gate: what is typed at sign-in, and for a new password."""

from django import forms
from django.utils.translation import gettext_lazy as _

ONE_TIME = {"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": "8"}


class PasswordForm(forms.Form):
    """First factor."""

    account = forms.CharField(
        label=_("账号"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("密码"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(render_value=True, attrs={"autocomplete": "current-password"}),
    )

    def clean_account(self) -> str:
        """Accounts are lower case."""
        return str(self.cleaned_data["account"]).strip().lower()


class CodeForm(forms.Form):
    """Second factor."""

    code = forms.CharField(label=_("六位验证码"), max_length=8, widget=forms.TextInput(ONE_TIME))


class NewPasswordForm(forms.Form):
    """A new password, typed twice, and a code of the second factor."""

    password = forms.CharField(
        label=_("新密码"),
        help_text=_("至少12个字符，可以是一句容易记住的话"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("再输一次"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    code = forms.CharField(label=_("六位验证码"), max_length=8, widget=forms.TextInput(ONE_TIME))

    def clean_again(self) -> str:
        """Both must be the same."""
        if self.cleaned_data["again"] != self.cleaned_data.get("password"):
            raise forms.ValidationError(_("两次输入不一致"))
        return str(self.cleaned_data["again"])


class ChangePasswordForm(NewPasswordForm):
    """The same with the present password before it."""

    present = forms.CharField(
        label=_("现在的密码"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ["present", "password", "again", "code"]


class ClockForm(forms.Form):
    """Where the demonstration's clock goes: the next day, the next working day, or a date."""

    to = forms.ChoiceField(choices=[("day", ""), ("workday", ""), ("date", "")])
    on = forms.DateField(required=False)
