"""A sentence for the screen with values in it: Chinese as it stands, else by its template."""

from collections.abc import Mapping, Sequence
from typing import Any

Value = str | int | Sequence[str]


class Sentence(str):
    """`template` filled with `values`, in Chinese; `doudi.ui.words.said` says it in another.

    A value that is a list is read out with "、". Floors that know no language raise and return
    this, and stay pure: the page that shows it looks the template up, then fills it again.
    """

    template: str
    values: dict[str, Value]

    def __new__(cls, template: str, **values: Value) -> "Sentence":
        """The Chinese sentence; KeyError when the template names a value that is not given."""
        filled = {
            name: str(value) if isinstance(value, str | int) else "、".join(value)
            for name, value in values.items()
        }
        made = super().__new__(cls, template.format(**filled))
        made.template, made.values = template, values
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Value]]:
        """A copy is made from the template again, not from the filled text."""
        return (self.template,), self.values


def packed(sentence: str) -> dict[str, Any]:
    """A `Sentence` as JSON keeps it, sentences within it too; empty for plain words."""
    if not isinstance(sentence, Sentence):
        return {}
    return {
        "template": sentence.template,
        "values": {k: _in(v) for k, v in sentence.values.items()},
    }


def unpacked(kept: Mapping[str, Any], otherwise: str) -> str:
    """The sentence again; `otherwise` where there is none."""
    if not kept:
        return otherwise
    return Sentence(kept["template"], **{k: _out(v) for k, v in kept["values"].items()})


def _in(value: Value) -> Any:
    if isinstance(value, str | int):
        return packed(value) if isinstance(value, Sentence) else value
    return [_in(one) for one in value]


def _out(value: Any) -> Any:
    if isinstance(value, list):
        return [_out(one) for one in value]
    return unpacked(value, "") if isinstance(value, dict) else value
