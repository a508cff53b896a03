"""移出名单: the last day on the list, and why."""

from django import forms
from django.utils.translation import gettext_lazy as _


class LeaveForm(forms.Form):
    """From which day somebody belongs to the group no longer."""

    until_on = forms.DateField(
        label=_("在名单上的最后一天"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("请填日期")},
    )
    why = forms.CharField(
        label=_("原因"),
        max_length=100,
        help_text=_("例如迁出本县区、不再符合条件、登记有误。不写证件号、手机号。"),
        error_messages={"required": _("请写明原因，2至100个字")},
    )
