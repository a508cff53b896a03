"""The forms of the staff pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from doudi.accounts.permissions import Role

ROLES = [(role.value, role.label) for role in Role]
DATE = {"type": "date"}


class PostFields(forms.Form):
    """A role and the place where it holds."""

    role = forms.ChoiceField(label=_("岗位"), choices=[("", "—"), *ROLES])
    region = forms.CharField(
        label=_("区划"),
        help_text=_("名称（如“汉台区七里街道”）或12位代码"),
        max_length=60,
        widget=forms.TextInput({"list": "places", "autocomplete": "off"}),
    )

    def prepare(self, **known: Any) -> None:
        """The names to choose from."""
        self.by_words = known["by_words"]

    def clean_region(self) -> str:
        """The code of the name."""
        code = self.by_words(self.cleaned_data["region"].strip())
        if code is None:
            raise forms.ValidationError(_("没有这个区划"))
        return str(code)


class AddForm(PostFields):
    """新增工作人员."""

    account = forms.CharField(
        label=_("账号"), max_length=40, help_text=_("3至40位小写字母、数字、点或短横")
    )
    name = forms.CharField(label=_("姓名"), max_length=60)
    phone = forms.CharField(label=_("手机"), max_length=20, required=False)
    id_number = forms.CharField(label=_("身份证号"), max_length=20, required=False)
    field_order = ("account", "name", "phone", "id_number", "role", "region")


class PostForm(PostFields):
    """任岗: from a day on, perhaps until a day."""

    from_on = forms.DateField(label=_("起"), widget=forms.DateInput(DATE, format="%Y-%m-%d"))
    until_on = forms.DateField(
        label=_("止（可空）"), required=False, widget=forms.DateInput(DATE, format="%Y-%m-%d")
    )


class EndPostForm(forms.Form):
    """离岗."""

    post = forms.IntegerField(widget=forms.HiddenInput)
    last_on = forms.DateField(label=_("最后一天"), widget=forms.DateInput(DATE, format="%Y-%m-%d"))

    def prepare(self, **known: Any) -> None:
        """Nothing to know."""


class StandInForm(forms.Form):
    """代班: this person takes over the posts of another."""

    for_account = forms.CharField(label=_("代谁的班（账号）"), max_length=40)
    from_on = forms.DateField(label=_("起"), widget=forms.DateInput(DATE, format="%Y-%m-%d"))
    until_on = forms.DateField(label=_("止"), widget=forms.DateInput(DATE, format="%Y-%m-%d"))

    def prepare(self, **known: Any) -> None:
        """Nothing to know."""


class ReasonForm(forms.Form):
    """停用 and 恢复."""

    reason = forms.CharField(label=_("原因"), max_length=200)

    def prepare(self, **known: Any) -> None:
        """Nothing to know."""


class PlainForm(forms.Form):
    """A new link needs nothing but the press."""

    def prepare(self, **known: Any) -> None:
        """Nothing to know."""


class SheetForm(forms.Form):
    """导入."""

    file = forms.FileField(label=_("Excel 文件"), widget=forms.FileInput({"accept": ".xlsx,.xls"}))
    only_check = forms.BooleanField(label=_("只检查，不导入"), required=False, initial=True)
