"""入户调查: who went, what they saw, and the values that count from now on."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from doudi.desk import words
from doudi.desk.forms.case import DATE, LONG, MoveForm
from doudi.desk.sheet import money
from doudi.kernel.money import MoneyError, parse_yuan, plain_yuan

CONCLUSIONS = [("true", _("与申报一致")), ("partly", _("部分不一致")), ("untrue", _("不实"))]
LISTS = {"income": words.INCOMES, "expenses": words.EXPENSES}
Json = Mapping[str, Any]


class YuanField(forms.CharField):
    """An amount of yuan with at most two decimals, kept as text."""

    widget = forms.TextInput({"inputmode": "decimal", "class": "number"})

    def clean(self, value: Any) -> str:
        """ "1,670.5" → "1670.50"; empty stays empty."""
        text = str(super().clean(value)).replace(",", "").replace(",", "").strip()
        if not text:
            return ""
        try:
            return plain_yuan(parse_yuan(text))
        except MoneyError as error:
            raise forms.ValidationError(str(error)) from None


class VisitForm(MoveForm):
    """The visit itself; the table of values is built from the facts that count now."""

    on = forms.DateField(label=_("入户日期"), widget=forms.DateInput(DATE, format="%Y-%m-%d"))
    visitors = forms.MultipleChoiceField(
        label=_("入户人员"),
        help_text=_("两人以上"),
        widget=forms.CheckboxSelectMultiple,
    )
    present = forms.CharField(label=_("在场的家庭成员"), max_length=60)
    home = forms.CharField(
        label=_("住房和家居"), required=False, max_length=1000, widget=forms.Textarea(LONG)
    )
    neighbours = forms.CharField(
        label=_("邻里走访"), required=False, max_length=1000, widget=forms.Textarea({"rows": 2})
    )
    conclusion = forms.ChoiceField(
        label=_("调查结论"), choices=CONCLUSIONS, widget=forms.RadioSelect
    )

    def prepare(self, **known: Any) -> None:
        """Choices of visitors, and one amount for each item of income and expense."""
        self.fields["visitors"].choices = known["visitors"]
        self.facts = known["facts"]
        for place, member in enumerate(self.facts["members"]):
            for field, kinds in LISTS.items():
                self._add_items(place, member, field, kinds)
        self.fields["money"] = YuanField(
            label=_("存款等金融资产（元）"),
            required=False,
            initial=self.facts["property"]["money_yuan"],
        )

    def _add_items(self, place: int, member: Json, field: str, kinds: Json) -> None:
        for n, item in enumerate(member[field]):
            label = f"{member['name'][:1]}* · {kinds[item['kind']]}({_('元/年')})"
            name = f"v-{place}-{field}-{n}"
            self.fields[name] = YuanField(label=label, required=False, initial=item["yuan"])
        choices = [("", "—"), *kinds.items()]
        self.fields[f"k-{place}-{field}"] = forms.ChoiceField(
            label=words.FIELDS[field], required=False, choices=choices
        )
        self.fields[f"n-{place}-{field}"] = YuanField(label=_("元/年"), required=False)

    def value_groups(self) -> list[dict[str, Any]]:
        """For the template: each member with the bound fields of his amounts."""
        groups = []
        for place, member in enumerate(self.facts["members"]):
            lists = [self._group(place, member, field) for field in LISTS]
            groups.append({"name": member["name"], "relation": member["relation"], "lists": lists})
        return groups

    def _group(self, place: int, member: Json, field: str) -> dict[str, Any]:
        items = range(len(member[field]))
        return {
            "label": words.FIELDS[field],
            "rows": [
                {
                    "kind": LISTS[field][member[field][n]["kind"]],
                    "declared": money(member[field][n]["yuan"]),
                    "field": self[f"v-{place}-{field}-{n}"],
                }
                for n in items
            ],
            "new_kind": self[f"k-{place}-{field}"],
            "new_yuan": self[f"n-{place}-{field}"],
        }

    def adopted(self) -> dict[str, Any]:
        """Path → new value, only where the visit changed something."""
        changed: dict[str, Any] = {}
        for place, member in enumerate(self.facts["members"]):
            for field in LISTS:
                items = self._items(place, member, field)
                if items != [dict(i) for i in member[field]]:
                    changed[f"members[{place}].{field}"] = items
        money = self.cleaned_data["money"]
        if money and money != self.facts["property"]["money_yuan"]:
            changed["property.money_yuan"] = money
        return changed

    def _items(self, place: int, member: Json, field: str) -> list[dict[str, str]]:
        data = self.cleaned_data
        items = []
        for n, item in enumerate(member[field]):
            yuan = data.get(f"v-{place}-{field}-{n}") or "0.00"
            items.append({"kind": item["kind"], "yuan": yuan})
        kind, yuan = data.get(f"k-{place}-{field}"), data.get(f"n-{place}-{field}")
        if kind and yuan:
            items.append({"kind": kind, "yuan": yuan})
        return items

    def clean_visitors(self) -> list[str]:
        """Two people go (DB57 art 16)."""
        if len(self.cleaned_data["visitors"]) < 2:
            raise forms.ValidationError(_("入户调查要有两名以上调查人"))
        return list(self.cleaned_data["visitors"])
