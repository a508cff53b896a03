"""One piece of open work with whoever has it in hand: every room tells its own this way."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class InHand:
    """`place` is a town or county, "" where the work goes with the person; `due` may be open."""

    kind: str
    ref: str
    owner: str
    label: str
    place: str
    due: dt.date | None = None
