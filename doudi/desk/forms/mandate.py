"""委托代办 on paper: who, what for, until when, and who stood by."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from doudi.mandates.flow import MATTERS, RELATIONS, SIGNED, THUMBPRINT


class PaperMandateForm(forms.Form):
    """The signed sheet as a photograph is the evidence."""

    name = forms.CharField(
        label=_("受托人姓名"), max_length=40, error_messages={"required": _("请写受托人的姓名")}
    )
    phone = forms.CharField(
        label=_("受托人手机"), max_length=20, error_messages={"required": _("请填写手机号")}
    )
    relation = forms.ChoiceField(label=_("受托人是谁"), widget=forms.RadioSelect)
    matters = forms.MultipleChoiceField(
        label=_("让他办什么"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请选让他办什么")},
    )
    until_on = forms.DateField(
        label=_("到哪天为止"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    manner = forms.ChoiceField(label=_("怎样签的"), widget=forms.RadioSelect)
    witness = forms.CharField(
        label=_("见证人姓名"),
        max_length=40,
        help_text=_("不能是家里人，也不能是受托人。"),
        error_messages={"required": _("见证人要写姓名，不能是家里人，也不能是受托人")},
    )
    sheet = forms.FileField(
        label=_("签好的委托书照片"), help_text=_("JPG、PNG或PDF，看得清签名或手印")
    )
    read_out = forms.BooleanField(
        label=_("我已把委托书读给本人听，本人听明白了，知道随时可以撤回"),
        error_messages={"required": _("读给本人听以后才能登记委托")},
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["relation"].choices = [(k, _(v)) for k, v in RELATIONS.items()]
        self.fields["matters"].choices = [(k, _(v)) for k, v in MATTERS.items()]
        self.fields["manner"].choices = [
            (THUMBPRINT, _("本人按手印")),
            (SIGNED, _("本人签字")),
        ]
