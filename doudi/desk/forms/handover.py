"""The form of a handover: one colleague a kind of work, another where a single piece needs it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from doudi.handover.flow import KINDS
from doudi.ui.words import said


class HandoverForm(forms.Form):
    """`all_<kind>` for everything of a kind; `one_<n>` for the n-th piece, if it differs."""

    reason = forms.CharField(
        label=gettext_lazy("交接原因"),
        max_length=200,
        help_text=gettext_lazy("例如：调离、退休、产假"),
        error_messages={"required": gettext_lazy("请写明交接原因")},
    )

    def __init__(
        self, *args: Any, work: Sequence[Any], takers: dict[str, Any], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.work = work
        for kind in dict.fromkeys(piece.kind for piece in work):
            names = [(str(p.pk), p.name) for p in takers.get(kind, ())]
            self.fields[f"all_{kind}"] = forms.ChoiceField(
                label=_("{what}交给").format(what=said(KINDS[kind].words)),
                choices=[("", _("请选择")), *names],
                initial=names[0][0] if len(names) == 1 else "",
                error_messages={"required": _("请选择接手的人")},
            )
        for n, piece in enumerate(work):
            names = [(str(p.pk), p.name) for p in takers.get(piece.kind, ())]
            self.fields[f"one_{n}"] = forms.ChoiceField(
                label=piece.label, choices=[("", _("同上")), *names], required=False
            )

    def kinds(self) -> list[Any]:
        """The fields for whole kinds."""
        return [self[name] for name in self.fields if name.startswith("all_")]

    def pieces(self) -> list[tuple[Any, Any, str]]:
        """Each piece with its own field and the words of its kind."""
        return [(p, self[f"one_{n}"], KINDS[p.kind].words) for n, p in enumerate(self.work)]

    def plan(self) -> dict[tuple[str, str], str]:
        """Who takes what."""
        data = self.cleaned_data
        return {
            (p.kind, p.ref): data.get(f"one_{n}") or data[f"all_{p.kind}"]
            for n, p in enumerate(self.work)
        }
