"""The forms of the gate: what is typed at sign-in, and for a new password."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from doudi.accounts.permissions import RELATIONS

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


class PromiseForm(forms.Form):
    """承诺: one tick, by the person, or for one who has signed it on paper."""

    ON_PAPER = _("本人已在纸上签字承诺：应备案的近亲属已经全部备案，没有遗漏。")

    promised = forms.BooleanField(
        label=_(
            "我承诺：应备案的近亲属已经全部备案，没有遗漏；有变化及时补报。隐瞒不报的，愿意接受处理。"
        ),
        error_messages={"required": _("请先承诺")},
    )

    def __init__(self, *args: Any, own: bool = True, **more: Any) -> None:
        super().__init__(*args, **more)
        if not own:
            self.fields["promised"].label = self.ON_PAPER


class RelativeForm(PromiseForm):
    """One near relative, with the promise below."""

    ON_PAPER = _("本人已在纸上签字承诺：填写属实；他（她）申请救助时回避。")

    name = forms.CharField(
        label=_("近亲属姓名"), max_length=60, widget=forms.TextInput({"autocomplete": "off"})
    )
    relation = forms.ChoiceField(
        label=_("关系"), choices=[("", _("请选择")), *((word, _(word)) for word in RELATIONS)]
    )
    id_number = forms.CharField(
        label=_("身份证号"),
        max_length=24,
        help_text=_("加密保存，只用来比对，页面上不再显示全号。"),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters"}),
    )
    promised = forms.BooleanField(
        label=_("我承诺：填写属实；他（她）申请救助时我回避，不打招呼、不代签意见。"),
        error_messages={"required": _("请先承诺")},
    )
    field_order = ["name", "relation", "id_number", "promised"]


class EndRelativeForm(forms.Form):
    """From which day on somebody is no near relative any more."""

    on = forms.DateField(
        label=_("从哪天起"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    why = forms.CharField(
        label=_("原因"), max_length=200, help_text=_("例如：离婚、去世、备案有误。不写身份证号。")
    )


class ClockForm(forms.Form):
    """Where the demonstration's clock goes: the next day, the next working day, or a date."""

    to = forms.ChoiceField(choices=[("day", ""), ("workday", ""), ("date", "")])
    on = forms.DateField(required=False)
