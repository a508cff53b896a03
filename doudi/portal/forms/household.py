"""The forms about money: each person's income and expenses, then what the household owns."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from doudi.kernel.money import parse_yuan
from doudi.portal import choices
from doudi.portal.forms.fields import (
    DayField,
    MetresField,
    PhoneField,
    PlainForm,
    YuanField,
    words,
)
from doudi.ui.words import said

Json = dict[str, Any]


class MoneyForm(PlainForm):
    """One person's twelve months."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for kind, label in choices.INCOMES:
            self.fields[f"income_{kind}"] = YuanField(label)
        for kind, label in choices.EXPENSES:
            self.fields[f"expense_{kind}"] = YuanField(label)

    def often(self) -> list[Any]:
        """The incomes most people have."""
        return [self[f"income_{kind}"] for kind, _label in choices.INCOMES[: choices.OFTEN]]

    def seldom(self) -> list[Any]:
        """The others, folded away."""
        return [self[f"income_{kind}"] for kind, _label in choices.INCOMES[choices.OFTEN :]]

    def spent(self) -> list[Any]:
        """The expenses."""
        return [self[f"expense_{kind}"] for kind, _label in choices.EXPENSES]

    def has_seldom(self) -> bool:
        """Whether the folded part must be open."""
        return any(field.value() for field in self.seldom())


def money_initial(member: Json) -> Json:
    """What was given before, as the fields of MoneyForm."""
    income = {f"income_{e['kind']}": short(e["yuan"]) for e in member["income"]}
    return income | {f"expense_{e['kind']}": short(e["yuan"]) for e in member["expenses"]}


def money_kept(member: Json, values: Json) -> None:
    """Puts the cleaned amounts into the member; kinds the form does not show stay."""
    for side, kinds in (("income", choices.INCOMES), ("expense", choices.EXPENSES)):
        target = "income" if side == "income" else "expenses"
        shown = {kind for kind, _label in kinds}
        kept = [e for e in member[target] if e["kind"] not in shown]
        given = [
            {"kind": kind, "yuan": values[f"{side}_{kind}"]}
            for kind, _label in kinds
            if values.get(f"{side}_{kind}") and parse_yuan(values[f"{side}_{kind}"])
        ]
        member[target] = given + kept


def short(yuan: str) -> str:
    """1200.00 → 1200, as people write it."""
    return yuan.removesuffix(".00")


class HouseholdForm(PlainForm):
    """Property, reason, account, and who helps filling in."""

    money_yuan = YuanField(_("现金和存款一共大约多少"))
    home_kind = forms.ChoiceField(
        label=_("现在住的房子"), choices=[("", _("请选择")), *choices.HOMES], required=False
    )
    home_metres = MetresField(_("面积"))
    other_kind = forms.ChoiceField(
        label=_("家里还有别的房子吗"), choices=[("", _("没有")), *choices.HOMES], required=False
    )
    other_metres = MetresField(_("面积"))
    company = words(_("店铺、公司或股份"), most=100, help=_("没有就空着。"))
    machine = words(_("大型农机、机械"), most=100, help=_("没有就空着。"))
    causes = forms.MultipleChoiceField(
        label=_("困难主要是什么造成的"),
        choices=choices.CAUSES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请至少选一项")},
    )
    reason = forms.CharField(
        label=_("用一两句话说说家里的困难"),
        max_length=200,
        help_text=_("不超过200个字，可以用键盘上的话筒说。"),
        error_messages={"required": _("请用一两句话写明家里的困难")},
        widget=forms.Textarea(attrs={"rows": "4"}),
    )
    event_kind = forms.ChoiceField(
        label=_("最近遇到急难了吗（可以另外申请临时救助）"),
        choices=[("", _("没有")), *choices.EVENTS],
        required=False,
    )
    event_on = DayField(_("从哪天开始的"), required=False)
    event_cost = YuanField(_("报销以后自己大约要出多少"))
    event_months = forms.IntegerField(
        label=_("困难大概还要多久（个月）"),
        min_value=1,
        max_value=12,
        required=False,
        error_messages={
            "invalid": _("请写1到12的数字"),
            "min_value": _("请写1到12的数字"),
            "max_value": _("请写1到12的数字"),
        },
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "class": "short"}),
    )
    kin = words(
        _("家里有近亲属在镇（街道）、县民政局或村（社区）工作吗"),
        most=60,
        help=_("有就写姓名和关系，没有就空着。有也一样能申请，只是由县里再核查一遍。"),
    )
    bank = words(_("开户银行"), most=40, help=_("救助金发到一卡通账户。现在没有也可以以后补。"))
    account = words(_("银行卡（折）号"), most=30, inputmode="numeric")
    holder = words(_("户名"), most=60)
    helper_name = words(_("代填人姓名"), most=60)
    helper_phone = PhoneField(label=_("代填人手机"), required=False)
    helper_relation = words(_("与申请人的关系"), most=20)

    def __init__(self, *args: Any, kept_account: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        for kind, label in choices.VEHICLES:
            self.fields[f"vehicle_{kind}"] = YuanField(label)
        if kept_account:
            field = self.fields["account"]
            field.help_text = _("已填 %(masked)s。不改就空着。") % {"masked": said(kept_account)}

    def clean(self) -> dict[str, Any]:
        """An event has a day; what came suddenly has a cost, what lasts has months to come."""
        data = super().clean() or {}
        kind = data.get("event_kind")
        if kind and not data.get("event_on") and "event_on" not in self.errors:
            self.add_error("event_on", _now("请写从哪天开始的"))
        if kind == "urgent" and not data.get("event_cost") and "event_cost" not in self.errors:
            self.add_error("event_cost", _now("请写自己大约要出多少"))
        missing = "event_months" not in self.errors and not data.get("event_months")
        if kind == "expenditure" and missing:
            self.add_error("event_months", _now("请写困难大概还要多久"))
        return data

    def vehicles(self) -> list[Any]:
        """One amount for each kind."""
        return [self[f"vehicle_{kind}"] for kind, _label in choices.VEHICLES]

    def clean_account(self) -> str:
        """Digits only."""
        digits = "".join(self.cleaned_data["account"].split()).replace("-", "")
        if digits and not (digits.isascii() and digits.isdigit() and 8 <= len(digits) <= 25):
            raise forms.ValidationError(_("卡号应为8到25位数字，请核对"))
        return digits


def household_initial(declaration: Json) -> Json:
    """What was given before, as the fields of HouseholdForm; never the account."""
    owned, applicant = declaration["property"], declaration["applicant"]
    homes = [*owned["homes"], {}, {}]
    bank, helper = applicant.get("bank") or {}, declaration.get("helper") or {}
    return {
        "money_yuan": short(owned["money_yuan"]),
        "home_kind": homes[0].get("kind", ""),
        "home_metres": short(homes[0].get("square_metres", "")),
        "other_kind": homes[1].get("kind", ""),
        "other_metres": short(homes[1].get("square_metres", "")),
        "company": "、".join(owned["companies"]),
        "machine": "、".join(owned["machines"]),
        **_event_initial(declaration.get("event") or {}),
        "causes": declaration["causes"],
        "reason": declaration["reason"],
        "kin": declaration.get("kin", ""),
        "bank": bank.get("bank", ""),
        "holder": bank.get("holder") or applicant["name"],
        "helper_name": helper.get("name", ""),
        "helper_phone": helper.get("phone", ""),
        "helper_relation": helper.get("relation", ""),
    } | {f"vehicle_{v['kind']}": short(v["yuan"]) for v in owned["vehicles"]}


def household_kept(declaration: Json, values: Json) -> None:
    """Puts the cleaned fields into the declaration."""
    declaration["property"] = {
        "money_yuan": values.get("money_yuan") or "0.00",
        "vehicles": [
            {"kind": kind, "yuan": values[f"vehicle_{kind}"]}
            for kind, _label in choices.VEHICLES
            if values.get(f"vehicle_{kind}")
        ],
        "homes": _homes(values),
        "companies": [values["company"]] if values.get("company") else [],
        "machines": [values["machine"]] if values.get("machine") else [],
    }
    declaration["causes"] = list(values.get("causes") or [])
    declaration["reason"] = values.get("reason", "")
    declaration["kin"] = values.get("kin", "")
    _bank_kept(declaration["applicant"], values)
    declaration["event"] = _event(declaration, values)
    helper = {k: values.get(f"helper_{k}", "") for k in ("name", "phone", "relation")}
    declaration["helper"] = helper if helper["name"] else None


def _event_initial(event: Json) -> Json:
    months = event.get("months")
    return {
        "event_kind": event.get("kind", ""),
        "event_on": event.get("on"),
        "event_cost": short(event.get("own_cost_yuan", "")),
        "event_months": months or None,
    }


def _event(declaration: Json, values: Json) -> Json | None:
    """What happened, as the rules read it: the reason in the applicant's words is its cause."""
    kind, day = values.get("event_kind"), values.get("event_on")
    if not (kind and day):
        return None
    return {
        "kind": kind,
        "cause": values.get("reason") or "—",
        "on": day.isoformat(),
        "persons": len(declaration["members"]),
        "months": values.get("event_months") or 0,
        "own_cost_yuan": values.get("event_cost") or "0.00",
        "last_same_cause_on": None,
    }


def _homes(values: Json) -> list[Json]:
    pairs = (("home_kind", "home_metres"), ("other_kind", "other_metres"))
    return [
        {"kind": values[kind], "square_metres": values.get(metres) or "0.00"}
        for kind, metres in pairs
        if values.get(kind)
    ]


def _bank_kept(applicant: Json, values: Json) -> None:
    kept = (applicant.get("bank") or {}).get("account", "")
    bank = {
        "bank": values.get("bank", ""),
        "account": values.get("account") or kept,
        "holder": values.get("holder") or applicant["name"],
    }
    applicant["bank"] = bank if bank["account"] or bank["bank"] else None
