"""台账 and 导入: what is taken out for which purpose, which file comes in, why one is undone."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from doudi.exports.flow import PURPOSES
from doudi.people.flow import IMPORTS, UNDO_REASONS
from doudi.ui.words import said


class ExportForm(forms.Form):
    """用途, from a list: no free text may carry a number."""

    purpose = forms.ChoiceField(label=_("用途"))
    whole = forms.BooleanField(label=_("导出完整信息（不掩码）"), required=False)

    def __init__(self, *args: Any, may_whole: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [(key, said(purpose.words)) for key, purpose in PURPOSES.items()]
        self.fields["purpose"].choices = [("", "—"), *words]
        if not may_whole:
            del self.fields["whole"]


class UploadForm(forms.Form):
    """Which table, and the file."""

    table = forms.ChoiceField(label=_("导入什么"))
    file = forms.FileField(
        label=_("表格文件"),
        help_text=_(".xlsx、.xls、.et 或 .csv，不超过40MB"),
        widget=forms.FileInput({"accept": ".xlsx,.xls,.et,.csv"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["table"].choices = [(key, said(words)) for key, words in IMPORTS.items()]


class UndoForm(forms.Form):
    """The reason, from a list."""

    why = forms.ChoiceField(label=_("撤销的理由"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [(key, said(reason)) for key, reason in UNDO_REASONS.items()]
        self.fields["why"].choices = [("", "—"), *words]
