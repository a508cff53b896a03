"""查看完整信息: which value, of whom, and for what."""

from django import forms
from django.utils.translation import gettext_lazy as _

FIELDS = [
    ("name", _("姓名")),
    ("id_number", _("身份证号")),
    ("phone", _("手机")),
    ("illness", _("病情说明")),
    ("address", _("住址")),
    ("account", _("银行账号")),
]
PURPOSES = [
    ("identity", _("核实身份")),
    ("contact", _("联系申请人")),
    ("account", _("核对账户")),
    ("visit", _("入户调查")),
    ("difference", _("核实数据差异")),
    ("file", _("装订存档")),
]
OF_HOUSEHOLD = ("address", "account")


class PurposeForm(forms.Form):
    """A purpose from the list: no free text may carry a number."""

    purpose = forms.ChoiceField(choices=PURPOSES)


class RevealForm(PurposeForm):
    """One field of one member."""

    field = forms.ChoiceField(choices=FIELDS)
    member = forms.RegexField(r"m[0-9]{1,2}")
