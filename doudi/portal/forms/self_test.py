"""The eight questions of the self-test: ranges to choose from, everything may stay open but the
number of people; nothing personal is asked."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from doudi.kernel.money import parse_yuan
from doudi.portal.forms.fields import PlainForm, YuanField
from doudi.portal.self_test import Answers

# Steps in yuan, the last one open above. They are asked, not law: any steps would do.
INCOME = (0, 300, 600, 1000, 1500, 2000, 3000, 4000, 6000, 8000, 50_000)
COSTS = (0, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 500_000)
FEES = (0, 2000, 5000, 10_000, 20_000, 100_000)
MOST_PERSONS = 12
MOST_INCOME = 50_000
Range = tuple[int, int]


def steps(bounds: tuple[int, ...], nothing: Any) -> list[tuple[str, Any]]:
    """nothing, up to the first bound, …, above the last but one; each as "from-to" in yuan."""
    chosen = [("0-0", nothing)]
    for low, high in zip(bounds, bounds[1:], strict=False):
        label = _("%(high)s元以内") if not low else _("%(low)s到%(high)s元")
        label = _("%(low)s元以上") if high == bounds[-1] else label
        chosen.append((f"{low}-{high}", label % {"low": f"{low:,}", "high": f"{high:,}"}))
    return chosen


def _one(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, widget=forms.RadioSelect)


def _several(label: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, required=False, widget=forms.CheckboxSelectMultiple
    )


def _number(label: Any, *, required: bool = False) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=required,
        min_value=int(required),
        max_value=MOST_PERSONS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
        error_messages={
            "required": gettext_lazy("请写家里一共几口人"),
            "invalid": gettext_lazy("请写数字，例如 3"),
            "min_value": gettext_lazy("请写1到12的数字"),
            "max_value": gettext_lazy("请写12以内的数字；人更多的，请打电话问"),
        },
    )


class SelfTestForm(PlainForm):
    """Answers; labels name the figures of the day."""

    area = _one(gettext_lazy("住在哪里？"))
    persons = _number(gettext_lazy("一起生活的一共几口人？"), required=True)
    minors = _number("")
    elders = _number("")
    income = _one(gettext_lazy("全家一个月大约收入多少？"))
    income_exact = YuanField(gettext_lazy("知道准数的，写在这里（可不写）"))
    illness = _one(gettext_lazy("过去一年，看病自己付了多少？"))
    seriously_ill = forms.BooleanField(label=gettext_lazy("家里有人得了重病"), required=False)
    disability = _one(gettext_lazy("家里有残疾人吗？"))
    study = _one(gettext_lazy("过去一年，学费和住宿费交了多少？"))
    things = _several(gettext_lazy("家里有没有这些？"))
    events = _several(gettext_lazy("还有没有这些情况？"))

    def __init__(self, *args: Any, figures: dict[str, int], **more: Any) -> None:
        super().__init__(*args, **more)
        unknown = ("", _("说不准"))
        choices = {
            "area": [("urban", _("城里（社区）")), ("rural", _("农村（村）")), unknown],
            "income": [*steps(INCOME, _("没有收入")), unknown],
            "illness": [*steps(COSTS, _("没有花")), unknown],
            "study": [*steps(FEES, _("没有花")), unknown],
            "disability": [
                ("no", _("没有")),
                ("severe", _("有，一级、二级，或者三级智力、精神残疾")),
                ("light", _("有，其他等级")),
                ("unknown", _("有病残，没办证")),
            ],
            "things": _things(figures),
            "events": _events(figures),
        }
        # Fields marked "off" come back empty on the way back.
        del self.fields["income_exact"].widget.attrs["autocomplete"]
        for name, offered in choices.items():
            self.fields[name].choices = offered
        self.fields["minors"].label = _("其中未满%(age)s岁的几个？") % {
            "age": figures["top_up_minor_below"]
        }
        self.fields["elders"].label = _("其中%(age)s岁以上的几个？") % {
            "age": figures["top_up_elder_from"]
        }

    def clean_income_exact(self) -> str:
        """Decimal text with two places, or ""."""
        text = str(self.cleaned_data["income_exact"])
        if text and parse_yuan(text) > MOST_INCOME * 100:
            raise forms.ValidationError(_("写得太大了，请核对"))
        return text

    def clean(self) -> dict[str, Any]:
        """The people fit together."""
        values = dict(super().clean() or {})
        persons, minors = values.get("persons"), values.get("minors") or 0
        if persons is not None and minors + (values.get("elders") or 0) > persons:
            self.add_error("persons", _("老人和孩子加起来比总人数多，请核对"))
        events = values.get("events") or []
        if "child_alone" in events and not minors:
            self.add_error("minors", _("没人养的孩子也请算进来"))
        if "elder_alone" in events and persons is not None and minors >= persons:
            self.add_error("persons", _("没人养的老人也请算进来"))
        return values

    def answers(self) -> Answers:
        """What was said, as ranges in fen; what was left open is the whole range."""
        values = self.cleaned_data
        exact = values["income_exact"]
        return Answers(
            persons=values["persons"],
            minors=values["minors"] or 0,
            elders=values["elders"] or 0,
            areas=(values["area"],) if values["area"] else ("urban", "rural"),
            income=(parse_yuan(exact),) * 2 if exact else _range(values["income"], INCOME),
            illness=_range(values["illness"], COSTS),
            study=_range(values["study"], FEES),
            seriously_ill=values["seriously_ill"],
            disabled={"severe": (True,), "no": (False,), "light": (False,)}.get(
                values["disability"], (True, False)
            ),
            savings="savings" in values["things"],
            things=frozenset(values["things"]),
            events=frozenset(values["events"]),
        )


def _range(chosen: str, bounds: tuple[int, ...]) -> Range:
    low, high = chosen.split("-") if chosen else ("0", str(bounds[-1]))
    return int(low) * 100, int(high) * 100


def _things(figures: dict[str, int]) -> list[tuple[str, str]]:
    savings = _("存款等平均每人超过%(yuan)s元") % {"yuan": f"{figures['savings']:,}"}
    return [
        ("car", _("小汽车、货车")),
        ("home", _("两套或更多住房")),
        ("company", _("公司、门面、股份")),
        ("savings", savings),
    ]


def _events(figures: dict[str, int]) -> list[tuple[str, str]]:
    elder = _("%(age)s岁以上的老人没人养，自己也没收入") % {"age": figures["tekun_elder_from"]}
    child = _("未满%(age)s岁的孩子没人养") % {"age": figures["tekun_minor_below"]}
    again = _("最近%(months)s个月因为同一件事领过临时救助") % {"months": figures["months"]}
    return [
        ("urgent", _("突然出事：火灾、车祸、突发重病等")),
        ("expenditure", _("钱一下子花得太多，眼下过不去")),
        ("elder_alone", elder),
        ("child_alone", child),
        ("weak_alone", _("残疾人没人养，自己也没收入")),
        ("repeated", again),
    ]
