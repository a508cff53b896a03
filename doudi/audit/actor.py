"""Who acts: plain values, because the journal outlives staff and residents."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """`kind` is staff, citizen, system or partner; `id` is never personal; `name` only of staff."""

    kind: str
    id: str
    name: str


SYSTEM = Actor("system", "", "兜底")
