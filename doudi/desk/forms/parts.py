"""分期发放: a row for each part; rows without an amount are none."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from doudi.benefits.actions.plan_parts import Part
from doudi.desk.forms.upkeep import MONTH, YuanField
from doudi.kernel.money import plain_yuan


class PartsForm(forms.Form):
    """Months, amounts, conditions; `advances` may stand for the first part."""

    def __init__(self, *args: Any, most: int, advances: list[Any], **more: Any) -> None:
        super().__init__(*args, **more)
        self.most, self.advances = most, {str(a.pk): a for a in advances}
        if advances:
            told = [(str(a.pk), f"{a.month} · {plain_yuan(a.amount_fen)}") for a in advances]
            self.fields["advance"] = forms.ChoiceField(
                label=_("先行救助算作第1期"),
                choices=[("", _("不算")), *told],
                required=False,
            )
        for n in range(1, most + 1):
            self.fields[f"month_{n}"] = forms.RegexField(
                r"[0-9]{4}-(0[1-9]|1[0-2])",
                label=_("月份"),
                required=False,
                widget=forms.TextInput({"type": "month"}),
                error_messages={"invalid": MONTH},
            )
            self.fields[f"fen_{n}"] = YuanField(label=_("金额（元）"), required=False)
            self.fields[f"condition_{n}"] = forms.CharField(
                label=_("条件（没有就不填）"), max_length=100, required=False
            )

    def rows(self) -> list[tuple[int, list[Any]]]:
        """The fields of each row, for the page."""
        names = ("month", "fen", "condition")
        return [(n, [self[f"{name}_{n}"] for name in names]) for n in range(1, self.most + 1)]

    def parts(self) -> list[Part]:
        """What was filled in, in order; an advance stands first."""
        told = self.cleaned_data
        found = [
            Part(told[f"month_{n}"], told[f"fen_{n}"], told[f"condition_{n}"])
            for n in range(1, self.most + 1)
            if told.get(f"fen_{n}")
        ]
        first = self.advances.get(told.get("advance") or "")
        if first is None:
            return found
        return [Part(first.month, first.amount_fen, advance_id=first.pk), *found]


class MetForm(forms.Form):
    """How it was seen that a condition is so."""

    how = forms.CharField(
        label=_("怎么核实的"),
        max_length=100,
        error_messages={"required": _("请写明怎么核实的")},
    )
