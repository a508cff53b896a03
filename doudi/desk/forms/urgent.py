"""The forms of urgent aid at the desk: calls, relief, papers, lists of people, the roster."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from doudi.desk.forms.case import DATE, LONG, MoveForm
from doudi.kernel.money import MoneyError, parse_yuan
from doudi.referrals.catalog import departments
from doudi.urgent.flow import CHANNELS, GIVEN, KINDS, MANNERS

WEEKDAYS = [_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日")]
KIND_WORDS = [(key, _(words)) for key, words in KINDS.items()]
GIVEN_WORDS = [(key, _(words)) for key, words in GIVEN.items()]
WHEN = "%Y-%m-%dT%H:%M"


class FenField(forms.CharField):
    """An amount in yuan; gives fen, or None when blank."""

    widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})

    def clean(self, value: Any) -> Any:
        """Whole fen."""
        text = "".join(str(super().clean(value) or "").split()).replace(",", "").removesuffix("元")
        if not text:
            return None
        try:
            return parse_yuan(text)
        except MoneyError:
            raise forms.ValidationError(_("请写数字，例如 1200 或 1200.50")) from None


class CallForm(forms.Form):
    """登记求助: somebody phoned or walked in."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("急难情形"), choices=KIND_WORDS, widget=forms.RadioSelect)
    region = forms.ChoiceField(label=_("事发地"))
    spot = forms.CharField(label=_("具体地点"), max_length=100, required=False)
    name = forms.CharField(label=_("求助人"), max_length=40, required=False)
    phone = forms.CharField(label=_("联系电话"), max_length=20)
    what = forms.CharField(
        label=_("情况"), max_length=500, required=False, widget=forms.Textarea({"rows": 3})
    )
    persons = forms.IntegerField(label=_("人数"), min_value=1, max_value=999, initial=1)
    needed = FenField(label=_("眼下缺多少钱（元）"), required=False)

    def __init__(self, *args: Any, places: list[tuple[str, str]], **more: Any) -> None:
        more["initial"] = {"token": uuid4(), "persons": 1}
        super().__init__(*args, **more)
        self.fields["region"].choices = places


class VisitForm(MoveForm):
    """记录上门."""

    visited_at = forms.DateTimeField(
        label=_("上门时间"),
        widget=forms.DateTimeInput({"type": "datetime-local"}, format=WHEN),
        input_formats=[WHEN, "%Y-%m-%d %H:%M"],
    )
    visitors = forms.MultipleChoiceField(
        label=_("上门人员"), required=False, widget=forms.CheckboxSelectMultiple
    )
    alone_reason = forms.CharField(label=_("只有一人上门的原因"), max_length=200, required=False)
    findings = forms.CharField(
        label=_("看到的情况"), max_length=2000, widget=forms.Textarea(LONG), required=False
    )
    own_cost = FenField(
        label=_("眼下要自付的（元）"), help_text=_("核实后的数，用来算建议金额"), required=False
    )

    def prepare(self, **known: Any) -> None:
        """Who may visit there."""
        self.fields["visitors"].choices = known["visitors"]


class ProposeForm(MoveForm):
    """提出先行救助."""

    amount = FenField(label=_("金额（元）"))
    reason = forms.CharField(
        label=_("与建议金额不一致的理由"),
        max_length=400,
        required=False,
        widget=forms.Textarea(LONG),
    )
    manner = forms.ChoiceField(
        label=_("怎么给"),
        choices=[(key, _(words)) for key, words in MANNERS.items()],
        widget=forms.RadioSelect,
    )
    payee_name = forms.CharField(
        label=_("收款人姓名"),
        max_length=40,
        required=False,
        help_text=_("发给求助人本人的不用写"),
    )
    payee_id_number = forms.CharField(
        label=_("收款人身份证号"),
        max_length=24,
        required=False,
        help_text=_("发现金、没有证件的可不写"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    bank = forms.CharField(label=_("开户行"), max_length=40, required=False)
    account = forms.CharField(
        label=_("账号"),
        max_length=40,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class PapersForm(MoveForm):
    """补办手续: what has come."""

    papers = forms.MultipleChoiceField(
        label=_("已收到的"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def prepare(self, **known: Any) -> None:
        """What is still missing."""
        self.fields["papers"].choices = known["papers"]


class FollowForm(MoveForm):
    """后续: one of the proposals, done or not needed."""

    follow = forms.ChoiceField(label=_("事项"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("怎么办的，或为什么不用办"), max_length=400, widget=forms.Textarea(LONG)
    )

    def prepare(self, **known: Any) -> None:
        """What is still open."""
        self.fields["follow"].choices = known["follow"]


class ReceiptForm(MoveForm):
    """交付现金."""

    receipt = forms.CharField(label=_("收据编号"), max_length=60)


class WhereForm(MoveForm):
    """转介."""

    where = forms.CharField(label=_("转到哪里、找谁"), max_length=300, widget=forms.Textarea(LONG))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        known = [d.words(get_language() or "zh")[0] for d in departments()]
        self.fields["where"].help_text = _("例如：%(offices)s") % {"offices": "、".join(known)}


class ReasonForm(MoveForm):
    """办结, 退回."""

    reason = forms.CharField(label=_("情况说明"), max_length=400, widget=forms.Textarea(LONG))


class GatheringForm(forms.Form):
    """集中救助: where, why, when."""

    town = forms.ChoiceField(label=_("镇（街道）"))
    place = forms.CharField(label=_("地点"), max_length=100)
    cause = forms.CharField(label=_("原因"), max_length=200)
    on = forms.DateField(label=_("日期"), widget=forms.DateInput(DATE, format="%Y-%m-%d"))

    def __init__(self, *args: Any, places: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["town"].choices = places


class PeopleForm(forms.Form):
    """A pasted or typed list, one person a line."""

    people = forms.CharField(
        label=_("名单"),
        help_text=_(
            "每人一行：姓名，后面可以写身份证号、家在哪里、给了什么、金额（元），用空格或逗号隔开；可以从表格粘贴"
        ),
        max_length=60_000,
        widget=forms.Textarea({"rows": 12, "spellcheck": "false"}),
    )
    given = forms.MultipleChoiceField(
        label=_("没写给了什么的，都按这些"),
        choices=GIVEN_WORDS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    fen = FenField(label=_("没写金额的，每人（元）"), required=False)


class ShiftForm(forms.Form):
    """One line of the roster."""

    officer = forms.ChoiceField(label=_("值班人"))
    weekday = forms.ChoiceField(
        label=_("星期"),
        choices=[("", _("只这一天")), *((str(n), words) for n, words in enumerate(WEEKDAYS))],
        required=False,
    )
    day = forms.DateField(
        label=_("或者某一天（节假日）"),
        required=False,
        widget=forms.DateInput(DATE, format="%Y-%m-%d"),
    )
    from_hour = forms.IntegerField(label=_("从几点"), min_value=0, max_value=23, initial=18)
    to_hour = forms.IntegerField(
        label=_("到几点"), help_text=_("过夜的写第二天的钟点"), min_value=0, max_value=24, initial=8
    )
    order = forms.IntegerField(label=_("第几个接听"), min_value=1, max_value=9, initial=1)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["officer"].choices = people


CHANNEL_WORDS = {key: _(words) for key, words in CHANNELS.items()}
