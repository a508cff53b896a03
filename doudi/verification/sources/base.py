"""What a source must be able to do."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol


class SourceDown(Exception):
    """The source did not answer; it is asked again later."""


@dataclass(frozen=True)
class Returned:
    """What a source said of one person: rows, or an explicit nothing, as of a day."""

    rows: tuple[Mapping[str, Any], ...]
    as_of: dt.date


class Source(Protocol):
    """A way to one or more items."""

    name: str

    def ask(self, item: str, id_numbers: Sequence[str]) -> dict[str, Returned]:
        """Answers by ID number; a number that is absent was not answered. Raises SourceDown."""
