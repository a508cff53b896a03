"""What a line is paid for, in the office's words: on the roster, and at the bank."""

from django.conf import settings

from doudi.kernel.periods import Month
from doudi.policy.pack import load_pack
from doudi.policy.wording import PROGRAMMES, uncut


def kind_name(kind: str) -> str:
    """The kind of a line in words."""
    extras = load_pack(settings.DOUDI_PACK_DIR).extras
    if kind in extras:
        return extras[kind].zh
    head, _dot, aid = kind.partition(".")
    if head.startswith("part"):
        return f"{_programme(aid)}（第{head.removeprefix('part')}期）"
    if head == "arrears":
        return f"{_programme(aid)}（补发）"
    return "先行救助" if head == "advance" else _programme(kind)


def _programme(code: str) -> str:
    """A line's kind has room for twenty letters: a long programme is cut there."""
    return PROGRAMMES.get(uncut(code), ("其他补贴",))[0]


def purpose_of(month: str, kind: str) -> str:
    """The words beside the money, as the household reads them in its passbook."""
    when = Month.parse(month)
    return f"{when.year}年{when.number}月{kind_name(kind)}"
