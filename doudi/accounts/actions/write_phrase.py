"""编意见模板: the head writes an office's own ready words for a verb, or writes them anew.

Clause: HZ30 (the town gives its opinion; ready words spare typing, the signature stays a person's)
Move:   none      Right: phrase.write      Says: nothing
"""

import datetime as dt
import re
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from doudi.accounts.models import Phrase, Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit import journal
from doudi.kernel.errors import Invalid

HOLE = re.compile(r"\{[^}]*\}?|\}")


@dataclass(frozen=True)
class Words:
    """For which verb, under which title; `holes` are the names that may stand in braces."""

    verb: str
    title: str
    text: str
    holes: frozenset[str]


def write_phrase(town: str, words: Words, *, by: Staff, at: dt.datetime) -> Phrase:
    """The same title again replaces the words; Invalid for a hole that nothing fills."""
    require(by, "phrase.write", town)
    unknown = sorted({h for h in HOLE.findall(words.text) if h[1:-1] not in words.holes})
    if unknown:
        raise Invalid({"text": _("不认识的空格：") + "、".join(unknown)})
    told = {"text": words.text, "written_at": at, "written_by": by.name}
    with transaction.atomic():
        phrase, _made = Phrase.objects.update_or_create(
            town=town,
            verb=words.verb,
            title=words.title,
            defaults=told | {"written_by_id": str(by.pk)},
        )
        journal.write(
            "office.phrase_written",
            actor=actor_of(by),
            subject=f"phrase:{phrase.pk}",
            chain=town[:6],
            detail={"verb": words.verb, "title": words.title},
        )
    return phrase
