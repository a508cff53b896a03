"""协理员: appointed, covered, trained."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

DATE = {"type": "date"}
FORMAT = "%Y-%m-%d"


class AppointForm(forms.Form):
    """聘任 or, with the account of whoever is away, 代班."""

    account = forms.CharField(
        label=_("协理员的登录账号"),
        max_length=40,
        help_text=_("账号由安全管理员开通。"),
        widget=forms.TextInput({"autocapitalize": "none", "autocomplete": "off"}),
    )
    village = forms.ChoiceField(label=_("村（社区）"))
    from_on = forms.DateField(label=_("从哪天起"), widget=forms.DateInput(DATE, format=FORMAT))
    until_on = forms.DateField(label=_("到哪天为止"), widget=forms.DateInput(DATE, format=FORMAT))
    stands_in_for = forms.CharField(
        label=_("代谁的班（账号）"),
        max_length=40,
        required=False,
        help_text=_("不是代班的空着。"),
        widget=forms.TextInput({"autocapitalize": "none", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, villages: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["village"].choices = villages


class TrainForm(forms.Form):
    """培训."""

    staff = forms.ChoiceField(label=_("协理员"))
    course = forms.CharField(label=_("培训内容"), max_length=120)
    on = forms.DateField(label=_("哪天"), widget=forms.DateInput(DATE, format=FORMAT))
    hours = forms.IntegerField(label=_("学时"), min_value=1, max_value=12)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["staff"].choices = people
