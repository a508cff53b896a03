"""批量打印 and 一户一档: which cases, which forms, for what; which part a paper belongs to."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from doudi.desk.forms.reveal import PURPOSES
from doudi.desk.printable import line
from doudi.filing.flow import SLOTS

# What offices print by the dozen; everything else is printed from its case.
OFTEN = ("F13", "F04-1", "F04-2", "F12", "F09", "F01", "F02", "F05", "F08-2")


class _Asked(forms.Form):
    """A job's own id, so that a form sent twice is one job, and its purpose from the list."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    purpose = forms.ChoiceField(
        label=_("用途"), choices=PURPOSES, error_messages={"required": _("请选用途")}
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        more["initial"] = {"token": uuid4(), "purpose": "file"} | more.get("initial", {})
        super().__init__(*args, **more)


class BatchForm(_Asked):
    """The cases of one page of the list, and the forms to print of each."""

    cases = forms.MultipleChoiceField(
        label=_("办件"), error_messages={"required": _("请选要打印的办件")}
    )
    papers = forms.MultipleChoiceField(
        label=_("打印哪些"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请选要打印的表单")},
    )
    language = forms.ChoiceField(
        label=_("语言"),
        choices=[("zh", _("中文")), ("en", _("英文（有英文的文书）"))],
        required=False,
    )

    def __init__(self, *args: Any, shown: Sequence[str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["cases"].choices = [(key, key) for key in shown]
        self.fields["papers"].choices = [(code, line(code)["words"]) for code in OFTEN]


class ArchiveForm(_Asked):
    """The whole file of a case; in full only for those who may reveal."""

    whole = forms.BooleanField(
        label=_("完整号码和照片"),
        required=False,
        help_text=_("不选时号码一律遮盖，照片只列在目录里。"),
    )


class FilePaperForm(forms.Form):
    """A photograph or scan and the part of the file where it belongs."""

    slot = forms.TypedChoiceField(
        label=_("归档类别"), coerce=int, error_messages={"required": _("请选归档类别")}
    )
    sheet = forms.FileField(
        label=_("照片或扫描件"),
        help_text=_("照片或PDF；上传后自动检查。"),
        error_messages={"required": _("请选照片或扫描件")},
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["slot"].choices = [(n, f"{n} {_(name)}") for n, name in enumerate(SLOTS, 1)]
