"""What an officer writes when an award is to change, is re-checked, or money is asked back."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from doudi.kernel.money import MoneyError, parse_yuan
from doudi.regions.queries import path_names, villages_called
from doudi.upkeep.flow import CLASSES, OUTCOMES, RECOVERY_CAUSES, causes_of

MONTH = _("月份要写成 2022-06 的样子")
AMOUNT = _("要写成元，最多两位小数，例如 1670.00")
FACTS = _("请写明事实和理由，5至500个字")


class YuanField(forms.CharField):
    """An amount in yuan; cleaned to whole fen, or None when left empty."""

    widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})

    def clean(self, value: Any) -> int | None:
        """Fen."""
        text = (super().clean(value) or "").strip()
        if not text:
            return None
        try:
            return parse_yuan(text)
        except MoneyError:
            raise forms.ValidationError(AMOUNT) from None


class ProposeForm(forms.Form):
    """提请变动; which fields show follows from the kind."""

    cause = forms.ChoiceField(
        label=_("原因"), widget=forms.RadioSelect, error_messages={"required": _("请选一项原因")}
    )
    month = forms.RegexField(
        r"[0-9]{4}-(0[1-9]|1[0-2])",
        label=_("从哪个月起"),
        widget=forms.TextInput({"type": "month"}),
        error_messages={"required": MONTH, "invalid": MONTH},
    )
    person = forms.ChoiceField(
        label=_("哪一个人"), widget=forms.RadioSelect, error_messages={"required": _("请选一个人")}
    )
    own_top_up = YuanField(label=_("其中本人的分类施保（元）"), required=False)
    base = YuanField(label=_("变动后的基本保障金（元/月）"), required=True)
    top_up = YuanField(label=_("变动后的分类施保金（元/月）"), required=True)
    to_village = forms.CharField(
        label=_("迁入的村（社区）"),
        max_length=60,
        help_text=_("名称，同名的前面加镇（街道）；或者12位代码。"),
        error_messages={"required": _("请填迁入的村（社区）")},
    )
    why = forms.CharField(
        label=_("事实和理由"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("本人会看到这段话。不写身份证号、手机号、账号。"),
        error_messages={"required": FACTS},
    )
    paper = forms.CharField(label=_("依据的文书编号（有就填）"), max_length=60, required=False)

    def __init__(self, *args: Any, kind: str, people: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["cause"].choices = [(k, _(w)) for k, w in causes_of(kind).items()]
        self.fields["person"].choices = people
        if len(self.fields["cause"].choices) == 1:
            self.fields["cause"].initial = self.fields["cause"].choices[0][0]
        wanted = {"cause", "month", "why", "paper"} | SHOWN.get(kind, set())
        for name in [name for name in self.fields if name not in wanted]:
            del self.fields[name]

    def clean_to_village(self) -> str:
        """The one village that is meant; of several every name is told."""
        text = str(self.cleaned_data["to_village"]).strip()
        if re.fullmatch(r"[0-9]{12}", text):
            return text
        found = villages_called(text)
        if not found:
            raise forms.ValidationError(_("没有这个村（社区），请核对名称"))
        if len(found) > 1:
            names = "、".join(sorted(path_names(found).values())[:5])
            raise forms.ValidationError(_("有几个同名的，请写全：%(names)s") % {"names": names})
        return found[0]


SHOWN = {
    "adjust": {"base", "top_up"},
    "move": {"base", "top_up", "to_village"},
    "person_out": {"person", "own_top_up"},
}


class DeathForm(forms.Form):
    """成员去世."""

    person = forms.ChoiceField(
        label=_("去世的人"), widget=forms.RadioSelect, error_messages={"required": _("请选一个人")}
    )
    died_on = forms.DateField(
        label=_("去世日期"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("请填去世日期"), "invalid": _("请填去世日期")},
    )
    why = forms.CharField(
        label=_("怎么知道的"),
        max_length=500,
        help_text=_("例如：火化证明、户口注销、村里报告。"),
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": FACTS},
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["person"].choices = people


class DecideForm(forms.Form):
    """决定."""

    decision = forms.ChoiceField(
        label=_("决定"),
        choices=[("agree", _("同意变动")), ("drop", _("不同意，照旧发放"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一个结果")},
    )
    why = forms.CharField(
        label=_("决定的理由"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("请写明决定的理由，2至500个字")},
    )


class AnswerForm(forms.Form):
    """陈述申辩."""

    text = forms.CharField(
        label=_("本人的意见"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("请写明意见，2至1000个字")},
    )


class AccountForm(forms.Form):
    """换账户."""

    number = forms.CharField(
        label=_("新账号"),
        max_length=22,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("请填账号")},
    )
    bank = forms.CharField(
        label=_("开户行"), max_length=40, error_messages={"required": _("请填开户行")}
    )
    holder = forms.CharField(
        label=_("户名"),
        max_length=60,
        required=False,
        help_text=_("不填就是领款人本人；代管的写代管人。"),
    )


class CustodyForm(forms.Form):
    """代保管协议."""

    keeper = forms.CharField(
        label=_("保管人"), max_length=60, error_messages={"required": _("请填保管人")}
    )
    reason = forms.CharField(
        label=_("为什么由别人保管"),
        max_length=200,
        error_messages={"required": _("请写为什么由别人保管")},
    )
    paper = forms.CharField(
        label=_("书面协议编号"),
        max_length=60,
        error_messages={"required": _("请填书面协议的编号")},
    )


class RecheckForm(forms.Form):
    """复核: the household as it is now, and what follows."""

    visited_on = forms.DateField(
        label=_("入户日期"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("请填入户日期"), "invalid": _("请填入户日期")},
    )
    report_number = forms.CharField(label=_("核对报告编号"), max_length=40, required=False)
    income = YuanField(label=_("全户年收入（元）"), required=True)
    expenses = YuanField(label=_("刚性支出（元/年）"), required=True)
    people = forms.IntegerField(
        label=_("共同生活人口"),
        min_value=1,
        max_value=30,
        error_messages={"required": _("请填人口"), "invalid": _("请填人口")},
    )
    changes = forms.CharField(
        label=_("和上次比，变了什么"),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    klass = forms.ChoiceField(label=_("以后的复核类别"), choices=[])
    outcome = forms.ChoiceField(
        label=_("结论"), widget=forms.RadioSelect, error_messages={"required": _("请选复核结论")}
    )
    month = forms.RegexField(
        r"[0-9]{4}-(0[1-9]|1[0-2])",
        label=_("金额要变的，从哪个月起"),
        widget=forms.TextInput({"type": "month"}),
        error_messages={"required": MONTH, "invalid": MONTH},
    )
    base = YuanField(label=_("增发、减发后的基本保障金（元/月）"), required=False)
    top_up = YuanField(label=_("增发、减发后的分类施保金（元/月）"), required=False)
    words = forms.CharField(
        label=_("结论和依据"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("请写明结论和依据，5至500个字")},
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["klass"].choices = [(k, _(w)) for k, w in CLASSES.items()]
        self.fields["outcome"].choices = [(k, _(w)) for k, w in OUTCOMES.items()]


class StandardForm(forms.Form):
    """编制提标清单."""

    month = forms.RegexField(
        r"[0-9]{4}-(0[1-9]|1[0-2])",
        label=_("新标准从哪个月起"),
        widget=forms.TextInput({"type": "month"}),
        error_messages={"required": MONTH, "invalid": MONTH},
    )


class ApproveForm(forms.Form):
    """批准提标."""

    paper = forms.CharField(
        label=_("提标文件的文号"),
        max_length=60,
        error_messages={"required": _("请填提标文件的文号")},
    )


class RecoverForm(forms.Form):
    """提请追回."""

    cause = forms.ChoiceField(label=_("原因"), choices=[])
    amount = YuanField(label=_("金额（元）"), required=True)
    words = forms.CharField(
        label=_("事实和理由"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": FACTS},
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["cause"].choices = [(k, _(w)) for k, w in RECOVERY_CAUSES.items()]


class PartsForm(forms.Form):
    """分几期退还."""

    months = forms.IntegerField(
        label=_("分几期退还"),
        help_text=_("写0就是不追回：办理机关的差错、本人不知情的，不追回。"),
        min_value=0,
        max_value=24,
        error_messages={"required": _("请填0到24"), "invalid": _("请填0到24")},
    )
    words = forms.CharField(
        label=_("决定的理由"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": _("请写明决定的理由，2至500个字")},
    )
