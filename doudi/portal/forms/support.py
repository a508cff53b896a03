"""What else a household needs, and whether others may see it."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from doudi.portal.forms.fields import PlainForm
from doudi.support.flow import NEEDS


class MyNeedForm(PlainForm):
    """One need; agreeing that others see it is part of stating it."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("需要什么"))
    what = forms.CharField(
        label=_("具体需要"),
        max_length=300,
        help_text=_("不用写姓名和病情。"),
        error_messages={"required": _("请写明需要什么，2至300个字")},
        widget=forms.Textarea({"rows": 3}),
    )
    with_name = forms.BooleanField(
        label=_("约好以后，可以把姓名和电话告诉来帮的组织"), required=False
    )
    agreed = forms.BooleanField(
        label=_("同意让登记过的社会组织看到我的村名和需要什么（看不到姓名），随时可以收回"),
        error_messages={"required": _("同意以后才能提出需求")},
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        more["initial"] = {"token": uuid4()}
        super().__init__(*args, **more)
        self.fields["kind"].choices = [(k, _(words)) for k, words in NEEDS.items()]
