"""委托: who, what for, until when."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from doudi.mandates.flow import MATTERS, RELATIONS
from doudi.portal.forms.fields import PlainForm, words


class MandateForm(PlainForm):
    """The applicant names somebody, and how far it goes."""

    name = words(_("受托人姓名"), need=_("请写受托人的姓名"), most=40)
    phone = words(
        _("受托人手机"),
        need=_("请填写手机号"),
        most=20,
        inputmode="tel",
        help=_("他用这个号码登录，只看得到您委托的事。"),
    )
    relation = forms.ChoiceField(
        label=_("受托人是谁"),
        widget=forms.RadioSelect,
        error_messages={"required": _("请选受托人是谁")},
    )
    matters = forms.MultipleChoiceField(
        label=_("让他办什么"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("钱、银行账户、核对授权和撤回申请不能委托，只能您自己办。"),
        error_messages={"required": _("请选让他办什么")},
    )
    until_on = forms.DateField(
        label=_("到哪天为止"),
        help_text=_("最长一年，随时可以撤回。"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("请选到哪天为止"), "invalid": _("请选到哪天为止")},
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["relation"].choices = [(k, _(v)) for k, v in RELATIONS.items()]
        self.fields["matters"].choices = [(k, _(v)) for k, v in MATTERS.items()]
