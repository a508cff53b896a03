"""The forms of an office's own matters: ready words, people borrowed, cases assigned."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from doudi.accounts.actions.ask_loan import LENT
from doudi.desk.opinions import HOLES, VERBS

DATE = {"type": "date"}
FORMAT = "%Y-%m-%d"


class PhraseForm(forms.Form):
    """编模板."""

    verb = forms.ChoiceField(label=_("用在哪一步"), choices=list(VERBS.items()))
    title = forms.CharField(label=_("名称"), max_length=20, help_text=_("同名的会被换掉"))
    text = forms.CharField(
        label=_("内容"),
        max_length=600,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("可以用这些空格，办理时自动填："),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        holes = "、".join(f"{{{hole}}}" for hole in HOLES)
        self.fields["text"].help_text = f"{self.fields['text'].help_text}{holes}"


class LoanForm(forms.Form):
    """请求借人."""

    lender = forms.ChoiceField(label=_("向谁借"))
    role = forms.ChoiceField(label=_("借什么岗位"), choices=[(r.value, r.label) for r in LENT])
    from_on = forms.DateField(label=_("从哪天起"), widget=forms.DateInput(DATE, format=FORMAT))
    until_on = forms.DateField(label=_("到哪天为止"), widget=forms.DateInput(DATE, format=FORMAT))
    reason = forms.CharField(
        label=_("原因"), max_length=200, help_text=_("例如：只有一名经办人在岗，不能两人入户")
    )

    def __init__(self, *args: Any, lenders: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["lender"].choices = lenders


class AnswerLoanForm(forms.Form):
    """答复借人."""

    staff = forms.ChoiceField(label=_("借出谁"), required=False)
    answer = forms.CharField(label=_("说明"), max_length=200, required=False)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["staff"].choices = [("", _("不同意")), *people]


class AssignForm(forms.Form):
    """分派: ticked cases to one colleague."""

    to = forms.UUIDField(error_messages={"required": _("请选择接手的人")})
    case = forms.TypedMultipleChoiceField(
        choices=(), error_messages={"required": _("请先勾选办件")}
    )

    def __init__(self, *args: Any, cases: list[str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["case"].choices = [(case, case) for case in cases]
